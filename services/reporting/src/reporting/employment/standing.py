"""Whether a person has work, as far as it is known, and how old that knowledge is (R-STA-20). Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reporting.employment.view import WorkRow


class Standing(BaseModel):
    """Work of a person, and the age of the newest word of it. 就业状况。"""

    model_config = ConfigDict(frozen=True)

    status: Literal["EMPLOYED", "UNEMPLOYED", "UNKNOWN"]
    since: date | None = Field(description="Start of the job, or end of the last, or registration. 起始日。")
    employment: str | None = Field(description="The job. 就业记录。")
    place: str | None = Field(description="County of the work, or of the registration. 就业地或登记地。")
    told_on: date | None = Field(description="Day of the newest word of it. 最近信息日期。")
    age_days: int | None = Field(description="How old that is today. 信息距今天数。")


_UNKNOWN = Standing(status="UNKNOWN", since=None, employment=None, place=None, told_on=None, age_days=None)


def standing(rows: Sequence[WorkRow], today: date) -> Standing:
    """What these rows say by that day, in whatever order. Home's word comes before that of the place of the work."""
    said = [row for row in rows if row.day <= today]
    said = [row for row in said if row.told_by == "HOME"] or said
    if not said:
        return _UNKNOWN
    ended = {row.employment for row in said if row.said == "ENDED"}
    open_jobs = [row for row in said if row.said == "STARTED" and row.employment not in ended]
    newest = max(open_jobs or [row for row in said if row.said != "MONTH"] or said, key=_age)
    told_on = max(row.day for row in said)
    return Standing(
        status="EMPLOYED" if open_jobs else "UNEMPLOYED",
        since=newest.day,
        employment=newest.employment,
        place=newest.place,
        told_on=told_on,
        age_days=(today - told_on).days,
    )


def _age(row: WorkRow) -> tuple[date, str]:
    return row.day, row.event
