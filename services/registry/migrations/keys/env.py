"""The keys of persons."""

from eventcore.migrations import run_history

run_history()
