"""Bodies of the routes that change enrolments."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from contracts.documents import Reference
from contracts.training_codes import LeavingClassReasonCode
from eventcore.web import Body, example
from pydantic import Field, JsonValue

MOST: Final = 500
_CHOICE: Final[dict[str, JsonValue]] = {
    "worker": "0190a1b2-0000-7000-8000-000000000001",
    "training_class": "0190a1b2-0000-7000-8000-0000000000c1",
    "options": ["0190a1b2-0000-7000-8000-0000000000c1", "0190a1b2-0000-7000-8000-0000000000c2"],
    "chosen_on": "2026-03-20",
    "evidence": "选择登记表〔2026〕17号",
}


class ChoiceIn(Body):
    """What a worker chose among the classes that were shown (R-REG-07). 自主选择记录。"""

    model_config = example(_CHOICE)

    worker: UUID
    training_class: UUID
    options: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=20)]
    chosen_on: date
    evidence: Reference


class ChoiceBatchIn(Body):
    """Up to 500 choices, each for itself. 批量登记选择，逐条处理。"""

    model_config = example({"choices": [_CHOICE]})

    choices: Annotated[tuple[ChoiceIn, ...], Field(min_length=1, max_length=MOST)]


class EnrolmentIn(Body):
    """Who gets a seat. 录取。"""

    model_config = example({"worker": "0190a1b2-0000-7000-8000-000000000001"})

    worker: UUID


class ClassWithdrawalIn(Body):
    """Who left the class, when and why. 退学。"""

    model_config = example(
        {"worker": "0190a1b2-0000-7000-8000-000000000003", "withdrawn_on": "2026-04-08", "reason": "ILLNESS"}
    )

    worker: UUID
    withdrawn_on: date
    reason: LeavingClassReasonCode
