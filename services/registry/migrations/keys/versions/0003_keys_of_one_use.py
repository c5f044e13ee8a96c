"""Keys of one use, `<person>/<transfer>`, go with their person's."""

from alembic import op
from eventcore.migrations import execute_script

revision = "0003"
down_revision = "0002"

SCRIPT = """
create index person_keys_of_one_use on vault.person_keys (split_part(subject, '/', 1)) where strpos(subject, '/') > 0;

create or replace function vault.destroy(subjects text[], events text[]) returns bigint
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
    update person_keys k set wrapped_key = null, master_version = null, confirmed = true, destroyed_by = s.event
    from unnest(subjects, events) s(subject, event)
    where strpos(k.subject, '/') > 0 and split_part(k.subject, '/', 1) = s.subject and k.wrapped_key is not null;
    return done;
end
$$;
"""


def upgrade() -> None:
    execute_script(op.get_bind(), SCRIPT)
