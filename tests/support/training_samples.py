"""One of every event of training, with every field."""

from datetime import UTC, date, datetime
from typing import Any, Final

from eventcore import Fact, Meta
from training.classes.events import (
    ArchiveCompleted,
    ArchiveFile,
    Attendance,
    ClassApproved,
    ClassClosed,
    ClassFiled,
    ClassRejected,
    Correction,
    Figures,
    Lesson,
    Result,
    SessionCorrected,
    SessionHeld,
    Terms,
)
from training.enrolments.events import (
    AttendanceCorrected,
    ChoiceRecorded,
    ClassesTakenOver,
    DeathNoted,
    DeathWithdrawnNoted,
    DesignationEndNoted,
    DesignationNoted,
    Enrolled,
    StoodForNoted,
    TrainingCompleted,
    TrainingFailed,
    UseNoted,
    Withdrawn,
)
from training.enrolments.rounds import Given, RoundHeld
from training.inspections.events import (
    CommitteeFormed,
    EvaluationPublished,
    FindingRecorded,
    FindingResolved,
    SampleDrawn,
    Scope,
)
from training.institutions.events import (
    BaseAccredited,
    BaseReviewed,
    BaseRevoked,
    InstitutionRegistered,
    MobileDeliveryFiled,
    Score,
)
from training.plans.events import AnnualPlanApproved, Line, TargetSet
from training.programmes.events import Content, ProgrammeChanged, ProgrammeListed, ProgrammeWithdrawn, Standard
from training_way import BASE, OCCUPATION, PLAN, worker

KEY: Final = "0190a1b2-0000-7000-8000-0000000000c1"
WHO: Final = worker(1)
BY: Final[dict[str, Any]] = {"evidence": "筑人社〔2026〕1号", "official": "wu", "organisation": "hr-520100"}
OF: Final[dict[str, Any]] = {"by": "teacher-1", "organisation": BASE}
TERMS: Final = Terms(
    training_class=KEY,
    institution=BASE,
    region="520123",
    plan=PLAN,
    programme="rebar-worker-5",
    programme_version=2,
    occupation=OCCUPATION,
    level="5",
    category="EMPLOYMENT_SKILLS",
    mode="DIRECTED",
    minimum_minutes=7200,
    minimum_days=20,
    starts_on=date(2026, 4, 6),
    ends_on=date(2026, 5, 8),
)
CONTENT: Final = Content(
    title="钢筋工（五级）",
    occupation=OCCUPATION,
    level="5",
    category="EMPLOYMENT_SKILLS",
    standard=Standard(kind="NATIONAL", reference="GZB 6-29-01-04"),
    minimum_minutes=7200,
    minimum_days=20,
)
INSTITUTIONS: Final = (
    InstitutionRegistered(
        institution=BASE,
        title="贵阳某技工学校",
        kind="TECHNICAL_SCHOOL",
        region="520100",
        registered_on=date(2025, 12, 1),
        **BY,
    ),
    BaseAccredited(
        institution=BASE,
        accreditation=1,
        title="贵阳某技工学校",
        region="520100",
        grade="PROVINCIAL",
        scores=(Score(criterion="TEACHERS", points=80),),
        occupations=(OCCUPATION,),
        accredited_on=date(2026, 1, 15),
        **BY,
    ),
    BaseReviewed(institution=BASE, year=2026, result="PASSED", **BY),
    BaseRevoked(
        institution=BASE, accreditation=1, ground="FUNDS", revoked_on=date(2026, 9, 1), void_from=date(2026, 4, 1), **BY
    ),
    MobileDeliveryFiled(
        institution=BASE, region="520123", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), **BY
    ),
)
PLANS: Final = (
    AnnualPlanApproved(
        plan=PLAN,
        region="520000",
        year=2026,
        content="建筑类就业技能培训",
        lines=(Line(occupation=OCCUPATION, heads=2000, funds=360_000_000),),
        institutions=(BASE,),
        approved_on=date(2026, 1, 20),
        **BY,
    ),
    TargetSet(
        plan=PLAN,
        region="520123",
        of="TRAINEES",
        stated=43_000,
        of_them_free=42_000,
        flag="二期免费培训低于一期",
        **BY,
    ),
)
PROGRAMMES: Final = (
    ProgrammeListed(programme="rebar-worker-5", content=CONTENT, valid_from=date(2026, 1, 1), **BY),
    ProgrammeChanged(programme="rebar-worker-5", version=2, content=CONTENT, valid_from=date(2026, 3, 1), **BY),
    ProgrammeWithdrawn(programme="rebar-worker-5", version=2, withdrawn_on=date(2026, 12, 1), **BY),
)
CLASSES: Final = (
    ClassFiled(
        training_class=KEY,
        terms=TERMS,
        venue="VILLAGE",
        capacity=50,
        priority_until=date(2026, 3, 31),
        lessons=(Lesson(on=date(2026, 4, 6), starts_at="08:30", minutes=360, subject="钢筋下料", teacher="T-1"),),
        teachers=("T-1",),
        filed_on=date(2026, 3, 10),
        **OF,
    ),
    ClassApproved(training_class=KEY, approved_on=date(2026, 3, 12), official="wu", organisation="hr-520100"),
    ClassRejected(training_class=KEY, reason="PLACE", official="wu", organisation="hr-520100"),
    SessionHeld(
        training_class=KEY,
        session=1,
        on=date(2026, 4, 6),
        starts_at="08:30",
        minutes=360,
        form="DAYTIME",
        teacher="T-1",
        present=(Attendance(worker=WHO, minutes=360),),
        recorded_on=date(2026, 4, 7),
        figures=(Figures(worker=WHO, minutes=360, days=1),),
        **OF,
    ),
    SessionCorrected(
        training_class=KEY,
        session=1,
        corrects=f"class-{KEY}/3",
        corrections=(Correction(worker=WHO, before=360, minutes=180),),
        evidence="核查〔2026〕2号",
        corrected_on=date(2026, 5, 20),
        figures=(Figures(worker=WHO, minutes=180, days=1),),
        **OF,
    ),
    ClassClosed(
        training_class=KEY,
        closed_on=date(2026, 5, 9),
        results=(Result(worker=WHO, minutes=7560, days=21, test="PASSED"),),
        **OF,
    ),
    ArchiveCompleted(
        training_class=KEY,
        completed_on=date(2026, 5, 10),
        files=(ArchiveFile(document="roster", sha256="0" * 64, size=7000),),
        **OF,
    ),
)
ENROLMENTS: Final = (
    DesignationNoted(worker=WHO, plan=PLAN, priority=("POOR_HOUSEHOLD",), designated_on=date(2026, 3, 1)),
    DesignationEndNoted(worker=WHO, plan=PLAN, reason="WITHDRAWN"),
    DeathNoted(worker=WHO, died_on=date(2026, 4, 20)),
    DeathWithdrawnNoted(worker=WHO),
    UseNoted(worker=WHO, restricted=True, until=date(2036, 1, 1)),
    StoodForNoted(worker=WHO, canonical=worker(2), before=worker(3), classes=(TERMS,)),
    ClassesTakenOver(worker=WHO, other=worker(2), classes=(TERMS,), collisions=(KEY,)),
    ChoiceRecorded(
        worker=WHO,
        terms=TERMS,
        options=(KEY, "0190a1b2-0000-7000-8000-0000000000c2"),
        priority=("POOR_HOUSEHOLD",),
        chosen_on=date(2026, 3, 20),
        evidence="选择登记〔2026〕1号",
        by="wu",
        organisation="hr-520123",
    ),
    Enrolled(
        worker=WHO,
        terms=TERMS,
        seat=7,
        choice=f"enrolment-{WHO}/3",
        priority=("POOR_HOUSEHOLD",),
        enrolled_on=date(2026, 3, 25),
        **OF,
    ),
    Withdrawn(worker=WHO, terms=TERMS, seat=7, withdrawn_on=date(2026, 4, 20), reason="FOUND_WORK", **OF),
    TrainingCompleted(worker=WHO, terms=TERMS, completed_on=date(2026, 5, 9), minutes=7560, days=21, test="PASSED"),
    TrainingFailed(
        worker=WHO, terms=TERMS, failed_on=date(2026, 5, 9), minutes=3000, days=9, test="PASSED", reason="HOURS"
    ),
    AttendanceCorrected(
        worker=WHO,
        training_class=KEY,
        corrects=f"enrolment-{WHO}/5",
        minutes=7200,
        days=19,
        completed=False,
        reason="DAYS",
        organisation="hr-520123",
    ),
)
INSPECTION: Final = "0190a1b2-0000-7000-8000-0000000000e1"
SUBJECT: Final = f"{KEY}/{WHO}"
INSPECTIONS: Final = (
    CommitteeFormed(
        inspection=INSPECTION,
        region="520123",
        members=("expert-1", "expert-2", "expert-3"),
        formed_on=date(2026, 2, 1),
        **BY,
    ),
    SampleDrawn(
        inspection=INSPECTION,
        sample=1,
        scope=Scope(institution=BASE, since=date(2026, 3, 1), until=date(2026, 3, 31)),
        seed="20260401-7",
        population=1,
        digest="0" * 64,
        drawn=(SUBJECT,),
        drawn_on=date(2026, 5, 20),
        by="expert-1",
        organisation="experts-520123",
    ),
    FindingRecorded(
        inspection=INSPECTION,
        finding=1,
        sample=1,
        subject=SUBJECT,
        step="TRAINING",
        kind="HOURS_FALSE",
        fact=f"class-{KEY}/3",
        evidence="抽查〔2026〕1号",
        found_on=date(2026, 5, 21),
        by="expert-1",
        organisation="experts-520123",
    ),
    FindingResolved(inspection=INSPECTION, finding=1, outcome="CORRECTED", resolved_on=date(2026, 5, 30), **BY),
    EvaluationPublished(
        inspection=INSPECTION,
        sample=1,
        verdict="DEFICIENT",
        drawn=1,
        findings=1,
        unresolved=0,
        evidence="评估〔2026〕1号",
        published_on=date(2026, 6, 1),
        by="expert-2",
        organisation="experts-520123",
    ),
)
AT: Final = datetime(2026, 3, 1, tzinfo=UTC)


def own(event: Any) -> Fact[Any]:
    """As it is read from the service's own log."""
    return Fact(event=event, id="s/1", stream="s", version=1, position=7, occurred_at=AT, recorded_at=AT, meta=Meta())


GIVEN: Final = (Given(worker="w-1", seat=3), Given(worker="w-2", seat=None))
ROUNDS: Final = (RoundHeld(training_class="cls-1", given=GIVEN, by="li", organisation="hr-520100"),)
SAMPLES: Final[tuple[Any, ...]] = (*INSTITUTIONS, *PLANS, *PROGRAMMES, *CLASSES, *ENROLMENTS, *ROUNDS, *INSPECTIONS)
