"""Bodies of the routes of transfers, and what they answer."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from contracts.documents import Reference
from contracts.transfer_codes import TransferRejectionCode, TransferReturnCode, TransferWithdrawalCode
from eventcore.web import Body, example
from pydantic import AwareDatetime, BaseModel, Field

from placement.transfers.home import state as home
from placement.transfers.home.events import Skill
from placement.transfers.host import state as host
from placement.transfers.standing import at_home, at_host


class NominationIn(Body):
    """A worker who agreed, for a vacancy, under an agreement. Terms that are missing are a week for the answer, and two
    more for the departure. 推荐。"""

    model_config = example(
        {
            "worker": "0190a1b2-0000-7000-8000-000000000001",
            "vacancy": "0190a1b2-0000-7000-8000-0000000000b1",
            "agreement": "0190a1b2-0000-7000-8000-0000000000a1",
            "consented_on": "2026-06-10",
            "consent": "本人同意书〔2026〕31号",
        }
    )

    worker: UUID
    vacancy: UUID
    agreement: UUID
    consented_on: Annotated[date, Field(description="When the worker agreed. 本人同意日期。")]
    consent: Annotated[Reference, Field(description="Number of the form that the worker signed. 本人同意书编号。")]
    answer_until: Annotated[AwareDatetime | None, Field(description="答复期限")] = None
    dispatch_until: Annotated[AwareDatetime | None, Field(description="出发期限")] = None


class WithdrawalIn(Body):
    """Why home takes the worker back. 撤回。"""

    model_config = example({"reason": "FAMILY"})

    reason: TransferWithdrawalCode


class DispatchIn(Body):
    """When the worker left, and by when the host may wait; a week where it is missing. 派出。"""

    model_config = example({"left_on": "2026-06-28", "arrive_until": "2026-07-01T18:00:00+08:00"})

    left_on: date
    arrive_until: Annotated[AwareDatetime | None, Field(description="到岗期限")] = None


class RejectionIn(Body):
    """Why the host does not take the worker. 不予接收。"""

    model_config = example({"reason": "NO_SEAT"})

    reason: TransferRejectionCode


class ArrivalIn(Body):
    """When the worker came. 到岗。"""

    model_config = example({"arrived_on": "2026-06-30"})

    arrived_on: date


class ReturnIn(Body):
    """When and why the worker went home again. 返乡。"""

    model_config = example({"reason": "CONDITIONS", "returned_on": "2026-07-20"})

    reason: TransferReturnCode
    returned_on: date


class TransferAnswer(BaseModel):
    """What a command on a transfer answers: its state on the side that was asked. 输送编号、状态与版本。"""

    transfer: str
    state: str
    version: int


class SkillOut(BaseModel):
    certificate: str
    occupation: str
    level: str


class SideOut(BaseModel):
    """A transfer as one side knows it; nothing here says who the worker is. 一方所知的输送情况。"""

    side: str
    state: str
    version: int
    transfer: str
    worker: str
    vacancy: str
    home: str
    host: str
    agreement: str | None
    groups: list[str]
    skills: list[SkillOut]
    answer_until: datetime | None
    dispatch_until: datetime | None


class TransferOut(BaseModel):
    """Both sides where both are in this province, else the own. 一次输送。"""

    sides: list[SideOut]


class PermissionOut(BaseModel):
    """Whether this province acts for the worker, under which epoch, and who else does. 履职权限。"""

    worker: str
    acts: bool
    epoch: Annotated[int, Field(description="The newest that was heard of here; 0: none. 最新管辖轮次")]
    waits_for: Annotated[str | None, Field(description="Transfer that is stopped before it yields. 待终止的输送")]
    steward: Annotated[str | None, Field(description="Province that home's ledger names. 责任省份")]


def home_side(found: home.Known, version: int) -> SideOut:
    plan = found.plan
    return SideOut(
        side="HOME",
        state=at_home(found),
        version=version,
        transfer=plan.way.transfer,
        worker=plan.way.worker,
        vacancy=plan.way.vacancy,
        home=plan.way.home,
        host=plan.way.host,
        agreement=plan.agreement,
        groups=list(plan.groups),
        skills=_skills(plan.skills),
        answer_until=plan.answer_until,
        dispatch_until=plan.dispatch_until,
    )


def host_side(found: host.Known, version: int) -> SideOut:
    way, offer = found.way, found.offer
    return SideOut(
        side="HOST",
        state=at_host(found),
        version=version,
        transfer=way.transfer,
        worker=way.worker,
        vacancy=way.vacancy,
        home=way.home,
        host=way.host,
        agreement=offer.agreement if offer else None,
        groups=list(offer.groups) if offer else [],
        skills=_skills(offer.skills) if offer else [],
        answer_until=offer.answer_until if offer else None,
        dispatch_until=None,
    )


def _skills(skills: tuple[Skill, ...]) -> list[SkillOut]:
    return [SkillOut(certificate=each.certificate, occupation=each.occupation, level=each.level) for each in skills]
