"""Public events of jobs: contracts, months, ends, and what follows for the worker. Wages are in fen.

An employment is kept where the work is, and told to the home of the worker too (`to`). Home keeps a worker's career
over employers and provinces, from its own jobs and from what other provinces tell: `JobNotedV1` and the like, which is
what services and reports of home read, wherever the job is.
"""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import Field

from contracts.addressed import Addressed
from contracts.money import Fen
from contracts.placement import Employer
from contracts.public_event import EntityId, EventId, ListCode, OccupationDigits, PublicEvent, RegionDigits

Month: TypeAlias = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="Calendar month")]


class Employment(Addressed):
    """The job, with what it is counted by."""

    employment: EntityId
    worker: EntityId
    home: Annotated[RegionDigits, Field(description="County of the worker's household register")]
    employer: Employer
    region: Annotated[RegionDigits, Field(description="County of the work")]
    occupation: OccupationDigits
    form: ListCode
    self_found: Annotated[bool, Field(description="Nobody placed the worker (R-ADD-09)")]
    transfer: EntityId | None = None


class ContractSignedV1(Employment):
    """Worker and employer signed. 签订劳动合同"""

    type = "cn.labourbridge.placement.contract-signed.v1"
    signed_on: date
    ends_on: Annotated[date | None, Field(description="Last day of the term; none: without a term")] = None


class EmploymentStartedV1(Employment):
    """The worker started. For listed occupations the certificate was valid on the day (R-PLC-16). 上岗就业"""

    type = "cn.labourbridge.placement.employment-started.v1"
    started_on: date
    organisation: EntityId


class MonthConfirmedV1(Employment):
    """What was worked and paid in a month; said again, the later one counts (R-PLC-02, R-PLC-03). 月度在岗确认"""

    type = "cn.labourbridge.placement.month-confirmed.v1"
    month: Month
    days: Annotated[int, Field(ge=0, le=31, description="Days worked")]
    wage: Annotated[Fen, Field(ge=0)]
    insured: Annotated[bool, Field(description="Social insurance was paid")]


class EmploymentEndedV1(Employment):
    """The worker left the job. 离职"""

    type = "cn.labourbridge.placement.employment-ended.v1"
    ended_on: Annotated[date, Field(description="First day without it")]
    reason: ListCode
    responsible: Annotated[
        bool | None,
        Field(
            description="Whether this province was responsible for the worker then: it registers the loss (R-PLC-24)"
        ),
    ] = None


class UnemploymentRegisteredV1(Addressed):
    """A worker without a job was registered as such (R-PLC-24). 失业登记"""

    type = "cn.labourbridge.placement.unemployment-registered.v1"
    worker: EntityId
    region: RegionDigits
    registered_on: date
    organisation: EntityId


class Career(PublicEvent):
    """What home knows of a worker's job, wherever that is."""

    employment: EntityId
    worker: EntityId
    home: RegionDigits
    told_by: Annotated[RegionDigits, Field(description="Province that keeps the employment")]
    employer: Employer
    region: Annotated[RegionDigits, Field(description="County of the work")]
    occupation: OccupationDigits
    self_found: bool
    transfer: EntityId | None = None


class JobNotedV1(Career):
    """The worker has this job since that day. 就业记录"""

    type = "cn.labourbridge.placement.job-noted.v1"
    started_on: date


class JobMonthNotedV1(Career):
    """Days and wage of a month; said again, the later one counts. 月度就业记录"""

    type = "cn.labourbridge.placement.job-month-noted.v1"
    month: Month
    days: Annotated[int, Field(ge=0, le=31)]
    wage: Annotated[Fen, Field(ge=0)]
    insured: bool


class JobEndNotedV1(Career):
    """The worker has this job no more. 离职记录"""

    type = "cn.labourbridge.placement.job-end-noted.v1"
    ended_on: date
    reason: ListCode


class StableEmploymentReachedV1(PublicEvent):
    """Three years in a row with enough months in each, over employers and provinces (R-PLC-02). 稳定就业"""

    type = "cn.labourbridge.placement.stable-employment-reached.v1"
    worker: EntityId
    home: RegionDigits
    years: Annotated[tuple[int, ...], Field(min_length=1, max_length=10, description="Years that count")]
    reached_on: date


class StableEmploymentWithdrawnV1(PublicEvent):
    """A correction took away what was said: the years in a row, or that one is out of reach. 稳定就业更正"""

    type = "cn.labourbridge.placement.stable-employment-withdrawn.v1"
    worker: EntityId
    home: RegionDigits
    corrects: Annotated[EventId, Field(description="The StableEmploymentReached or StableEmploymentAtRisk")]


class StableEmploymentAtRiskV1(PublicEvent):
    """The year can no longer reach its months. 稳定就业预警"""

    type = "cn.labourbridge.placement.stable-employment-at-risk.v1"
    worker: EntityId
    home: RegionDigits
    year: int
    months: Annotated[int, Field(ge=0, le=12, description="Months that count so far")]
    alerted_on: date
