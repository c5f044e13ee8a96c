"""Named points at which a test may kill, stop or delay the process. Off unless LB_FAILPOINTS names them.

`LB_FAILPOINTS="relay.after_acks:kill@0.05,door.after_call:pause"`; only LB_ENV=test allows the variable at all
(`eventcore.settings` refuses it elsewhere).
"""

import os
import random
import signal
from typing import Final

POINTS: Final = {
    *("door.before_call", "door.after_call"),
    *("relay.before_send", "relay.after_send", "relay.after_acks", "relay.after_checkpoint"),
    *("inbox.after_getmany", "inbox.after_receive", "inbox.after_offset_commit"),
    *("view.before_commit", "view.after_commit"),
    *("file.built", "file.written", "file.renamed", "file.sent", "file.taken"),
}

_armed: dict[str, tuple[int, float]] = {}
_ACTIONS: Final = {"kill": signal.SIGKILL, "pause": signal.SIGSTOP}


def arm(text: str) -> None:
    """Reads `point:action@probability,…`. ValueError for a point or action that does not exist."""
    for part in filter(None, text.split(",")):
        point, _, rest = part.partition(":")
        action, _, probability = rest.partition("@")
        if point not in POINTS or action not in _ACTIONS:
            raise ValueError(f"unknown failpoint {part!r}")
        _armed[point] = (_ACTIONS[action], float(probability or 1))


def hit(point: str) -> None:
    """Does what was armed at this point, usually nothing."""
    if _armed and (armed := _armed.get(point)) and random.random() < armed[1]:  # noqa: S311 a test's dice
        os.kill(os.getpid(), armed[0])
