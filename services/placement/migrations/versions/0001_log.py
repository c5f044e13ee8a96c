"""The log."""

from alembic import op
from eventcore.migrations import execute_script
from eventcore.schema import sql

revision = "0001"
down_revision = None


def upgrade() -> None:
    execute_script(op.get_bind(), sql("log"))
