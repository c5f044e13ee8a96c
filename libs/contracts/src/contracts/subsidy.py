"""Public events of subsidies: what was claimed, decided and paid, in fen, by fund. Never an account or a name.

Every event says claim, kind, fund and county by itself, so that sums come out whatever is read first. The stream of
the event is the claim, the payment or the rule pack.
"""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.money import Fen, PositiveFen
from contracts.public_event import EntityId, EventId, ListCode, Part, PublicEvent, RegionDigits
from contracts.registry import Codes

PackRef: TypeAlias = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,99}@[1-9][0-9]{0,5}$", description="Rule pack and its version")
]


class Payee(Part):
    """Who gets the money: a worker by id, or an organisation by credit code."""

    kind: Literal["WORKER", "ORGANISATION"]
    id: EntityId


class OfClaim(PublicEvent):
    """The claim, with what it is counted by. `region` is the worker's county on the day of the fact it rests on."""

    claim: EntityId
    kind: ListCode
    worker: EntityId
    region: RegionDigits


class ClaimOpenedV1(OfClaim):
    """A fact opened the claim by itself (R-SUB-09, R-SUB-31). 补贴事项生成"""

    type = "cn.labourbridge.subsidy.claim-opened.v1"
    because: Annotated[str, Field(max_length=300, description="Public id of the fact that opened it")]
    training_class: EntityId | None = None
    certificate: EntityId | None = None
    opened_on: date
    year: Annotated[int | None, Field(ge=2000, le=2999, description="Of what is given by calendar years")] = None


class Decided(OfClaim):
    """An outcome with its rule, and the amount that the claim stands at by it."""

    outcome: Literal["APPROVED", "REFUSED"]
    reasons: Codes
    pack: PackRef
    fund: ListCode
    payee: Payee
    amount: Annotated[Fen, Field(ge=0, description="What is owed by this decision, 0 where it is refused")]
    decided_on: date


class ClaimDecidedV1(Decided):
    """The claim was decided by a published rule. 补贴核定"""

    type = "cn.labourbridge.subsidy.claim-decided.v1"


class ClaimAdjustedV1(Decided):
    """An earlier fact fell, and the claim was decided again: `amount` takes the place of what was owed before.
    补贴调整"""

    type = "cn.labourbridge.subsidy.claim-adjusted.v1"
    corrects: Annotated[EventId, Field(description="The decision that is no longer right")]
    cause: Annotated[str, Field(max_length=300, description="Public id of the fact that changed it")]
    difference: Annotated[Fen, Field(description="Above 0: paid out further; below: owed back")]


class OfPayment(PublicEvent):
    """A payment order of a claim. It has one id for life, whatever the bank answers."""

    payment: EntityId
    claim: EntityId
    kind: ListCode
    region: RegionDigits
    fund: ListCode
    payee: Payee
    amount: PositiveFen


class PaymentOrderedV1(OfPayment):
    """The order went to the bank in an approved batch. 提交银行"""

    type = "cn.labourbridge.subsidy.payment-ordered.v1"
    batch: EntityId
    ordered_on: date


class PaymentExecutedV1(OfPayment):
    """The bank paid. 支付成功"""

    type = "cn.labourbridge.subsidy.payment-executed.v1"
    executed_on: date


class PaymentFailedV1(OfPayment):
    """The bank did not pay, for good; the money is with the fund again. 支付失败"""

    type = "cn.labourbridge.subsidy.payment-failed.v1"
    reason: ListCode
    failed_on: date


class PaymentReturnedV1(OfPayment):
    """The money was paid and came back: `amount` of it, from the receiving bank or from who owed it. 资金退回"""

    type = "cn.labourbridge.subsidy.payment-returned.v1"
    reason: ListCode
    returned_on: date


class RulePackPublishedV1(PublicEvent):
    """A rule pack holds from a day on. Never changed, only followed by another version (R-SUB-30). 发布补贴规则"""

    type = "cn.labourbridge.subsidy.rule-pack-published.v1"
    pack: PackRef
    region: RegionDigits
    kind: ListCode
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The first day without it")] = None
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the pack's canonical text")]
    organisation: EntityId
