"""Misses of those who verify certificates, so that numbers cannot be tried out."""

from alembic import op
from eventcore.migrations import execute_script

revision = "0002"
down_revision = "0001"

SCRIPT = """
create schema checks;
grant usage on schema checks to public;

create table checks.misses (
    caller bytea primary key,
    at     timestamptz[] not null default '{}',
    latest timestamptz not null default clock_timestamp()
);
create index misses_latest on checks.misses (latest);
comment on table checks.misses is 'when a caller (a keyed hash) missed within the last minute; callers of long ago go';

create function checks.spend(who bytea, most integer, out wait double precision, out spent timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    recent timestamptz[];
begin
    delete from checks.misses where caller in (
        select caller from checks.misses where latest < clock_timestamp() - interval '1 hour' and caller <> who
        limit 10 for update skip locked);
    insert into checks.misses (caller) values (who) on conflict do nothing;
    select m.at into recent from checks.misses m where m.caller = who for update;
    recent := array(select t from unnest(recent) t where t > clock_timestamp() - interval '1 minute' order by t);
    wait := 0;
    if cardinality(recent) >= most then
        wait := extract(epoch from recent[1] + interval '1 minute' - clock_timestamp());
        return;
    end if;
    -- every entry differs from the others of its caller, so that one can be given back
    spent := greatest(clock_timestamp(), recent[cardinality(recent)] + interval '1 microsecond');
    update checks.misses m set at = recent || spent, latest = spent where m.caller = who;
end $$;
comment on function checks.spend is
    'counts a miss before it is known to be one: those who ask at the same time cannot all be the last';

create function checks.give_back(who bytea, spent timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    update checks.misses set at = array_remove(at, spent) where caller = who
$$;
comment on function checks.give_back is 'what was counted was no miss';
"""


def upgrade() -> None:
    execute_script(op.get_bind(), SCRIPT)
