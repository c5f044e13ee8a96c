"""The log of training."""

from eventcore.migrations import run_history

run_history()
