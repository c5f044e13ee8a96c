"""What the timers of a worker's stream ask when they ring."""

from eventcore import Do

from registry.workers.commands import LetAttentionLapse, WorkerCommand
from registry.workers.worker import WORKER


def ring(key: str, name: str) -> Do[WorkerCommand]:
    """There is one timer: the end of special attention."""
    return Do(WORKER, key, LetAttentionLapse())
