"""What home knows of a worker's jobs, as its placement says it."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from claim_facts import COUNTY, Life, said
from contracts.employment import JobEndNotedV1, JobMonthNotedV1, JobNotedV1
from eventcore.ids import same_id
from published import Published

SHENZHEN = "440306"
GUIYANG = "520102"
BIJIE = "520502"
FACTORY = "91440300MA5EXAMP0X"


@dataclass(frozen=True, kw_only=True)
class Career:
    """Facts about jobs of one worker, in the order in which home learns them."""

    life: Life
    _versions: Any = field(default_factory=lambda: count(1))

    @property
    def claim_id(self) -> str:
        return self.claim(2026)

    def claim(self, year: int) -> str:
        return same_id("CROSS_PROVINCE_TRAVEL", self.life.worker, str(year))

    def begun(self, name: str, day: date, region: str = SHENZHEN) -> Published:
        return self._say(JobNotedV1(**self._job(name, region), started_on=day))

    def month(self, name: str, month: str, days: int = 22, wage: int = 600_000, **but: Any) -> Published:
        told: dict[str, Any] = {"month": month, "days": days, "wage": wage, "insured": but.get("insured", True)}
        region: str = but.get("region", SHENZHEN)
        return self._say(JobMonthNotedV1(**self._job(name, region), **told))

    def ended(self, name: str, day: date, region: str = SHENZHEN) -> Published:
        return self._say(JobEndNotedV1(**self._job(name, region), ended_on=day, reason="OTHER"))

    def _job(self, name: str, region: str) -> dict[str, Any]:
        return {
            "employment": same_id("employment", self.life.name, name),
            "worker": self.life.worker,
            "home": COUNTY,
            "told_by": f"{region[:2]}0000",
            "employer": FACTORY,
            "region": region,
            "occupation": self.life.occupation,
            "self_found": False,
        }

    def _say(self, event: JobNotedV1 | JobMonthNotedV1 | JobEndNotedV1) -> Published:
        return said(event, f"career-{self.life.worker}", next(self._versions), 1)
