"""Everything that follows the log: views, policies, timers and the relay are one loop with different work."""

from eventcore.readers.facts import Page, Pages
from eventcore.readers.lease import Leases
from eventcore.readers.loop import Work, follow, watch
from eventcore.readers.policy import Policy, PolicyWork
from eventcore.readers.timers import Alarm, keep_time
from eventcore.readers.view import Row, View, ViewWork, table_name

__all__ = [
    "Alarm",
    "Leases",
    "Page",
    "Pages",
    "Policy",
    "PolicyWork",
    "Row",
    "View",
    "ViewWork",
    "Work",
    "follow",
    "keep_time",
    "table_name",
    "watch",
]
