"""After a restore a province calls the roll: it waits until every other one has read what had been said before.

Each service has its own, because each reads its own letters.
"""

from typing import Annotated

from pydantic import Field

from contracts.addressed import Addressed
from contracts.public_event import EntityId


class Roll(Addressed):
    """Of one incarnation of the calling province's log."""

    incarnation: Annotated[EntityId, Field(description="Name of the restored log; the answer repeats it")]


class StewardsCalledV1(Roll):
    """The registry of a province was restored: who holds a worker of it is to have said so. 恢复后点名"""

    type = "cn.labourbridge.registry.stewards-called.v1"


class StewardsAnsweredV1(Roll):
    """What the caller had granted is read, and said to be held. 点名答复"""

    type = "cn.labourbridge.registry.stewards-answered.v1"


class HoldersCalledV1(Roll):
    """The subsidies of a province were restored: who holds a reservation of it is to have said so. 恢复后点名"""

    type = "cn.labourbridge.subsidy.holders-called.v1"


class HoldersAnsweredV1(Roll):
    """What the caller had granted is read, and said to be held. 点名答复"""

    type = "cn.labourbridge.subsidy.holders-answered.v1"
