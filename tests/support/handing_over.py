"""A worker of one province gets a job in another, which becomes responsible: what the services around say of it."""

from datetime import date
from typing import Any

from contracts.employment import EmploymentEndedV1, EmploymentStartedV1
from contracts.stewardship import StewardshipYieldedV1
from two_registries import HOME, Registry, correspond

JOB: dict[str, Any] = {
    "employment": "job-1",
    "home": "520526",
    "employer": "91440300708461136T",
    "region": "440306",
    "occupation": "2022/6-18-02-04",
    "form": "ENTERPRISE",
    "self_found": True,
    "to": (HOME,),
}


async def starts(host: Registry, worker: str) -> None:
    """A job begins, as the host's placement says."""
    started = EmploymentStartedV1(worker=worker, started_on=date(2026, 4, 1), organisation="440306-hrss", **JOB)
    await host.hear(started, "employment-job-1")


async def ends(host: Registry, worker: str) -> None:
    ended = EmploymentEndedV1(worker=worker, ended_on=date(2026, 9, 1), reason="OWN_WISH", **JOB)
    await host.hear(ended, "employment-job-1", version=2)


async def yields(registry: Registry, worker: str, epoch: int) -> None:
    """The placement of the province stops acting."""
    told = StewardshipYieldedV1(worker=worker, epoch=epoch)
    await registry.hear(told, f"permission-{worker}", version=epoch)


async def erased(registries: Any, worker: str, headers: Any) -> None:
    """By home, as the person asked; the other province has heard of it."""
    by = headers("zhou", office="privacy-officer")
    path, ground = f"/v1/workers/{worker}/erasure", {"ground": "PERSON_REQUEST"}
    answer = await registries.home.client.post(path, json=ground, headers=by)
    assert answer.status_code == 201, answer.text
    await correspond(registries.home, registries.host)


async def steward(registry: Registry, worker: str, headers: Any, region: str) -> Any:
    answer = await registry.client.get(f"/v1/stewardship/{worker}", headers=headers("chen", region=region))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def handed_over(registries: Any, worker: str) -> None:
    """To the host, because of a job there."""
    await starts(registries.host, worker)
    await correspond(registries.home, registries.host)
    await yields(registries.home, worker, 1)
    await correspond(registries.home, registries.host)
