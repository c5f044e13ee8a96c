"""Named points between two effects, where a crash test ends the process."""

from collections.abc import Callable
from typing import TypeAlias

BEFORE_SEND = "relay.before_send"
AFTER_SEND = "relay.after_send"
AFTER_ACKS = "relay.after_acks"
AFTER_GETMANY = "inbox.after_getmany"
AFTER_RECEIVE = "inbox.after_receive"
AFTER_COMMIT = "inbox.after_offset_commit"

Hit: TypeAlias = Callable[[str], None]


def no_point(point: str) -> None:
    """Failpoints are off."""
