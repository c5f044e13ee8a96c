"""Public events of who is responsible for a worker: the ledger of home, and what a holder says of its tenure.

Home grants epoch after epoch, to one province at a time. A province acts as steward while it holds an unreleased grant
of the newest epoch that it knows. The registry of a province tells its own services by the same events; a service that
acts answers with `StewardshipYieldedV1` before its registry may release.
"""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.addressed import Addressed
from contracts.public_event import EntityId, ListCode, PublicEvent

Epoch: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000_000, description="Rises by one with each grant")]
Province: TypeAlias = Annotated[str, Field(pattern=r"^[1-9][0-9]0000$", description="Code of a province")]


class Stewardship(Addressed):
    """The worker, and the province whose ledger decides."""

    worker: EntityId
    home: Province
    organisation: EntityId


class StewardshipGrantedV1(Stewardship):
    """Home: from this epoch on that province acts for the worker. 授予管辖"""

    type = "cn.labourbridge.registry.stewardship-granted.v1"
    epoch: Epoch
    region: Province
    ground: ListCode


class StewardshipRequestedV1(Stewardship):
    """A province asks home: the worker has a job there, found alone or by a transfer. 请求管辖"""

    type = "cn.labourbridge.registry.stewardship-requested.v1"
    region: Province
    ground: ListCode
    employment: EntityId | None = None


class StewardshipRecalledV1(Stewardship):
    """Home asks the holder to give it back. 请求交还"""

    type = "cn.labourbridge.registry.stewardship-recalled.v1"
    epoch: Epoch
    ground: ListCode


class StewardshipRefusedV1(Stewardship):
    """The holder does not give it back, or home does not give it: with the reason; a person looks at it. 拒绝交还"""

    type = "cn.labourbridge.registry.stewardship-refused.v1"
    epoch: Epoch
    region: Annotated[Province, Field(description="Who refuses")]
    reason: ListCode


class StewardshipHeldV1(Stewardship):
    """The holder's registry has the grant: its services may begin to act. 取得管辖"""

    type = "cn.labourbridge.registry.stewardship-held.v1"
    epoch: Epoch


class StewardshipEndingV1(Stewardship):
    """The holder is about to release: its services stop acting, and say so. 管辖将止"""

    type = "cn.labourbridge.registry.stewardship-ending.v1"
    epoch: Epoch


class StewardshipReleasedV1(Stewardship):
    """Nobody in the holder's province acts any more. 解除管辖"""

    type = "cn.labourbridge.registry.stewardship-released.v1"
    epoch: Epoch
    ground: ListCode


class StewardshipTakenBackV1(Stewardship):
    """Home ends an epoch without a release, by a supervising office's order, after the holder's key was revoked: what
    the holder does later is void. 依令收回"""

    type = "cn.labourbridge.registry.stewardship-taken-back.v1"
    epoch: Epoch
    order: Annotated[str, Field(max_length=150, description="Number of the order")]


class StewardshipDeathReportedV1(Stewardship):
    """The holder: the worker has died here; home records it. 死亡通报"""

    type = "cn.labourbridge.registry.stewardship-death-reported.v1"
    epoch: Epoch
    died_on: date
    evidence: Annotated[str, Field(max_length=150, description="Number of the document")]


class StewardshipDeathWithdrawnV1(Stewardship):
    """The worker lives: who reported the death takes it back, or home tells who did. 撤销死亡通报"""

    type = "cn.labourbridge.registry.stewardship-death-withdrawn.v1"
    epoch: Annotated[Epoch, Field(description="In which the death was reported")]
    evidence: Annotated[str, Field(max_length=150, description="Number of the document")]


class ActingBegunV1(PublicEvent):
    """A service acts for the worker under this epoch. 开始履职"""

    type = "cn.labourbridge.placement.acting-begun.v1"
    worker: EntityId
    epoch: Epoch


class StewardshipYieldedV1(PublicEvent):
    """A service does not act for the worker any more under this epoch. 停止履职"""

    type = "cn.labourbridge.placement.stewardship-yielded.v1"
    worker: EntityId
    epoch: Epoch
