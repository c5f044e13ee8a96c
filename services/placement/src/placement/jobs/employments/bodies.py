"""Bodies of the routes of jobs, and how one is shown."""

from datetime import date
from typing import Annotated, Final
from uuid import UUID

from contracts.credit_code import CreditCodeText
from contracts.employment import Month
from contracts.employment_codes import EmploymentEndReasonCode
from contracts.money import Fen
from contracts.occupation import OccupationText
from contracts.region import RegionCode
from contracts.survey import EmploymentFormCode
from eventcore.web import Body, example
from pydantic import BaseModel, Field, JsonValue

from placement.jobs.employments.events import MonthConfirmed, Terms
from placement.jobs.employments.state import Hired, Over, Working
from placement.jobs.employments.views.employments import EmploymentRow

_MONTH: Final[dict[str, JsonValue]] = {"month": "2026-07", "days": 22, "wage": 520000, "insured": True}
_OF_JOB: Final = {"employment": "0190a1b2-0000-7000-8000-0000000000e1", **_MONTH}


class ContractIn(Body):
    """When it was signed, and its last day; none: without a term. 劳动合同。"""

    model_config = example({"signed_on": "2026-07-01", "ends_on": "2029-07-01"})

    signed_on: date
    ends_on: date | None = None


class StartIn(Body):
    """The first day. 上岗。"""

    model_config = example({"started_on": "2026-07-02"})

    started_on: date


class EmploymentIn(Body):
    """A hiring: with a contract, or started without one. 录用登记。"""

    model_config = example(
        {
            "worker": "0190a1b2-0000-7000-8000-000000000001",
            "home": "520526",
            "employer": "91441900MA000001LU",
            "region": "441900",
            "occupation": "2022/6-29-01-04",
            "form": "ENTERPRISE",
            "transfer": "0190a1b2-0000-7000-8000-0000000000d1",
            "begins": {"signed_on": "2026-07-01", "ends_on": "2029-07-01"},
        }
    )

    worker: UUID
    home: Annotated[
        RegionCode | None, Field(description="County of home, where that is in another province. 户籍地（外省）。")
    ] = None
    employer: CreditCodeText
    region: Annotated[RegionCode, Field(description="County of the work. 工作地点。")]
    occupation: OccupationText
    form: EmploymentFormCode
    transfer: Annotated[UUID | None, Field(description="None: found alone (R-ADD-09). 输送编号，自主就业不填。")] = None
    begins: Annotated[
        ContractIn | StartIn, Field(description="With a contract, or with the first day. 签订合同或直接上岗。")
    ]


class MonthIn(Body):
    """What was worked and paid in a month; said again, the later counts. 月度在岗确认。"""

    model_config = example(_MONTH)

    month: Month
    days: Annotated[int, Field(ge=0, le=31)]
    wage: Annotated[Fen, Field(ge=0)]
    insured: bool


class MonthOfIn(MonthIn):
    """A month of one job. 一份就业的月度在岗确认。"""

    model_config = example(_OF_JOB)

    employment: UUID


class MonthBatchIn(Body):
    """Up to 500 months, each for itself. 批量月度确认，逐条处理。"""

    model_config = example({"months": [_OF_JOB]})

    months: Annotated[tuple[MonthOfIn, ...], Field(min_length=1, max_length=500)]


class EndIn(Body):
    """The first day without the job, and why. 离职。"""

    model_config = example({"ended_on": "2026-09-30", "reason": "RESIGNED"})

    ended_on: date
    reason: EmploymentEndReasonCode


class EmploymentAnswer(BaseModel):
    """What a command on a job answers. 就业编号与版本。"""

    employment: str
    version: int


class MonthOut(BaseModel):
    """A confirmed month, wage in fen. 月度在岗。"""

    month: str
    days: int
    wage: int
    insured: bool


class EmploymentOut(BaseModel):
    """A job with its months. 就业记录与月度在岗。"""

    version: int
    terms: Terms
    signed_on: date | None
    ends_on: date | None
    started_on: date | None
    ended_on: date | None
    reason: str | None
    months: list[MonthOut]


class EmploymentPage(BaseModel):
    """Jobs, and the cursor of the next page where there may be one."""

    employments: list[EmploymentRow]
    next: str | None


def shown(found: Hired | Working | Over, version: int) -> EmploymentOut:
    """As it is known now."""
    job = found.job if isinstance(found, Over) else found
    working, contract = job if isinstance(job, Working) else None, job.contract
    return EmploymentOut(
        version=version,
        terms=job.terms,
        signed_on=contract.signed_on if contract else None,
        ends_on=contract.ends_on if contract else None,
        started_on=working.started_on if working else None,
        ended_on=found.ended_on if isinstance(found, Over) else None,
        reason=found.reason if isinstance(found, Over) else None,
        months=[_month(each) for _, each in sorted(working.months.items())] if working else [],
    )


def _month(said: MonthConfirmed) -> MonthOut:
    return MonthOut(month=said.month, days=said.days, wage=said.wage, insured=said.insured)
