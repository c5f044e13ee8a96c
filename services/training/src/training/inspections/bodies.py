"""Bodies of the routes of spot checks."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.public_event import EntityId, EventId
from contracts.region import RegionCode
from contracts.training_codes import FindingKindCode, FindingOutcomeCode, InspectedStepCode, VerdictCode
from eventcore.web import Body, Text
from pydantic import Field

Number = Annotated[int, Field(ge=1, le=10_000)]


class CommitteeIn(Body):
    """The committee of a region, its members by the subjects of their tokens. 专家咨询委员会。"""

    region: RegionCode
    members: Annotated[tuple[EntityId, ...], Field(min_length=3, max_length=50)]
    evidence: Reference


class SampleIn(Body):
    """Which seats, how many of them, and the seed by which anybody can draw the sample again. 抽样。"""

    institution: CreditCodeText | None = None
    since: date
    until: date
    seed: Annotated[str, Text(100)]
    size: Annotated[int, Field(ge=1, le=500)]


class FindingIn(Body):
    """What does not hold of somebody in the sample, in which step, by which event of any service. 抽查发现的问题。"""

    sample: Number
    training_class: UUID
    worker: UUID
    step: InspectedStepCode
    kind: FindingKindCode
    fact: EventId | None = None
    evidence: Reference


class ResolutionIn(Body):
    """What came of a finding. 整改结果。"""

    finding: Number
    outcome: FindingOutcomeCode
    evidence: Reference


class EvaluationIn(Body):
    """The committee's verdict on a sample. 独立评估结论。"""

    sample: Number
    verdict: VerdictCode
    evidence: Reference
