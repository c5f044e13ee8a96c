"""Read model of steps: one row for what a worker has reached by a survey, a designation, a class, a certificate, a
transfer, a job.

A row keeps what was said of the step, in the order in which one word takes the place of another, and from which
position each was known: so it says for any position whether the step counts and on which day. A correction is one more
word, and the row keeps what was known before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, TypeAlias, assert_never, get_args

from contracts import region
from contracts.certification import CertificateIssuedV1, CertificateRevokedV1
from contracts.employment import JobNotedV1, StableEmploymentReachedV1, StableEmploymentWithdrawnV1
from contracts.registry import (
    SurveyApprovedV1,
    SurveyInvalidatedV1,
    SurveyRecordedV1,
    SurveyRejectedV1,
    TraineeDesignatedV1,
    TraineeDesignationEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerRegisteredV1,
)
from contracts.training import AttendanceCorrectedV1, EnrolledV1, InClass, TrainingCompletedV1, TrainingFailedV1
from contracts.transfer import ArrivalNotedV1, ArrivedV1, DispatchedV1
from eventcore.clock import LEGAL
from eventcore.facts import Fact
from eventcore.readers import View, table_name
from sqlalchemy import ARRAY, BigInteger, Boolean, Date, String
from sqlmodel import Field, SQLModel

StepKind: TypeAlias = Literal[
    "SURVEYED",
    "APPROVED",
    "REJECTED",
    "REGISTERED",
    "DESIGNATED",
    "ENROLLED",
    "COMPLETED",
    "CERTIFIED",
    "DISPATCHED",
    "TRANSFERRED",
    "ORGANISED",
    "EMPLOYED",
    "STABLE",
    "DECEASED",
]
SurveyEvent: TypeAlias = SurveyRecordedV1 | SurveyApprovedV1 | SurveyRejectedV1 | SurveyInvalidatedV1
WorkerEvent: TypeAlias = (
    WorkerRegisteredV1 | TraineeDesignatedV1 | TraineeDesignationEndedV1 | WorkerDeceasedV1 | WorkerDeathWithdrawnV1
)
ClassEvent: TypeAlias = EnrolledV1 | TrainingCompletedV1 | TrainingFailedV1 | AttendanceCorrectedV1
CertificateEvent: TypeAlias = CertificateIssuedV1 | CertificateRevokedV1
WorkEvent: TypeAlias = (
    DispatchedV1 | ArrivedV1 | ArrivalNotedV1 | JobNotedV1 | StableEmploymentReachedV1 | StableEmploymentWithdrawnV1
)
StepEvent: TypeAlias = SurveyEvent | WorkerEvent | ClassEvent | CertificateEvent | WorkEvent

_WRONG: Final = "WRONG_DESIGNATION"
"""Who was designated wrongly never was; who left is counted as having been."""


class StepRow(SQLModel):
    """The lists belong together: each place is one word, of which the last that is known counts."""

    step: str = Field(primary_key=True)
    """`<what it is about>#<kind>`"""
    kind: str
    worker: str = Field(index=True)
    region: str | None = None
    """Household region of a survey; None: where the household was on that day."""
    written_on: date | None = None
    """The day on which the region's code was in use."""
    groups: list[str] | None = Field(default=None, sa_type=ARRAY(String))
    """Those of a survey; None: the worker's on that day."""
    training_class: str | None = Field(default=None, index=True)
    institution: str | None = None
    occupation: str | None = None
    ranks: list[int] = Field(sa_type=ARRAY(BigInteger))
    """0: what the step begins with; else the version of the correction in its stream."""
    counts: list[bool] = Field(sa_type=ARRAY(Boolean))
    days: list[date | None] = Field(sa_type=ARRAY(Date))
    """The legal day on which it counts; None: the first one's, since a correction counts from what it corrects."""
    positions: list[int] = Field(sa_type=ARRAY(BigInteger))
    """Of reporting's own log: from where it is known."""
    events: list[str] = Field(sa_type=ARRAY(String))


class StepTable(StepRow, table=True):
    __tablename__ = table_name("steps", __file__)
    __table_args__ = {"schema": "views"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What a fact says of one step."""

    rank: int = 0
    counts: bool = True
    day: date | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


def keys(fact: Fact[StepEvent]) -> Iterable[str]:
    yield from words(fact)


def start(key: str) -> StepRow:
    lists: dict[str, Any] = {name: [] for name in ("ranks", "counts", "days", "positions", "events")}
    return StepRow.model_construct(step=key, kind=key.rpartition("#")[2], **lists)


def fold(row: StepRow | None, fact: Fact[StepEvent]) -> StepRow | None:
    """InvalidRegion parks a survey whose region this version of the contracts does not know: it would be in no
    county's number."""
    return row and _with_word(row, words(fact)[row.step], fact)


def _with_word(row: StepRow, word: Word, fact: Fact[StepEvent]) -> StepRow:
    said = dict(zip(row.ranks, zip(row.counts, row.days, row.positions, row.events, strict=True), strict=True))
    if word.rank not in said or fact.position < said[word.rank][2]:
        said[word.rank] = (word.counts, word.day, fact.position, fact.id)
    names = ("counts", "days", "positions", "events")
    lists = {"ranks": sorted(said)} | {name: [said[rank][n] for rank in sorted(said)] for n, name in enumerate(names)}
    return row.model_copy(update={"worker": fact.event.worker, **word.about, **lists})


def words(fact: Fact[StepEvent]) -> Mapping[str, Word]:
    """What the fact says, by step."""
    event = fact.event
    if isinstance(event, SurveyEvent):
        return {f"{fact.stream}#{kind}": word for kind, word in _of_survey(event, _legal_day(fact)).items()}
    if isinstance(event, WorkerEvent):
        return _of_worker(event, fact)
    if isinstance(event, ClassEvent):
        return {f"{fact.stream}/{event.training_class}#{kind}": word for kind, word in _in_class(event, fact)}
    if isinstance(event, WorkEvent):
        return _at_work(event, fact)
    return {f"{fact.stream}#CERTIFIED": _certified(event, fact)}


def _of_survey(event: SurveyEvent, day: date) -> Mapping[StepKind, Word]:
    """Every fact says by itself that there was a survey, so any of them may come first."""
    region.region(event.household_region, event.surveyed_on)
    about = {"region": event.household_region, "written_on": event.surveyed_on, "groups": list(event.groups)}
    surveyed = Word(day=event.surveyed_on, about=about)
    reviewed = Word(day=max(day, event.surveyed_on), about=about)
    void = Word(rank=1, counts=False, day=event.surveyed_on, about=about)
    match event:
        case SurveyRecordedV1():
            return {"SURVEYED": surveyed}
        case SurveyApprovedV1():
            return {"SURVEYED": surveyed, "APPROVED": reviewed}
        case SurveyRejectedV1():
            return {"SURVEYED": surveyed, "REJECTED": reviewed}
        case SurveyInvalidatedV1():
            return {"SURVEYED": void, "APPROVED": void, "REJECTED": void}
        case _:
            assert_never(event)


def _of_worker(event: WorkerEvent, fact: Fact[StepEvent]) -> Mapping[str, Word]:
    match event:
        case WorkerRegisteredV1():
            return {f"{fact.stream}#REGISTERED": Word(day=_legal_day(fact))}
        case TraineeDesignatedV1(plan=plan, designated_on=day):
            return {f"{fact.stream}/{plan}#DESIGNATED": Word(rank=fact.version, day=day)}
        case TraineeDesignationEndedV1(plan=plan, reason=reason):
            wrong = Word(rank=fact.version, counts=False)
            return {f"{fact.stream}/{plan}#DESIGNATED": wrong} if reason == _WRONG else {}
        case WorkerDeceasedV1(died_on=day):
            return {f"{fact.stream}#DECEASED": Word(rank=fact.version, day=day)}
        case WorkerDeathWithdrawnV1(died_on=day):
            return {f"{fact.stream}#DECEASED": Word(rank=fact.version, counts=False, day=day)}
        case _:
            assert_never(event)


def _in_class(event: ClassEvent, fact: Fact[StepEvent]) -> Iterable[tuple[StepKind, Word]]:
    about = {"training_class": event.training_class}
    if isinstance(event, InClass):
        about |= {"institution": event.institution, "occupation": event.occupation}
    match event:
        case EnrolledV1():
            yield "ENROLLED", Word(day=_legal_day(fact), about=about)
        case TrainingCompletedV1(completed_on=day):
            yield "COMPLETED", Word(day=day, about=about)
        case TrainingFailedV1(failed_on=day):
            yield "COMPLETED", Word(counts=False, day=day, about=about)
        case AttendanceCorrectedV1(completed=completed):
            yield "COMPLETED", Word(rank=fact.version, counts=completed, about=about)
        case _:
            assert_never(event)


def _certified(event: CertificateEvent, fact: Fact[StepEvent]) -> Word:
    match event:
        case CertificateIssuedV1(issued_on=day, training_class=training_class):
            return Word(day=day, about={"occupation": event.occupation, "training_class": training_class})
        case CertificateRevokedV1():
            return Word(rank=fact.version, counts=False, about={"occupation": event.occupation})
        case _:
            assert_never(event)


def _at_work(event: WorkEvent, fact: Fact[StepEvent]) -> Mapping[str, Word]:
    """A transfer and its job are one step, on the day of what came first: home may hear of the job alone."""
    match event:
        case DispatchedV1(transfer=transfer, left_on=day):
            return {f"transfer-{transfer}#DISPATCHED": Word(day=day)}
        case ArrivedV1(transfer=transfer, arrived_on=day) | ArrivalNotedV1(transfer=transfer, arrived_on=day):
            return {f"transfer-{transfer}#{kind}": Word(day=day) for kind in ("TRANSFERRED", "ORGANISED")}
        case JobNotedV1():
            return _job(event)
        case StableEmploymentReachedV1(reached_on=day):
            return {f"{fact.stream}/{fact.version}#STABLE": Word(day=day)}
        case StableEmploymentWithdrawnV1(corrects=corrects):
            return {f"{corrects}#STABLE": Word(rank=fact.version, counts=False)}
        case _:
            assert_never(event)


def _job(event: JobNotedV1) -> Mapping[str, Word]:
    day, about = event.started_on, {"occupation": event.occupation}
    job = f"employment-{event.employment}"
    found = {f"{job}#EMPLOYED": Word(day=day, about=about)}
    if is_elsewhere(event.home, event.region, day):
        way = f"transfer-{event.transfer}" if event.transfer else job
        found[f"{way}#TRANSFERRED"] = Word(rank=1, day=day)
        if not event.self_found:
            found[f"{way}#ORGANISED"] = Word(rank=1, day=day)
    return found


def is_elsewhere(home: str, place: str, day: date) -> bool:
    """Whether the work lies in another county than the household. InvalidRegion."""
    return not {each.code for each in region.current(home, day)} & {each.code for each in region.current(place, day)}


def _legal_day(fact: Fact[Any]) -> date:
    return fact.occurred_at.astimezone(LEGAL).date()


STEPS: Final = View(
    row=StepRow,
    table=StepTable,
    keys=keys,
    fold=fold,
    start=start,
    foreign=tuple(event.type for event in get_args(StepEvent)),
)
