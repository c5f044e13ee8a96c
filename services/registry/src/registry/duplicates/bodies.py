"""Bodies of the routes about duplicates."""

from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from contracts.duplicates import DuplicateReasonCode, LinkConflictOutcomeCode
from eventcore.web import Body, Text, example
from pydantic import Field

Evidence: TypeAlias = Annotated[
    tuple[Annotated[str, Text(100)], ...],
    Field(max_length=10, description="Numbers of documents, ids of surveys. Nothing personal. 依据编号，不含个人信息"),
]


class DecisionIn(Body):
    """Whether two workers are one person. The worker of the path stays, the other is linked to it. 重复判定。"""

    model_config = example(
        {
            "other": "0190a1b2-0000-7000-8000-000000000009",
            "verdict": "SAME",
            "reason": "NUMBER_CORRECTED",
            "evidence": ["公函〔2026〕12号"],
        }
    )

    other: UUID
    verdict: Literal["SAME", "DIFFERENT"]
    reason: DuplicateReasonCode
    evidence: Evidence = ()


class SettlementIn(Body):
    """What became of the conflict. 冲突处理结果。"""

    model_config = example({"outcome": "CORRECTED", "evidence": ["威人社函〔2026〕19号"]})

    outcome: LinkConflictOutcomeCode
    evidence: Evidence = ()
