"""The offices of the demonstration: each has a token of its own and talks to the services as anybody would."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import httpx

from lb.access import scopes_of
from lb.deployment import Deployment
from lb.problems import Problem
from lb.tokens import Bearer, sign_token

BATCH: Final = 100
PATIENCE: Final = 30.0
TRIES: Final = 20


class Office:
    """One office of one region, with its token."""

    def __init__(self, deployment: Deployment, client: httpx.AsyncClient, office: str, region: str) -> None:
        self.name = f"{office}-{region}"
        table = deployment.project.root / "docs" / "access.csv"
        bearer = Bearer(
            office=office,
            region=region,
            scopes=tuple(scopes_of(table, office)),
            subject=f"{self.name}-li",
            client=self.name,
            organisation=f"office-{region}",
        )
        self.headers: Final = {"Authorization": f"Bearer {sign_token(deployment, bearer)}"}
        self._client = client

    async def post(self, url: str, key: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """Sends until there is an answer, always under the same key: asking twice does nothing twice."""
        headers = {**self.headers, "Idempotency-Key": key}
        for attempt in range(TRIES):
            try:
                answer = await self._client.post(url, json=body, headers=headers, timeout=PATIENCE)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer
            await asyncio.sleep(min(0.1 * 2**attempt, 2))
        raise Problem(f"{url} does not answer.", do="Look at the log of the service: lb status names it.")

    async def get(self, url: str, **parameters: str | int | float) -> Any:
        """The answer's JSON. Problem where it is none of success."""
        answer = await self._client.get(url, params=parameters, headers=self.headers, timeout=PATIENCE)
        if answer.status_code != httpx.codes.OK:
            raise Problem(f"{url} answers {answer.status_code}: {answer.text[:200]}", do="Look at the service's log.")
        return answer.json()

    async def review(self, url: str, decisions: Sequence[tuple[str, bool]], key: str) -> None:
        """Approves or rejects a batch of surveys. Problem where one is not taken."""
        reviews = [
            {"survey": survey, "decision": "approve"}
            if approve
            else {"survey": survey, "decision": "reject", "reason": "NO_EVIDENCE"}
            for survey, approve in decisions
        ]
        answer = await self.post(url, key, {"reviews": reviews})
        for result in _results(answer, len(reviews)):
            if result["status"] not in (200, 201):
                raise Problem(f"a review was not taken: {result['answer']}", do="Report this.")


def _results(answer: httpx.Response, count: int) -> list[dict[str, Any]]:
    if answer.status_code != httpx.codes.OK:
        raise Problem(f"the registry answers {answer.status_code}: {answer.text[:300]}", do="Report this.")
    results: list[dict[str, Any]] = answer.json()["results"]
    if len(results) != count:
        raise Problem(f"{count} were sent and {len(results)} answered.", do="Report this.")
    return results
