"""What the offices of a county do through the registry's API, in a few words."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx
from made_up_numbers import number

Headers = Callable[..., dict[str, str]]
Survey = Callable[..., dict[str, Any]]
CatchUp = Callable[[], Awaitable[None]]
UNEMPLOYED: Final = {"status": "UNEMPLOYED", "wishes": ["VOCATIONAL_TRAINING"]}


def since(group: str, first: str, last: str | None = None) -> dict[str, Any]:
    return {"group": group, "valid_from": first, **({"valid_to": last} if last else {})}


class Office:
    """What the offices of a county do, in a few words."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers, survey: Survey, catch_up: CatchUp) -> None:
        self.client = client
        self.headers = headers
        self.survey = survey
        self.catch_up = catch_up
        self.people = 0

    async def post(self, path: str, body: Any = None, *, office: str = "registrar", **who: Any) -> httpx.Response:
        headers = self.headers(who.pop("subject", "zhao"), office=office, **{"region": "520500", **who})
        return await self.client.post(path, json=body, headers=headers)

    async def get(self, path: str, *, office: str = "registrar", **who: Any) -> Any:
        headers = self.headers("zhao", office=office, **{"region": "520500", **who})
        answer = await self.client.get(path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def surveyed(
        self, *groups: dict[str, Any], n: int | None = None, seen: bool = True, **changes: Any
    ) -> dict[str, Any]:
        """An approved survey, of a new worker where `n` does not name an earlier one. `seen`: what follows has been."""
        self.people += n is None
        whose = {"number": number("19900307", n or self.people), "groups": list(groups)}
        body = self.survey(**{**whose, **changes})
        made = await self.client.post("/v1/surveys", json=body, headers=self.headers(region="520000"))
        assert made.status_code == 201, made.text
        path = f"/v1/surveys/{made.json()['survey']}/approval"
        approved = await self.client.post(path, headers=self.headers("chen", region="520000"))
        assert approved.status_code == 201, approved.text
        if seen:
            await self.catch_up()
        found: dict[str, Any] = made.json()
        return found

    async def in_group(self, group: str, on: str, **more: str) -> list[str]:
        query = {"region": "520500", "group": group, "on": on, **more}
        page = await self.get("/v1/workers?" + "&".join(f"{name}={value}" for name, value in query.items()))
        return [each["worker"] for each in page["workers"]]


async def designated(office: Office, *groups: dict[str, Any], plan: str = "520000-2026") -> str:
    worker: str = (await office.surveyed(*groups, employment=UNEMPLOYED))["worker"]
    path = f"/v1/workers/{worker}"
    assert (await office.post(f"{path}/eligibility", {"able_to_work": True})).status_code == 201
    done = await office.post(f"{path}/designation", {"plan": plan, "evidence": "黔人社训〔2026〕3号"})
    assert done.status_code == 201, done.text
    return worker
