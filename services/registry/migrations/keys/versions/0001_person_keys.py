"""A key for each person, wrapped by a master key."""

from alembic import op
from eventcore.migrations import execute_script

revision = "0001"
down_revision = None

SCRIPT = """
create schema vault;

create table vault.person_keys (
    subject        text primary key,
    wrapped_key    bytea not null,
    master_version integer not null check (master_version > 0),
    created_at     timestamptz not null default clock_timestamp(),
    confirmed      boolean not null default false
);
create index person_keys_unconfirmed on vault.person_keys (created_at) where not confirmed;
comment on column vault.person_keys.confirmed is 'the log has an event of this person: the sweep leaves the key alone';
"""


def upgrade() -> None:
    execute_script(op.get_bind(), SCRIPT)
