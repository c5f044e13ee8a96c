"""The same bodies with the same fields and checks, as FastAPI's own way takes them: not strict, for it hands a model
what Python's JSON parser made."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from contracts.groups import GroupCode
from contracts.region import RegionCode
from contracts.survey import CaptureMethodCode, ChannelCode, RejectionReasonCode
from eventcore.web import Text
from pydantic import BaseModel, Field
from registry.surveys.bodies import Number, Phone, Wishes


class Membership(BaseModel):
    group: GroupCode
    valid_from: date
    valid_to: date | None = None


class Unemployed(BaseModel):
    status: Literal["UNEMPLOYED"]
    wishes: Wishes


class Employed(BaseModel):
    status: Literal["EMPLOYED"]
    form: str
    region: RegionCode
    employer: Annotated[str, Text(120)] | None = None
    contact: Phone
    wishes: Wishes = ()


class SurveyIn(BaseModel):
    name: Annotated[str, Text(60)]
    number: Number
    phone: Phone | None = None
    household_region: RegionCode
    groups: tuple[Membership, ...]
    surveyed_on: date
    channel: ChannelCode
    capture_method: CaptureMethodCode
    employment: Annotated[Employed | Unemployed, Field(discriminator="status")]
    corrects: UUID | None = None


class RejectionIn(BaseModel):
    reason: RejectionReasonCode
