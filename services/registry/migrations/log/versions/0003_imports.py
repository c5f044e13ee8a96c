"""Shelves of imports: files and verdicts, sealed, and how far each import is."""

from alembic import op
from eventcore.migrations import execute_script

revision = "0003"
down_revision = "0002"

SCRIPT = """
create schema imports;

create table imports.files (
    import text not null,
    n      integer not null,
    sealed bytea not null,
    put_at timestamptz not null default clock_timestamp(),
    primary key (import, n)
);
comment on table imports.files is 'what was uploaded, sealed in pieces under the key of its import';

create table imports.rosters (
    import text primary key,
    rows   integer not null,
    sealed bytea not null
);
comment on table imports.rosters is 'what a file turned out to hold; its sheets and columns sealed';

create table imports.verdicts (
    import    text not null,
    n         integer not null,
    recorded  integer not null,
    again     integer not null,
    unchanged integer not null,
    refused   jsonb not null,
    sealed    bytea not null,
    primary key (import, n)
);
comment on table imports.verdicts is 'what became of a piece of the rows; counts in clear, refused ones by their code';
"""


def upgrade() -> None:
    execute_script(op.get_bind(), SCRIPT)
