"""The offices of the demonstration: each has a token of its own and talks to the services as anybody would."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

import httpx

from lb.access import scopes_of
from lb.deployment import Deployment
from lb.problems import Problem
from lb.tokens import Bearer, sign_token

BATCH: Final = 100
PATIENCE: Final = 30.0
TRIES: Final = 20
AT_ONCE: Final = 16
T = TypeVar("T")
R = TypeVar("R")


class Office:
    """One office of one region, with its token. `person` acts; an institution's `organisation` is its credit code."""

    def __init__(
        self,
        deployment: Deployment,
        client: httpx.AsyncClient,
        office: str,
        region: str,
        *,
        person: str = "li",
        organisation: str = "",
    ) -> None:
        self.name = f"{office}-{region}"
        self.subject: Final = f"{self.name}-{person}"
        self.region: Final = region
        self.organisation: Final = organisation or f"office-{region}"
        table = deployment.project.root / "docs" / "access.csv"
        bearer = Bearer(
            office=office,
            region=region,
            scopes=tuple(scopes_of(table, office)),
            subject=self.subject,
            client=self.name,
            organisation=self.organisation,
        )
        self.headers: Final = {"Authorization": f"Bearer {sign_token(deployment, bearer)}"}
        self._client = client

    async def post(self, url: str, key: str, body: dict[str, Any] | None = None) -> httpx.Response:
        """What is answered to a command, always under the same key: asking twice does nothing twice."""
        headers = {**self.headers, "Idempotency-Key": key}
        return await _answered(url, lambda: self._client.post(url, json=body, headers=headers, timeout=PATIENCE))

    async def do(self, url: str, key: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What is answered to a command that is taken. Problem where it is not."""
        answer = await self.post(url, key, dict(body) if body is not None else None)
        if answer.status_code not in (httpx.codes.OK, httpx.codes.CREATED, httpx.codes.ACCEPTED):
            raise Problem(f"{url} answers {answer.status_code}: {answer.text[:400]}", do="Report this.")
        found: dict[str, Any] = answer.json()
        return found

    async def batch(self, url: str, key: str, body: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """What is answered to each item of a batch, all of which are taken. Problem where one is not."""
        results: list[dict[str, Any]] = (await self.do(url, key, body))["results"]
        if refused := [each for each in results if each["status"] not in (200, 201)]:
            raise Problem(f"{url}: {len(refused)} of {len(results)} refused: {refused[0]}", do="Report this.")
        return results

    async def get(self, url: str, **parameters: str | int | float) -> Any:
        """The answer's JSON. Problem where it is none of success."""
        return (await self.read(url, **parameters)).json()

    async def read(self, url: str, **parameters: str | int | float) -> httpx.Response:
        """The same, with what stands in its head."""
        answer = await self._asked(url, parameters)
        if answer.status_code != httpx.codes.OK:
            raise Problem(f"{url} answers {answer.status_code}: {answer.text[:200]}", do="Look at the service's log.")
        return answer

    async def until_there(self, url: str, seconds: float = 60, **parameters: str) -> Any:
        """The same, once it is there: what follows from a fact follows a little later. Problem when the time is up."""
        until = time.monotonic() + seconds
        while True:
            answer = await self._asked(url, parameters)
            if answer.status_code != httpx.codes.NOT_FOUND or time.monotonic() > until:
                return await self.get(url, **parameters)
            await asyncio.sleep(0.05)

    async def _asked(self, url: str, parameters: Mapping[str, str | int | float]) -> httpx.Response:
        get = self._client.get
        return await _answered(url, lambda: get(url, params=parameters, headers=self.headers, timeout=PATIENCE))

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


async def until(holds: Callable[[], Awaitable[bool]], what: str, seconds: float = 60) -> None:
    """Returns as soon as it holds. Problem when the time is up."""
    end = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > end:
            raise Problem(f"After {seconds:.0f} s it is not so that {what}.", do="Look at lb parked and lb exchange.")
        await asyncio.sleep(0.1)


def batched(items: Sequence[T], size: int) -> list[list[T]]:
    """In order, at most `size` at a time."""
    return [list(items[at : at + size]) for at in range(0, len(items), size)]


async def each_of(
    items: Iterable[T], act: Callable[[T], Awaitable[R]], advance: Callable[[], None] = lambda: None
) -> list[R]:
    """All of them, some at once; results in the order of the items."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(item: T) -> R:
        async with free:
            done = await act(item)
        advance()
        return done

    return list(await asyncio.gather(*map(one, items)))


async def _answered(url: str, ask: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Asks until there is an answer."""
    for attempt in range(TRIES):
        try:
            answer = await ask()
        except httpx.TransportError:
            answer = None
        if answer is not None and not _passing(answer):
            return answer
        await asyncio.sleep(min(0.1 * 2**attempt, 2))
    raise Problem(f"{url} does not answer.", do="Look at the log of the service: lb status names it.")


def _passing(answer: httpx.Response) -> bool:
    """Whether the service asks for the same request again: it is in trouble, or others changed the same meanwhile."""
    contended = answer.status_code == httpx.codes.CONFLICT and answer.json().get("code") == "contended"
    return contended or answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR


def _results(answer: httpx.Response, count: int) -> list[dict[str, Any]]:
    if answer.status_code != httpx.codes.OK:
        raise Problem(f"the registry answers {answer.status_code}: {answer.text[:300]}", do="Report this.")
    results: list[dict[str, Any]] = answer.json()["results"]
    if len(results) != count:
        raise Problem(f"{count} were sent and {len(results)} answered.", do="Report this.")
    return results
