"""Public events of a transfer: one worker's way from a home county to a job elsewhere (R-XRG-*).

Both sides keep a stream of the same transfer; `home` is the county that sends, `host` the one that receives. Home says
nominated, confirmed, too late, withdrawn, expired and dispatched; the host says accepted, rejected, arrived, not
arrived and returned; the job itself is an employment. An event goes to the other province where there is one. Facts
of the worker are pseudonymous: nothing here says who it is.
"""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from contracts.addressed import Addressed
from contracts.public_event import (
    EntityId,
    ListCode,
    OccupationDigits,
    Part,
    PublicEvent,
    RegionDigits,
    SkillLevel,
)
from contracts.registry import Codes


class Skill(Part):
    """A certificate that speaks for the worker, without its number."""

    certificate: EntityId
    occupation: OccupationDigits
    level: SkillLevel


class Transfer(Addressed):
    """What each of them says of itself."""

    transfer: EntityId
    worker: EntityId
    vacancy: EntityId
    home: RegionDigits
    host: RegionDigits


class TransferNoted(PublicEvent):
    """What home heard of the host in another province, for services and reports of home."""

    transfer: EntityId
    worker: EntityId
    vacancy: EntityId
    home: RegionDigits
    host: RegionDigits


class NominatedV1(Transfer):
    """Home proposes the worker, who agreed to it, for a seat. Home must have an answer in time. 推荐"""

    type = "cn.labourbridge.placement.nominated.v1"
    agreement: EntityId | None = None
    origin: Annotated[
        RegionDigits | None,
        Field(description="County of the household register, where another province sends the worker as its guest"),
    ] = None
    groups: Codes
    skills: Annotated[tuple[Skill, ...], Field(max_length=50)]
    answer_until: Annotated[AwareDatetime, Field(description="After it home lets the nomination expire")]
    organisation: EntityId


class AcceptedV1(Transfer):
    """The host holds a seat for the worker until home's answer. 接收"""

    type = "cn.labourbridge.placement.accepted.v1"
    organisation: EntityId


class RejectedV1(Transfer):
    """The host does not take the worker. 不予接收"""

    type = "cn.labourbridge.placement.rejected.v1"
    reason: ListCode
    organisation: EntityId


class ConfirmedV1(Transfer):
    """Home answers an acceptance that came in time: the worker comes, with at most so long to leave. 确认"""

    type = "cn.labourbridge.placement.confirmed.v1"
    dispatch_until: AwareDatetime


class TooLateV1(Transfer):
    """Home answers an acceptance of what had expired or been withdrawn: the seat is free again. 逾期"""

    type = "cn.labourbridge.placement.too-late.v1"
    ended: Annotated[ListCode, Field(description="EXPIRED or WITHDRAWN")]


class TransferWithdrawnV1(Transfer):
    """Home takes the worker back before departure; after it only where the worker died or was erased. 撤回"""

    type = "cn.labourbridge.placement.transfer-withdrawn.v1"
    reason: ListCode
    organisation: EntityId


class ExpiredV1(Transfer):
    """No answer came in time, or nobody left in time; only home says so. 过期"""

    type = "cn.labourbridge.placement.expired.v1"
    waited_for: Annotated[ListCode, Field(description="ANSWER or DEPARTURE")]


class DispatchedV1(Transfer):
    """The worker is on the way. 派出"""

    type = "cn.labourbridge.placement.dispatched.v1"
    left_on: date
    arrive_until: AwareDatetime
    organisation: EntityId


class ArrivedV1(Transfer):
    """The worker is there. 到岗"""

    type = "cn.labourbridge.placement.arrived.v1"
    arrived_on: date
    organisation: EntityId


class NotArrivedV1(Transfer):
    """The worker did not come in time: the seat is free again. 未到岗"""

    type = "cn.labourbridge.placement.not-arrived.v1"
    organisation: EntityId


class EmployedV1(Transfer):
    """The worker has the job: told to who sent a guest; every worker's home hears of the job itself. 上岗"""

    type = "cn.labourbridge.placement.employed.v1"
    employment: EntityId
    started_on: date


class ReturnedV1(Transfer):
    """The worker went home again without the job. 返乡"""

    type = "cn.labourbridge.placement.returned.v1"
    reason: ListCode
    returned_on: date
    organisation: EntityId


class RejectionNotedV1(TransferNoted):
    """The host does not take the worker. 未获接收记录"""

    type = "cn.labourbridge.placement.rejection-noted.v1"
    reason: ListCode


class ArrivalNotedV1(TransferNoted):
    """The worker is there. 到岗记录"""

    type = "cn.labourbridge.placement.arrival-noted.v1"
    arrived_on: date


class AbsenceNotedV1(TransferNoted):
    """The worker did not come in time. 未到岗记录"""

    type = "cn.labourbridge.placement.absence-noted.v1"


class ReturnNotedV1(TransferNoted):
    """The worker went home again without the job. 返乡记录"""

    type = "cn.labourbridge.placement.return-noted.v1"
    reason: ListCode
    returned_on: date
