"""Waiting until services have done what follows from what they were told."""

import asyncio
import time
from typing import Final

from lb.demo.offices import Office
from lb.deployment import Deployment
from lb.problems import Problem

SECONDS: Final = 60.0


async def settled(deployment: Deployment, operator: Office, service: str) -> None:
    """Returns when every reader of the service is at the end of its log. Problem when the time is up."""
    until = time.monotonic() + SECONDS
    while late := await behind(deployment, operator, service):
        if time.monotonic() > until:
            raise Problem(f"After {SECONDS:.0f} s: {late[0]}.", do="See lb parked and the log of the service.")
        await asyncio.sleep(0.1)


async def behind(deployment: Deployment, operator: Office, *services: str) -> list[str]:
    """A line for every reader with work left: reports may agree while a policy stands still."""
    return [
        f"{service} {each['reader']}: {each['lag_events']} facts behind, {each['parked_streams']} streams parked"
        for service in services or [each.name for each in deployment.services]
        for each in (await operator.get(f"{deployment.address(service)}/v1/operations"))["readers"]
        if each["lag_events"] or each["parked_streams"]
    ]
