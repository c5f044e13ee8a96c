"""What follows from facts: of the registry, of training, and of certification itself."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from certification.assessments.commands import VoidAssessment
from certification.assessments.events import AssessmentVoided, Result, ResultsConfirmed
from certification.certificates.certificate import CERTIFICATE, Issued
from certification.certificates.commands import IssueCertificate, RevokeCertificate
from certification.classes.events import AssessmentNoted, ClassCertificatesRevoked, ClassEvent, Fall
from certification.classes.refusals import ClassNotKnown
from certification.classes.training_class import CLASS, CorrectMember, Known, NoteAssessment, NoteMember
from certification.persons.person import PERSON, Person
from certification.policies.when_a_class_is_filed_note_who_teaches_it import (
    when_a_class_is_filed_note_who_teaches_it as note_teachers,
)
from certification.policies.when_class_certificates_revoked_void_its_assessments import (
    when_class_certificates_revoked_void_its_assessments as void,
)
from certification.policies.when_registry_tells_of_a_worker_note_it import (
    when_registry_tells_of_a_worker_note_it as note,
)
from certification.policies.when_results_stand_or_fall_so_do_their_certificates import (
    when_results_stand_or_fall_so_do_their_certificates as stand_or_fall,
)
from certification.policies.when_training_tells_of_a_worker_note_it_at_the_class import (
    when_training_tells_of_a_worker_note_it_at_the_class as note_member,
)
from contracts.memberships import Membership
from contracts.public_event import PublicEvent
from contracts.registry import (
    DuplicateDecidedV1,
    GroupMembership,
    PersonalDataErasedV1,
    UseRestrictedV1,
    UseRestrictionEndedV1,
    WorkerDeathWithdrawnV1,
    WorkerDeceasedV1,
    WorkerGroupAssignedV1,
    WorkerGroupEndedV1,
    WorkerGroupWithdrawnV1,
    WorkerMovedV1,
    WorkerRegisteredV1,
)
from contracts.training import AttendanceCorrectedV1, ClassFiledV1, EnrolledV1, TrainingFailedV1, WithdrawnV1
from eventcore import Do, Fact, Meta, Seen, fold
from eventcore.testing import given
from published import Published

AT = datetime(2026, 5, 20, 1, tzinfo=UTC)
FALL = Fall(reason="FRAUD", revoked_on=date(2026, 8, 3), official="zhao", organisation="hr")
CLASS_FACTS: dict[str, Any] = {
    "institution": "12520000MA6DT1234P",
    "region": "520123",
    "occupation": "2022/6-29-01-04",
    "level": "5",
}
TAUGHT: dict[str, Any] = {
    **CLASS_FACTS,
    "training_class": "k1",
    "programme": "rebar-5",
    "programme_version": 2,
    "category": "EMPLOYMENT_SKILLS",
    "starts_on": date(2026, 4, 6),
    "ends_on": date(2026, 5, 8),
}
React = Callable[[Fact[Any]], Iterable[Do[Any]]]


def told(event: PublicEvent) -> Fact[Any]:
    return Published(event=event, stream="x-1", version=1, at=AT).fact(1)


def own(event: object) -> Fact[Any]:
    return Fact(
        event=event, id="x-1/1", stream="x-1", version=1, position=1, occurred_at=AT, recorded_at=AT, meta=Meta()
    )


def noted(*events: PublicEvent) -> dict[str, Person]:
    """The persons as they are known after these."""
    persons: dict[str, Person] = {}
    for event in events:
        for do in note(told(event)):
            before = persons.get(do.key, PERSON.initial)
            for one in PERSON.decide(do.command, before, Seen()):
                before = PERSON.evolve(before, one)
            persons[do.key] = before
    return persons


def assigned(group: str, first: date, last: date | None = None) -> WorkerGroupAssignedV1:
    return WorkerGroupAssignedV1(
        worker="w1", group=group, valid_from=first, valid_to=last, evidence="1号", organisation="hr"
    )


REGISTERED = WorkerRegisteredV1(
    worker="w1",
    survey="survey-1",
    household_region="520123",
    groups=(GroupMembership(group="POVERTY_LIFTED", valid_from=date(2021, 1, 1)),),
)


def test_groups_are_those_that_the_registry_said_last() -> None:
    first = date(2026, 1, 1)
    ended = WorkerGroupEndedV1(
        worker="w1", group="LAND_LOST", valid_from=first, valid_to=date(2026, 6, 1), evidence="2号", organisation="hr"
    )
    withdrawn = WorkerGroupWithdrawnV1(
        worker="w1", group="POVERTY_LIFTED", valid_from=date(2021, 1, 1), evidence="3号", organisation="hr"
    )
    person = noted(REGISTERED, assigned("LAND_LOST", first), ended)["w1"]
    assert person.groups_on(date(2026, 5, 31)) == ("POVERTY_LIFTED", "LAND_LOST")
    assert person.groups_on(date(2026, 6, 1)) == ("POVERTY_LIFTED",)
    gone = noted(REGISTERED, assigned("LAND_LOST", first), ended, withdrawn)["w1"]
    assert gone.groups == (Membership(group="LAND_LOST", valid_from=first, valid_to=date(2026, 6, 1)),)


def test_a_worker_moves_dies_and_is_erased() -> None:
    moved = WorkerMovedV1(
        worker="w1", household_region="520526", valid_from=date(2026, 3, 1), evidence="1号", organisation="hr"
    )
    died = WorkerDeceasedV1(worker="w1", died_on=date(2026, 4, 1), organisation="hr")
    person = noted(REGISTERED, moved, died)["w1"]
    assert (person.region, person.ended) == ("520526", "DECEASED")
    back = WorkerDeathWithdrawnV1(worker="w1", corrects="worker-w1/3", died_on=date(2026, 4, 1), organisation="hr")
    assert noted(REGISTERED, died, back)["w1"].ended is None
    erased = PersonalDataErasedV1(worker="w1", organisation="hr")
    for order in permutations((died, erased, back)):
        assert noted(REGISTERED, *order)["w1"].ended == "ERASED"


def test_a_restriction_of_use_holds_until_its_day_or_its_end() -> None:
    restricted = UseRestrictedV1(worker="w1", ground="ACCURACY", until=date(2026, 6, 1), organisation="hr")
    person = noted(REGISTERED, restricted)["w1"]
    assert [person.is_restricted(day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == [True, False]
    ended = UseRestrictionEndedV1(worker="w1", organisation="hr")
    assert not noted(REGISTERED, restricted, ended)["w1"].is_restricted(date(2026, 5, 1))


def decided(verdict: str, *, undone: bool = False) -> DuplicateDecidedV1:
    return DuplicateDecidedV1(
        worker="w1", other="w2", verdict=verdict, undone=undone, reason="SAME_NUMBER", organisation="hr"
    )


def test_linked_workers_point_at_each_other_until_it_is_undone() -> None:
    linked = noted(decided("SAME"))
    assert (linked["w2"].canonical, linked["w1"].others) == ("w1", frozenset({"w2"}))
    undone = noted(decided("SAME"), decided("DIFFERENT", undone=True))
    assert (undone["w2"].canonical, undone["w1"].others) == (None, frozenset())
    assert noted(decided("DIFFERENT")) == {}


def test_what_is_known_already_is_not_noted_again() -> None:
    (do,) = note(told(REGISTERED))
    given(PERSON, do.command.event).when(do.command).then()


def member_facts() -> list[PublicEvent]:
    enrolled = EnrolledV1(**TAUGHT, worker="w1", choice="enrolment-w1/1", priority=())
    failed = TrainingFailedV1(
        **TAUGHT, worker="w2", failed_on=date(2026, 5, 9), minutes=1, attended_days=1, reason="HOURS"
    )
    left = WithdrawnV1(**TAUGHT, worker="w3", withdrawn_on=date(2026, 4, 20), reason="FOUND_WORK")
    return [enrolled, failed, left]


def test_a_class_has_the_standings_that_training_told_in_any_order_of_workers() -> None:
    for facts in permutations(member_facts()):
        history: list[ClassEvent] = []
        for fact in facts:
            (do,) = note_member(told(fact))
            history += CLASS.decide(do.command, fold(CLASS, history), Seen())
        found = fold(CLASS, history)
        assert isinstance(found, Known)
        assert dict(found.members) == {"w1": "ENROLLED", "w2": "FAILED", "w3": "WITHDRAWN"}
        assert [found.had(worker) for worker in ("w1", "w2", "w3", "w4")] == [True, True, False, False]


@pytest.mark.parametrize(("completed", "standing"), [(True, "COMPLETED"), (False, "FAILED")])
def test_a_corrected_attendance_changes_who_has_completed(completed: bool, standing: str) -> None:
    corrected = AttendanceCorrectedV1(
        worker="w2",
        training_class="k1",
        corrects="enrolment-w2/5",
        minutes=7200,
        attended_days=20,
        completed=completed,
        organisation="hr",
    )
    (do,) = note_member(told(corrected))
    assert (do.key, do.command) == ("k1", CorrectMember(worker="w2", standing=standing))
    given(CLASS).when(do.command).rejected(ClassNotKnown)


def test_who_teaches_a_class_is_known_whatever_comes_first() -> None:
    told_of = ClassFiledV1(
        **CLASS_FACTS,
        training_class="k1",
        starts_on=date(2026, 4, 6),
        ends_on=date(2026, 5, 8),
        teachers=("T-1023",),
    )
    (do,) = note_teachers(told(told_of))
    (noted,) = CLASS.decide(do.command, CLASS.initial, Seen())
    for events in ([NOTED, noted], [noted, NOTED]):
        found = fold(CLASS, events)
        assert isinstance(found, Known)
        assert (found.teachers, dict(found.members)) == (frozenset({"T-1023"}), {"w1": "COMPLETED"})
    given(CLASS, noted).when(do.command).then()


MEMBER = NoteMember(**CLASS_FACTS, training_class="k1", worker="w1", standing="COMPLETED")
(NOTED,) = CLASS.decide(MEMBER, CLASS.initial, Seen())
HEARD = AssessmentNoted(training_class="k1", assessment="a1", fall=None)
REVOKED = ClassCertificatesRevoked(training_class="k1", assessments=("a1",), fall=FALL)


def test_an_assessment_that_a_fallen_class_hears_of_falls_too() -> None:
    late = AssessmentNoted(training_class="k1", assessment="a2", fall=FALL)
    given(CLASS, NOTED, HEARD, REVOKED).when(NoteAssessment(training_class="k1", assessment="a2")).then(late)
    given(CLASS, NOTED, HEARD).when(NoteAssessment(training_class="k1", assessment="a1")).then()
    assert [do.key for do in void(own(REVOKED))] == ["a1"]
    heard = list(void(own(late)))
    assert [do.key for do in heard] == ["a2"]
    assert isinstance(heard[0].command, VoidAssessment)
    assert (heard[0].command.reason, heard[0].command.by.today) == ("FRAUD", date(2026, 8, 3))
    assert list(void(own(HEARD))) == []


CONFIRMED = ResultsConfirmed(
    assessment="a1",
    body="52520000MA6DT4321L",
    kind="SKILL_LEVEL",
    occupation="2022/6-29-01-04",
    level="5",
    region="520123",
    training_class="k1",
    issued_on=date(2026, 5, 20),
    valid_until=None,
    number_prefix="S001252000001265",
    standard_fee=18000,
    results=(
        Result(worker="w1", outcome="PASSED", certificate="c1", charged_fee=0),
        Result(worker="w2", outcome="FAILED", certificate=None, charged_fee=18000),
    ),
    official="qian",
    organisation="52520000MA6DT4321L",
)


def test_who_has_passed_gets_a_certificate_that_falls_with_the_assessment() -> None:
    (issue,) = stand_or_fall(own(CONFIRMED))
    assert (issue.key, type(issue.command)) == ("c1", IssueCertificate)
    voided = AssessmentVoided(
        assessment="a1",
        certificates=("c1",),
        reason="FRAUD",
        voided_on=date(2026, 8, 3),
        official="zhao",
        organisation="hr",
    )
    (revoke,) = stand_or_fall(own(voided))
    assert isinstance(revoke.command, RevokeCertificate)
    events = list(CERTIFICATE.decide(issue.command, CERTIFICATE.initial, Seen()))
    events += CERTIFICATE.decide(revoke.command, fold(CERTIFICATE, events), Seen())
    found = fold(CERTIFICATE, events)
    assert isinstance(found, Issued)
    assert [(each.day, each.status) for each in found.marks] == [(date(2026, 8, 3), "REVOKED")]
