"""What comes from other provinces, and how each pair stands."""

from alembic import op
from eventcore.migrations import execute_script
from eventcore.schema import sql

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    execute_script(op.get_bind(), sql("exchange"))
