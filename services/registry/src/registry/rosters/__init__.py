"""Rosters as county offices send them: bytes in, rows with drafts or findings out, and a workbook of verdicts back.

Nothing here writes, waits or knows the log: `inspect` and `read` take bytes, `workbook` gives bytes.
"""

from registry.rosters.reading import inspect as inspect
from registry.rosters.reading import read as read
from registry.rosters.roster import Defaults as Defaults
from registry.rosters.roster import Draft as Draft
from registry.rosters.roster import Finding as Finding
from registry.rosters.roster import Kind as Kind
from registry.rosters.roster import Limits as Limits
from registry.rosters.roster import PaidTo as PaidTo
from registry.rosters.roster import Roster as Roster
from registry.rosters.roster import Row as Row
from registry.rosters.roster import Sheet as Sheet
from registry.rosters.roster import Unreadable as Unreadable
from registry.rosters.roster import Verdict as Verdict
from registry.rosters.tables import reason as reason
from registry.rosters.tables import title as title
from registry.rosters.workbooks import workbook as workbook
