"""Bodies of the survey routes. Whether a value is well-formed is said here; whether it can be so, the decider says."""

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias, TypeVar, cast
from uuid import UUID

from contracts.code_lists import CODE_LISTS
from contracts.errors import checked
from contracts.groups import GroupCode
from contracts.memberships import Membership
from contracts.region import RegionCode
from contracts.resident_id import ResidentIdOrMadeUpText, lengthened, normalise, parse
from contracts.survey import (
    CaptureMethodCode,
    ChannelCode,
    EmploymentFormCode,
    InvalidationReasonCode,
    RejectionReasonCode,
    SurveyorKindCode,
    WishCode,
)
from eventcore.web import Body, Problem, Text, example
from pydantic import AfterValidator, BeforeValidator, Field, JsonValue

from registry.batches import each_for_itself
from registry.surveys.commands import Employed, Told, Unemployed

T = TypeVar("T")
MOST: Final = 500
FIFTEEN: Final = 15
_GROUPS: Final = len(CODE_LISTS["worker-groups"].codes)
_SURVEY: Final[dict[str, JsonValue]] = {
    "name": "王秀英",
    "number": "520599199003070023",
    "phone": "13800000000",
    "household_region": "520526",
    "groups": [{"group": "MONITORED", "valid_from": "2024-01-01"}],
    "surveyed_on": "2026-03-02",
    "channel": "TOWNSHIP_GOVERNMENT",
    "capture_method": "FIELD_SURVEY",
    "employment": {"status": "UNEMPLOYED", "wishes": ["JOB", "VOCATIONAL_TRAINING"]},
}


def distinct(values: tuple[T, ...]) -> tuple[T, ...]:
    """The values, each once. ValueError."""
    if len(set(values)) != len(values):
        raise ValueError("repeated")
    return values


def normalised(value: object) -> object:
    return normalise(value) if isinstance(value, str) and len(value) <= 60 else value


def _former(text: str) -> str:
    """An old number stays as it was given; what it became is only for comparing."""
    if len(text) == FIFTEEN:
        lengthened(text)
        return text
    return parse(text, allow_made_up=True).number


Number: TypeAlias = Annotated[ResidentIdOrMadeUpText, BeforeValidator(normalised)]
FormerNumber: TypeAlias = Annotated[str, BeforeValidator(normalised), AfterValidator(checked(_former))]
Phone: TypeAlias = Annotated[str, Field(pattern=r"^\+?[0-9][0-9-]{5,18}[0-9]$")]
Wishes: TypeAlias = Annotated[tuple[WishCode, ...], Field(max_length=20), AfterValidator(distinct)]


class MembershipIn(Body):
    """A group that the worker belongs to, from a day, up to but without another. 群体及有效期。"""

    group: GroupCode
    valid_from: date
    valid_to: date | None = None

    def membership(self) -> Membership:
        return Membership(group=self.group, valid_from=self.valid_from, valid_to=self.valid_to)


class UnemployedIn(Body):
    """What who is not employed is asked (R-REG-32). An empty list says that there are no wishes. 未就业。"""

    status: Literal["UNEMPLOYED"]
    wishes: Wishes

    def employment(self) -> Unemployed:
        return Unemployed(wishes=self.wishes)


class EmployedIn(Body):
    """What who is employed is asked (R-REG-33); only flexible workers have no employer. 已就业。"""

    status: Literal["EMPLOYED"]
    form: EmploymentFormCode
    region: RegionCode
    employer: Annotated[str, Text(120)] | None = None
    contact: Phone
    wishes: Wishes = ()

    def employment(self) -> Employed:
        return Employed(
            form=self.form, region=self.region, employer=self.employer, contact=self.contact, wishes=self.wishes
        )


class SurveyIn(Body):
    """What a named surveyor found. Who that is, the token says. 摸查信息。"""

    model_config = example(_SURVEY)

    name: Annotated[str, Text(60)]
    number: Number
    phone: Phone | None = None
    former_number: Annotated[
        FormerNumber | None, Field(description="What the number was before; 15 or 18 characters. 曾用的公民身份号码")
    ] = None
    household_region: RegionCode
    groups: Annotated[tuple[MembershipIn, ...], Field(max_length=_GROUPS)]
    surveyed_on: date
    channel: ChannelCode
    surveyor_kind: Annotated[
        SurveyorKindCode | None, Field(description="Contractors and village teams survey too. 摸查人员类别")
    ] = None
    capture_method: CaptureMethodCode
    employment: Annotated[EmployedIn | UnemployedIn, Field(discriminator="status")]
    corrects: Annotated[UUID | None, Field(description="The invalidated survey that this one is made for")] = None

    def told(self) -> Told:
        return Told(
            household_region=self.household_region,
            groups=tuple(each.membership() for each in self.groups),
            surveyed_on=self.surveyed_on,
            channel=self.channel,
            surveyor_kind=self.surveyor_kind,
            capture_method=self.capture_method,
            employment=self.employment.employment(),
            corrects=str(self.corrects) if self.corrects else None,
            name=self.name,
            number=self.number,
            phone=self.phone,
            former_number=self.former_number,
        )


class RejectionIn(Body):
    """Why the survey is rejected. 审核不通过原因。"""

    model_config = example({"reason": "NO_EVIDENCE"})

    reason: RejectionReasonCode


class InvalidationIn(Body):
    """Why the survey counts no more. 作废原因。"""

    model_config = example({"reason": "WRONG_PERSON"})

    reason: InvalidationReasonCode


class ApprovedIn(Body):
    """One survey of a batch, approved. 通过。"""

    survey: UUID
    decision: Literal["approve"]


class RejectedIn(Body):
    """One survey of a batch, rejected. 不通过。"""

    survey: UUID
    decision: Literal["reject"]
    reason: RejectionReasonCode


class SurveyBatchIn(Body):
    """Up to 500 surveys, each for itself. 批量登记，逐条处理。"""

    model_config = example({"surveys": [_SURVEY]})

    surveys: Annotated[tuple[Annotated[SurveyIn, each_for_itself(SurveyIn)], ...], Field(min_length=1, max_length=MOST)]

    def items(self) -> tuple[SurveyIn | Problem, ...]:
        return cast(tuple[SurveyIn | Problem, ...], self.surveys)


class ReviewBatchIn(Body):
    """Up to 500 reviews, each for itself. 批量审核，逐条处理。"""

    model_config = example(
        {
            "reviews": [
                {"survey": "0190a1b2-0000-7000-8000-0000000000f1", "decision": "approve"},
                {"survey": "0190a1b2-0000-7000-8000-0000000000f2", "decision": "reject", "reason": "NO_EVIDENCE"},
            ]
        }
    )

    reviews: Annotated[
        tuple[Annotated[ApprovedIn | RejectedIn, Field(discriminator="decision")], ...],
        Field(min_length=1, max_length=MOST),
    ]
