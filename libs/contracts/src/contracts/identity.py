"""Registry to registry: who is who, and the personal record on its way to a receiving province.

What is personal is sealed to a key of the receiver and readable by nobody between: base64 of an envelope whose first
byte is its version.
"""

from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.addressed import Addressed
from contracts.public_event import EntityId, ListCode, RegionDigits
from contracts.registry import Codes

Sealed: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=20_000)]
PublicKey: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$", description="X25519, 32 bytes, base64")]


class IdentityAskedV1(Addressed):
    """Who is this? Asked of the province that owns the number, before an id is issued. 查询人员标识"""

    type = "cn.labourbridge.registry.identity-asked.v1"
    ask: EntityId
    question: Annotated[Sealed, Field(description="Resident ID, sealed to the owning province's key")]


class IdentityAnsweredV1(Addressed):
    """The id of the person, made where the number belongs if it had none. 答复人员标识"""

    type = "cn.labourbridge.registry.identity-answered.v1"
    ask: EntityId
    worker: EntityId
    home: RegionDigits


class KeyOfferedV1(Addressed):
    """The receiver's registry has a key of one use, for this transfer or for whom it is responsible. 提供一次性公钥"""

    type = "cn.labourbridge.registry.key-offered.v1"
    transfer: EntityId
    worker: EntityId
    key: PublicKey
    epoch: Annotated[
        int | None,
        Field(ge=1, description="The receiver is responsible for the worker by this grant: no transfer is needed"),
    ] = None


class RecordSentV1(Addressed):
    """The personal record, sealed to the offered key; home has its disclosure receipt. 移交个人档案"""

    type = "cn.labourbridge.registry.record-sent.v1"
    transfer: EntityId
    worker: EntityId
    record: Sealed
    groups: Annotated[Codes | None, Field(description="That the worker belongs to now, as far as the sender knows")] = (
        None
    )


class RecordReceivedV1(Addressed):
    """The receiver keeps the record under a key of its own: the receipt of the disclosure. 收讫个人档案"""

    type = "cn.labourbridge.registry.record-received.v1"
    transfer: EntityId
    worker: EntityId


class ErasureOrderedV1(Addressed):
    """Home erased the worker: the receiver does too. 要求删除"""

    type = "cn.labourbridge.registry.erasure-ordered.v1"
    worker: EntityId


class ErasureDoneV1(Addressed):
    """The receiver's copy is gone, or kept for a legal term with its ground. 删除回执"""

    type = "cn.labourbridge.registry.erasure-done.v1"
    worker: EntityId
    kept_for: ListCode | None = None
