"""Routes for anybody who is shown a certificate. They tell nothing of the holder."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from contracts.days import Day
from eventcore.clock import legal_day
from eventcore.ids import same_id
from eventcore.store import Store
from eventcore.web import ApiRequest, Body, CommandRequest, Problem, example, router
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field, StringConstraints

from certification.bodies.body import BODY
from certification.bodies.state import Registered
from certification.certificates.bodies import MarkOut, marked
from certification.certificates.certificate import CERTIFICATE, NUMBER, Issued, Unknown
from certification.certificates.status import Status
from certification.checks.misses import Misses
from certification.checks.registry import Registry

UNKNOWN = "UNKNOWN"
Number = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,40}$", to_upper=True)]
On = Annotated[Day | None, Query(description="As of this day; today. 截至日期，默认今天。")]


class HoldsOut(BaseModel):
    """Whether a certificate holds on a day, and what kind it is; nothing of its holder. 证书是否有效。"""

    on: date
    holds: bool
    status: Annotated[str, Field(description="HOLDS, SUSPENDED, EXPIRED, REVOKED, NOT_YET_ISSUED, UNKNOWN")]
    kind: str | None
    revoked_on: Annotated[date | None, Field(description="Also where it held on the day asked for. 撤销日期")]


class CheckIn(Body):
    """The number, and the last four characters of the holder's resident ID number. 证书编号与证件号码后四位。"""

    model_config = example({"number": "S001252000001265000123", "last_four": "0023"})

    number: Number
    last_four: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}[0-9Xx]$", to_upper=True)]


class CheckedOut(HoldsOut):
    """What the certificate says, to who knows its holder. 证书内容。"""

    occupation: str
    level: str
    issued_on: date
    valid_until: date | None
    body: str
    body_title: str
    marks: list[MarkOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The routes, with what they need."""

    misses: Misses
    registry: Registry

    async def holds(
        self,
        number: Annotated[Number, Path(description="Number of the certificate. 证书编号。")],
        request: ApiRequest,
        on: On = None,
    ) -> HoldsOut:
        """Whether a certificate holds, now or on a day (R-CRT-19). Ten misses a minute, then 429. 查验证书是否有效。"""
        async with self.misses.counted(request) as attempt:
            found = await by_number(request.web.store, number)
            attempt.hit = isinstance(found, Issued)
        return held(found, on or legal_day())

    async def check(self, body: CheckIn, request: CommandRequest) -> CheckedOut:
        """What a certificate says, to who knows the end of its holder's number. A number that nobody has and a wrong
        end are the same answer. 凭证件号码后四位查验证书内容；编号不存在与后四位不符，答复相同。
        """
        async with self.misses.counted(request) as attempt:
            found = await by_number(request.web.store, body.number)
            nobody = same_id("nobody", body.number)  # asked about all the same: the time tells nothing
            worker, reference = (nobody, nobody) if isinstance(found, Unknown) else _whose(found)
            try:
                matches = await self.registry.knows(worker, body.last_four, reference)
            except Problem:  # no answer is no miss
                attempt.hit = True
                raise
            if not (matches and isinstance(found, Issued)):
                raise Problem("certificate_not_confirmed")
            attempt.hit = True
        return await _whole(request.web.store, found)


def _whose(found: Issued) -> tuple[str, str]:
    return found.issue.worker, found.issue.certificate


async def by_number(store: Store, number: str) -> Issued | Unknown:
    """The certificate that has the number, as it is now. A number that nobody has takes as long. Unavailable."""
    holders = (await store.loader.load((), [(NUMBER, number)])).holders
    found, _ = await store.state(CERTIFICATE, holders.get((NUMBER, number)) or same_id("nobody", number))
    return found


def held(found: Issued | Unknown, day: date) -> HoldsOut:
    if isinstance(found, Unknown):
        return HoldsOut(on=day, holds=False, status=UNKNOWN, kind=None, revoked_on=None)
    status = found.status(day)
    revoked = next((each.day for each in found.marks if each.status is Status.REVOKED), None)
    return HoldsOut(on=day, holds=status is Status.HOLDS, status=status, kind=found.issue.kind, revoked_on=revoked)


async def _whole(store: Store, found: Issued) -> CheckedOut:
    issue = found.issue
    body, _ = await store.state(BODY, issue.body)
    return CheckedOut(
        **held(found, legal_day()).model_dump(),
        occupation=issue.occupation,
        level=issue.level,
        issued_on=issue.issued_on,
        valid_until=issue.valid_until,
        body=issue.body,
        body_title=body.title if isinstance(body, Registered) else "",
        marks=[marked(each) for each in found.marks],
    )


def routes(handlers: Routes) -> APIRouter:
    """What anybody may ask."""
    found = router()
    found.add_api_route("/v1/certificates/{number}", handlers.holds, methods=["GET"], tags=["verification"])
    found.add_api_route("/v1/certificate-checks", handlers.check, methods=["POST"], tags=["verification"])
    return found
