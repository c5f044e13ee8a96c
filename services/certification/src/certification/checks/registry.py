"""The one question that certification asks the registry: does this worker's number end so?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import structlog
from eventcore.ids import new_id
from eventcore.web import Problem

SECONDS: Final = 5
PURPOSE: Final = "CERTIFICATE_VERIFICATION"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """`token`: the file with the token of this service's account, read each time, for it is renewed."""

    url: str
    token: Path | None

    async def knows(self, worker: str, last_four: str, reference: str) -> bool:
        """Whether the worker's resident ID number ends so. It is recorded there as a reading. Problem 429 where this
        worker was asked about too often, 503 where there is no answer."""
        try:
            answer = await self._ask(worker, last_four, reference)
            if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
                raise Problem("asked_too_often", headers={"Retry-After": answer.headers.get("Retry-After", "60")})
            return answer.raise_for_status().json()["matches"] is True
        except (httpx.HTTPError, OSError, ValueError, KeyError) as error:
            log.warning("registry.not_asked", error=type(error).__name__)
            raise Problem("registry_unavailable", headers={"Retry-After": "1"}) from None

    async def _ask(self, worker: str, last_four: str, reference: str) -> httpx.Response:
        if self.token is None:
            raise FileNotFoundError
        token = self.token.read_text("ascii").strip()
        async with httpx.AsyncClient(base_url=self.url, timeout=SECONDS) as client:
            return await client.post(
                f"/v1/workers/{worker}/number-checks",
                json={"last_four": last_four, "purpose": PURPOSE, "reference": reference},
                headers={"Authorization": f"Bearer {token}", "Idempotency-Key": new_id()},
            )
