"""Everything that follows the log: views, policies, timers and the relay are one loop with different work."""

from eventcore.readers.facts import Page as Page
from eventcore.readers.facts import Pages as Pages
from eventcore.readers.lease import Leases as Leases
from eventcore.readers.loop import Work as Work
from eventcore.readers.loop import follow as follow
from eventcore.readers.policy import Policy as Policy
from eventcore.readers.policy import PolicyWork as PolicyWork
from eventcore.readers.policy import When as When
from eventcore.readers.tail import Tail as Tail
from eventcore.readers.timers import Alarm as Alarm
from eventcore.readers.timers import keep_time as keep_time
from eventcore.readers.view import Row as Row
from eventcore.readers.view import View as View
from eventcore.readers.view import ViewWork as ViewWork
from eventcore.readers.view import table_name as table_name
