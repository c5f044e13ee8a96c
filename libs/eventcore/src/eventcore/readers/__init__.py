"""Everything that follows the log: views, policies, timers and the relay are one loop with different work.

Named here is what a service declares, or needs to declare its own.
"""

from eventcore.readers.facts import Pages as Pages
from eventcore.readers.loop import Work as Work
from eventcore.readers.policy import Policy as Policy
from eventcore.readers.policy import When as When
from eventcore.readers.timers import Alarm as Alarm
from eventcore.readers.view import Row as Row
from eventcore.readers.view import View as View
from eventcore.readers.view import table_name as table_name
