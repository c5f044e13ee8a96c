"""A destroyed key leaves its row, so that none is made for that person again; keys are wrapped anew."""

from alembic import op
from eventcore.migrations import execute_script

revision = "0002"
down_revision = "0001"

SCRIPT = """
alter table vault.person_keys
    alter column wrapped_key drop not null,
    alter column master_version drop not null,
    add column destroyed_by text,
    add constraint person_keys_whole_or_destroyed check (
        (wrapped_key is null) = (destroyed_by is not null) and (wrapped_key is null) = (master_version is null));
comment on column vault.person_keys.destroyed_by is 'the event that erased this person; the key is gone for ever';
create index person_keys_by_master on vault.person_keys (master_version, subject) where wrapped_key is not null;
create index person_keys_destroyed on vault.person_keys (subject) where wrapped_key is null;

create table vault.horizon (
    one         boolean primary key default true check (one),
    incarnation text not null,
    position    bigint not null
);
insert into vault.horizon values (true, '', 0);
comment on table vault.horizon is 'the log, and up to where its erasures are carried out here';

create function vault.keep_destroyed() returns trigger language plpgsql as $$
begin
    if old.wrapped_key is null and (tg_op = 'DELETE' or new.wrapped_key is not null or new.subject <> old.subject) then
        raise exception 'a destroyed key stays destroyed' using errcode = '23514';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end
$$;
create trigger keep_destroyed before update or delete on vault.person_keys
    for each row execute function vault.keep_destroyed();

-- Destroys keys for ever, each by the event that erased its person.
create function vault.destroy(subjects text[], events text[]) returns bigint
language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    done bigint;
begin
    insert into person_keys as k (subject, confirmed, destroyed_by)
    select s.subject, true, s.event from unnest(subjects, events) s(subject, event)
    on conflict (subject) do update
    set wrapped_key = null, master_version = null, confirmed = true, destroyed_by = excluded.destroyed_by
    where k.wrapped_key is not null;
    get diagnostics done = row_count;
    return done;
end
$$;

create function vault.set_horizon(log_incarnation text, log_position bigint) returns void
language sql security definer set search_path = vault, pg_temp as $$
    update horizon set incarnation = log_incarnation, position = log_position
    where (incarnation, position) is distinct from (log_incarnation, log_position)
$$;

-- Wraps keys anew, each only where it is still what the caller unwrapped.
create function vault.rewrap(subjects text[], was bytea[], wrapped bytea[], version integer) returns bigint
language plpgsql security definer set search_path = vault, pg_temp as $$
declare
    done bigint;
begin
    update person_keys k set wrapped_key = n.wrapped, master_version = rewrap.version
    from unnest(rewrap.subjects, rewrap.was, rewrap.wrapped) n(subject, was, wrapped)
    where k.subject = n.subject and k.wrapped_key = n.was and k.master_version < rewrap.version;
    get diagnostics done = row_count;
    return done;
end
$$;
revoke all on function vault.destroy, vault.set_horizon, vault.rewrap from public;
"""


def upgrade() -> None:
    execute_script(op.get_bind(), SCRIPT)
