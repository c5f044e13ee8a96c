"""The log of subsidy."""

from eventcore.migrations import run_history

run_history()
