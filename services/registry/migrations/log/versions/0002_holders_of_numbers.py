"""Finds the numbers of a worker: whose key has no event is asked by it."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("create index guards_person_holder on log.guards (holder) where scope = 'person'")
