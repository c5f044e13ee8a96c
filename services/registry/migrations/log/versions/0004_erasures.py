"""Finds erasures: every process asks for new ones about once a second."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute("create index events_erased on log.events (position) where type = 'personal-data-erased'")
