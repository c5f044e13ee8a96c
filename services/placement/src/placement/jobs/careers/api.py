"""Routes that show careers: a worker's jobs and meter, and how a county's workers stand."""

from datetime import date
from typing import Annotated
from uuid import UUID

from contracts.region import RegionCode
from eventcore.web import ApiRequest, Paged, router
from fastapi import Path, Query
from pydantic import BaseModel

from placement.jobs import months
from placement.jobs.careers.career import CAREER
from placement.jobs.careers.events import Job
from placement.jobs.careers.meter import Meter
from placement.jobs.careers.state import Career
from placement.jobs.careers.views.careers import CAREERS, CareerRow, CareerTable, workers_of


class JobOut(BaseModel):
    """A job, as far as home knows it; `ended_on`: the first day without it. 就业经历。"""

    job: Job
    started_on: date | None
    ended_on: date | None
    reason: str | None


class MonthOut(BaseModel):
    """Days and wage (fen) of a month, over all jobs. 月度汇总。"""

    month: str
    days: int
    wage: int
    insured: bool


class YearOut(BaseModel):
    """Months that count of those that are needed, and the day on which the year gets or got out of reach. 年度计数。"""

    year: int
    counting: list[str]
    needed: int
    month_days: int
    hopeless_from: date | None
    source: str
    illustrative: bool


class CareerOut(BaseModel):
    """Jobs, months and the meter of stable employment (R-PLC-02, R-PLC-03, R-ADD-15). 就业经历与稳定就业计数。"""

    worker: str
    version: int
    home: str
    jobs: list[JobOut]
    months: list[MonthOut]
    years: list[YearOut]
    reached_years: list[int]
    reached_on: date | None
    alerted: list[int]


class CareerPage(BaseModel):
    """Workers, and the cursor of the next page where there may be one."""

    workers: list[CareerRow]
    next: str | None


careers = router()


@careers.get("/v1/workers/{worker}/career", tags=["careers"])
async def read_career(
    worker: Annotated[UUID, Path(description="Id of the worker. 劳动者编号。")], request: ApiRequest
) -> CareerOut:
    """A worker's jobs here and elsewhere, and what the meter of stable employment counts. 就业经历与稳定就业计数。"""
    career, version = await request.web.store.state(CAREER, str(worker))
    meter = career.meter
    if meter is None:
        raise request.not_there()
    request.require_region(career.home)
    return CareerOut(
        worker=career.worker,
        version=version,
        home=career.home,
        jobs=_jobs(career),
        months=_months(career, meter),
        years=_years(meter),
        reached_years=list(career.reached.run.years) if career.reached else [],
        reached_on=career.reached.run.reached_on if career.reached else None,
        alerted=sorted(career.alerts),
    )


def _jobs(career: Career) -> list[JobOut]:
    record = career.record
    jobs = {each.job.employment: each.job for each in record.said.values()}
    jobs |= {employment: each.job for employment, each in record.ended.items()}
    jobs |= {employment: each.job for employment, each in record.started.items()}
    found = []
    for employment, job in sorted(jobs.items()):
        started, ended = record.started.get(employment), record.ended.get(employment)
        found.append(
            JobOut(
                job=job,
                started_on=started.started_on if started else None,
                ended_on=ended.ended_on if ended else None,
                reason=ended.reason if ended else None,
            )
        )
    return found


def _months(career: Career, meter: Meter) -> list[MonthOut]:
    found, record = [], career.record
    for month, days in sorted(meter.days.items()):
        said = [each for (_, number), each in record.said.items() if number == month]
        wage, insured = sum(each.wage for each in said), any(each.insured for each in said)
        found.append(MonthOut(month=months.named(month), days=days, wage=wage, insured=insured))
    return found


def _years(meter: Meter) -> list[YearOut]:
    found = []
    for year in meter.known_years:
        definition = meter.definitions(year)
        found.append(
            YearOut(
                year=year,
                counting=[months.named(each) for each in meter.counting(year)],
                needed=definition.months,
                month_days=definition.month_days,
                hopeless_from=meter.hopeless_from(year),
                source=definition.source,
                illustrative=definition.illustrative,
            )
        )
    return found


@careers.get("/v1/careers", tags=["careers"])
async def list_careers(
    request: ApiRequest,
    page: Paged,
    region: Annotated[RegionCode, Query(description="Of home. 户籍所在行政区划。")],
    at_risk_in: Annotated[
        int | None,
        Query(
            ge=2000, le=2100, description="This year is out of reach; none: stable employment. 预警年度，不填为已稳定。"
        ),
    ] = None,
) -> CareerPage:
    """Whose employment is stable, or for whom a year cannot reach its months any more. 稳定就业名单或预警名单。"""
    request.require_region(region)
    rows, following = await page.rows(CAREERS, workers_of(region, at_risk_in), CareerTable.home, CareerTable.worker)
    return CareerPage(workers=rows, next=following)
