"""How a class comes to be: filed by an accredited institution for a programme of the catalogue and a plan, and decided
on by another office (R-TRN-04, R-TRN-06, R-TRN-20, R-TRN-21, R-TRN-37)."""

from collections.abc import Sequence
from typing import Final

from contracts import region
from eventcore import Seen

from training.classes import refusals
from training.classes.commands import ApproveClass, FileClass, RejectClass
from training.classes.events import ClassApproved, ClassEvent, ClassFiled, ClassRejected, Terms
from training.classes.state import Declined, Filed, TrainingClass, Unknown, known
from training.institutions import institution as institutions
from training.plans import plan as plans
from training.programmes import programme as programmes
from training.programmes.programme import Version

AWAY: Final = frozenset({"TOWNSHIP", "VILLAGE"})
"""Venues that need a filing of mobile delivery."""


def file(command: FileClass, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    if not isinstance(found, Unknown):
        raise refusals.ClassAlreadyFiled
    _check_days(command)
    programme = programmes.known(seen.state(programmes.PROGRAMME, command.programme))
    version = programme.on(command.starts_on)
    plan = plans.known(seen.state(plans.PLAN, command.plan))
    plan.names(version.content.occupation, command.institution, command.region, command.starts_on)
    base = institutions.known(seen.state(institutions.INSTITUTION, command.institution))
    base.may_teach(version.content.occupation, command.starts_on)
    if command.venue in AWAY:
        base.may_teach_away(command.region, command.starts_on, command.ends_on)
    _check_teaching_plan(command, version)
    return [
        ClassFiled(
            training_class=command.training_class,
            terms=_terms(command, version),
            venue=command.venue,
            capacity=command.capacity,
            priority_until=command.priority_until,
            lessons=command.lessons,
            teachers=command.teachers,
            filed_on=command.today,
            by=command.by,
            organisation=command.organisation,
        )
    ]


def _check_days(command: FileClass) -> None:
    if command.ends_on < command.starts_on:
        raise refusals.ClassDaysWrong
    if not region.exists(command.region, command.starts_on):
        raise refusals.ClassPlaceUnknown


def _check_teaching_plan(command: FileClass, version: Version) -> None:
    if any(not command.starts_on <= each.on <= command.ends_on for each in command.lessons):
        raise refusals.LessonOutside
    if any(each.teacher not in command.teachers for each in command.lessons):
        raise refusals.TeacherUnknown
    minutes, days = sum(each.minutes for each in command.lessons), len({each.on for each in command.lessons})
    if minutes < version.content.minimum_minutes or days < version.content.minimum_days:
        raise refusals.TeachingPlanTooShort


def _terms(command: FileClass, version: Version) -> Terms:
    content = version.content
    return Terms(
        training_class=command.training_class,
        institution=command.institution,
        region=command.region,
        plan=command.plan,
        programme=command.programme,
        programme_version=version.version,
        occupation=content.occupation,
        level=content.level,
        category=content.category,
        mode=command.mode,
        minimum_minutes=content.minimum_minutes,
        minimum_days=content.minimum_days,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )


def approve(command: ApproveClass, found: TrainingClass, seen: Seen) -> Sequence[ClassEvent]:
    """The institution may have been revoked since the class was filed."""
    filed = known(found).filed
    if not isinstance(found, Filed):
        if isinstance(found, Declined):
            raise refusals.ClassDecidedOtherwise
        return []
    _check_four_eyes(command.official, filed)
    base = institutions.known(seen.state(institutions.INSTITUTION, filed.terms.institution))
    base.may_teach(filed.terms.occupation, filed.terms.starts_on)
    return [
        ClassApproved(
            training_class=filed.training_class,
            approved_on=command.today,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def reject(command: RejectClass, found: TrainingClass) -> Sequence[ClassEvent]:
    filed = known(found).filed
    if isinstance(found, Declined) and found.reason == command.reason:
        return []
    if not isinstance(found, Filed):
        raise refusals.ClassDecidedOtherwise
    _check_four_eyes(command.official, filed)
    return [
        ClassRejected(
            training_class=filed.training_class,
            reason=command.reason,
            official=command.official,
            organisation=command.organisation,
        )
    ]


def _check_four_eyes(official: str, filed: ClassFiled) -> None:
    if official == filed.by:
        raise refusals.OwnFiling
