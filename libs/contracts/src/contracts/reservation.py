"""Same occupation, same level, once, nationwide: home owns the reservation, another province asks for it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.addressed import Addressed
from contracts.public_event import EntityId, ListCode, OccupationDigits, RegionDigits, SkillLevel


class Reservation(Addressed):
    """What is asked for once, and the claim that asks. `region` is the asking county, `home` the deciding province.

    A claim that gave it back may ask again: only the answer that names its newest `ask` is its answer.
    """

    claim: EntityId
    ask: Annotated[int, Field(ge=1, description="Counts from 1 how often the claim asks; answers repeat it")]
    worker: EntityId
    home: RegionDigits
    region: RegionDigits
    kind: ListCode
    pool: Annotated[ListCode, Field(description="Kinds of claims that exclude each other")]
    occupation: OccupationDigits
    level: SkillLevel
    day: Annotated[date, Field(description="Legal day of the fact that the claim rests on")]


class ReservationAskedV1(Reservation):
    """The claim waits for home's answer. 申请占用"""

    type = "cn.labourbridge.subsidy.reservation-asked.v1"


class ReservationGrantedV1(Reservation):
    """Home: the claim holds it, until it releases it. 同意占用"""

    type = "cn.labourbridge.subsidy.reservation-granted.v1"


class ReservationRefusedV1(Reservation):
    """Home: another claim holds it, or it was paid before. 不予占用"""

    type = "cn.labourbridge.subsidy.reservation-refused.v1"
    reason: ListCode
    holder: Annotated[RegionDigits | None, Field(description="Province of the claim that holds it")] = None


class ReservationHeldV1(Reservation):
    """The holder tells home so of every grant: nothing new to a home that has lost nothing. 占用在手"""

    type = "cn.labourbridge.subsidy.reservation-held.v1"


class ReservationReleasedV1(Reservation):
    """The holder gives it back: nothing is paid, or the money came back. 释放占用"""

    type = "cn.labourbridge.subsidy.reservation-released.v1"
