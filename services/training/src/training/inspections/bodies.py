"""Bodies of the routes of spot checks."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.documents import Reference
from contracts.public_event import EntityId, EventId
from contracts.region import RegionCode
from contracts.training_codes import FindingKindCode, FindingOutcomeCode, InspectedStepCode, VerdictCode
from eventcore.web import Body, Text, example
from pydantic import Field

Number = Annotated[int, Field(ge=1, le=10_000)]


class CommitteeIn(Body):
    """The committee of a region, its members by the subjects of their tokens. 专家咨询委员会。"""

    model_config = example(
        {"region": "520500", "members": ["expert-1", "expert-2", "expert-3"], "evidence": "毕人社函〔2026〕40号"}
    )

    region: RegionCode
    members: Annotated[tuple[EntityId, ...], Field(min_length=3, max_length=50)]
    evidence: Reference


class SampleIn(Body):
    """Which seats, how many of them, and the seed by which anybody can draw the sample again. 抽样。"""

    model_config = example(
        {
            "institution": "12520000MA6DT1234P",
            "since": "2026-04-01",
            "until": "2026-06-30",
            "seed": "双色球 2026075 期",
            "size": 20,
        }
    )

    institution: CreditCodeText | None = None
    since: date
    until: date
    seed: Annotated[str, Text(100)]
    size: Annotated[int, Field(ge=1, le=500)]


class FindingIn(Body):
    """What does not hold of somebody in the sample, in which step, by which event of any service. 抽查发现的问题。"""

    model_config = example(
        {
            "sample": 1,
            "training_class": "0190a1b2-0000-7000-8000-0000000000c1",
            "worker": "0190a1b2-0000-7000-8000-000000000002",
            "step": "TRAINING",
            "kind": "HOURS_FALSE",
            "fact": "class-0190a1b2-0000-7000-8000-0000000000c1/12",
            "evidence": "核查记录〔2026〕3号",
        }
    )

    sample: Number
    training_class: UUID
    worker: UUID
    step: InspectedStepCode
    kind: FindingKindCode
    fact: EventId | None = None
    evidence: Reference


class ResolutionIn(Body):
    """What came of a finding. 整改结果。"""

    model_config = example({"finding": 1, "outcome": "CORRECTED", "evidence": "整改报告〔2026〕3号"})

    finding: Number
    outcome: FindingOutcomeCode
    evidence: Reference


class EvaluationIn(Body):
    """The committee's verdict on a sample. 独立评估结论。"""

    model_config = example({"sample": 1, "verdict": "DEFICIENT", "evidence": "评估报告〔2026〕1号"})

    sample: Number
    verdict: VerdictCode
    evidence: Reference
