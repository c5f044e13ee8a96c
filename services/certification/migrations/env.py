"""The log of certification."""

from eventcore.migrations import run_history

run_history()
