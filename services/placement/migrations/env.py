"""The log of placement."""

from eventcore.migrations import run_history

run_history()
