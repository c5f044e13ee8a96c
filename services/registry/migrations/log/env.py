"""The registry's log."""

from eventcore.migrations import run_history

run_history()
