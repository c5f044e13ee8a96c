"""A body, a class, workers, and commands about them: for tests of the rules of assessments."""

from dataclasses import replace
from datetime import date
from typing import Any

from certification.assessments.assessment import ASSESSMENT
from certification.assessments.commands import (
    AssessmentCommand,
    ConfirmResults,
    RecordScores,
    RegisterCandidate,
    ScheduleAssessment,
    VoidAssessment,
)
from certification.assessments.events import AssessmentEvent
from certification.bodies.body import BODY
from certification.bodies.events import Member, ScopeLine
from certification.bodies.state import Body, Filing, Registered
from certification.classes import training_class as classes
from certification.classes.events import Fall
from certification.classes.training_class import CLASS
from certification.persons.person import PERSON, Person
from eventcore import Acting, Seen, fold

KEY, TRAINER, REBAR = "52520000MA6DT4321L", "12520000MA6DT1234P", "2022/6-29-01-04"
HELD, TODAY = date(2026, 5, 18), date(2026, 5, 20)
BY = Acting(official="li", organisation=KEY, today=TODAY)
ANOTHER = replace(BY, official="qian")
FALL = Fall(reason="FRAUD", revoked_on=TODAY, official="zhao", organisation="hr")


def line(route: str, level: str, occupation: str = REBAR) -> ScopeLine:
    first, last = date(2015, 1, 1), date(2028, 12, 31)
    return ScopeLine(
        route=route, occupation=occupation, level=level, valid_from=first, valid_to=last, standard_fee=18000
    )


def member(person: str, role: str = "ASSESSOR", last: date | None = None) -> Member:
    return Member(person=person, role=role, valid_from=date(2015, 1, 1), valid_to=last)


CENTRE = Registered(
    body=KEY,
    title="贵阳某技能评价中心",
    region="520100",
    kind="SOCIAL",
    filing_code="0012",
    site="000001",
    appraisal_code=None,
    scope=(line("LEVEL_RECOGNITION", "5"), line("ABILITY_TEST", "0"), line("COMPLETION_TEST", "0")),
    staff=(member("kao-1"), member("kao-2"), member("kao-3", last=date(2026, 5, 17)), member("du-1", "SUPERVISOR")),
    filings=(Filing(region="520526", valid_from=date(2026, 5, 1), valid_to=date(2026, 5, 31)),),
)
TRAINED = classes.Known(
    training_class="k1",
    institution=TRAINER,
    region="520123",
    occupation=REBAR,
    level="5",
    teachers=frozenset({"T-1023"}),
    members={"w1": "COMPLETED", "w2": "FAILED", "w3": "WITHDRAWN"},
)
WORKER = Person(region="520123")
SCHEDULE = ScheduleAssessment(
    assessment="a1",
    body=KEY,
    route="LEVEL_RECOGNITION",
    occupation=REBAR,
    level="5",
    held_on=HELD,
    region="520123",
    mobile=False,
    assessors=("kao-1", "kao-2"),
    supervisor="du-1",
    training_class=None,
    by=BY,
)


def seen(body: Body = CENTRE, trained: classes.TrainingClass = TRAINED, person: Person = WORKER) -> Seen:
    """The body, the class, and any candidate as this person."""
    persons = {(PERSON.category, f"w{n}"): person for n in range(100)}
    return Seen({(BODY.category, KEY): body, (CLASS.category, "k1"): trained, **persons})


def history(*commands: AssessmentCommand, before: Seen | None = None) -> list[AssessmentEvent]:
    """What these commands make of it."""
    events: list[AssessmentEvent] = []
    for command in commands:
        events += ASSESSMENT.decide(command, fold(ASSESSMENT, events), before or seen())
    return events


def candidate(worker: str = "w1", training_class: str | None = None) -> RegisterCandidate:
    return RegisterCandidate(worker=worker, training_class=training_class, by=BY)


def scores(worker: str = "w1", theory: int | None = 80, practice: int | None = 75, **more: Any) -> RecordScores:
    return RecordScores(
        worker=worker,
        theory=theory,
        practice=practice,
        absent=more.get("absent", False),
        source=None,
        by=more.get("by", BY),
    )


CONFIRM = ConfirmResults(body=KEY, training_class=None, issued_on=TODAY, by=ANOTHER)
VOID = VoidAssessment(reason="FRAUD", by=ANOTHER)
PAUSED = replace(CENTRE, pauses=((date(2026, 5, 20), None),))
BARRED = replace(TRAINED, fall=FALL)
OTHERS = replace(TRAINED, occupation="2022/4-02-06-01")
