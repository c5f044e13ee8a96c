"""The rules of a disclosure: each has a stream of its own, recorded before anything is opened.

A stream for each, because reads of the same person must not wait for one another, and a worker's own stream must not
grow with everybody who looks at it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from eventcore import Decider, Read, Seen

from registry.disclosures.events import DisclosureEvent, PersonalDataDisclosed
from registry.disclosures.purposes import FIELDS, IN_FULL
from registry.surveys.survey import SURVEY, known


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscloseIdentity:
    """Somebody needs to know whom a survey is about."""

    survey: str
    purpose: str
    reader: str
    organisation: str


def decide(command: DiscloseIdentity, done: bool, seen: Seen) -> Sequence[DisclosureEvent]:
    if done:
        return []
    in_full = IN_FULL[command.purpose]
    return [
        PersonalDataDisclosed(
            worker=known(seen.state(SURVEY, command.survey)).facts.worker,
            survey=command.survey,
            purpose=command.purpose,
            reader=command.reader,
            organisation=command.organisation,
            in_full=in_full,
            masked=tuple(field for field in FIELDS if field not in in_full),
        )
    ]


def evolve(done: bool, event: DisclosureEvent) -> bool:
    return True


def reads(command: DiscloseIdentity) -> Iterable[Read]:
    yield Read(SURVEY, command.survey)


DISCLOSURE: Final[Decider[DiscloseIdentity, DisclosureEvent, bool]] = Decider(
    category="disclosure", initial=False, decide=decide, evolve=evolve, events=DisclosureEvent, reads=reads
)
