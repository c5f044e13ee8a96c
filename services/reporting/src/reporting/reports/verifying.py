"""Whether a report that somebody holds is this province's: its published keys, and what a signature says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from eventcore.web import ApiRequest, router
from eventcore.web.waiting import WaitFor, WaitSeconds
from fastapi import APIRouter, Query
from pydantic import Field

from reporting.asking import until_views
from reporting.reports import queries
from reporting.reports.bodies import Shown, versions
from reporting.reports.signing import NotGenuine, Signed, Signer
from reporting.reports.views.reports import REPORTS


class VerificationOut(Shown):
    """What a signature is good for. 签名核验结果。"""

    genuine: bool = Field(description="Signed by this province's reports. 是否为本省报表签名。")
    report: str | None = Field(description="报表编号。")
    as_of: date | None = Field(description="Up to which day it tells. 统计截止日。")
    known_at: int | None = Field(description="Position up to which facts were known. 已知截至位置。")
    digest: str | None = Field(description="SHA-256 that the numbers must give. 摘要。")
    key: str | None = Field(description="Id of the key. 密钥标识。")
    restatement: int | None = Field(description="Which version of the report it signs; 0: as frozen. 报表版本。")
    newest: bool = Field(description="False: the report was restated since. 是否为最新版本。")


@dataclass(frozen=True, slots=True)
class Verifying:
    """The routes, with the keys."""

    signer: Signer

    async def keys(self) -> Mapping[str, Any]:
        """The public keys that reports are signed with, as a JSON Web Key Set (RFC 7517): whoever has a signature and
        these can verify it without asking again. 报表签名公钥。"""
        return self.signer.published()

    async def verify(
        self,
        request: ApiRequest,
        signature: Annotated[str, Query(max_length=2000, description="JWS as the report has it. 报表签名。")],
        wait_for: WaitFor = None,
        wait_seconds: WaitSeconds = 5,
    ) -> VerificationOut:
        """Whether a signature is of this province's reports, of which version, and whether that is the newest
        (R-STA-24). 核验报表签名：是否真实、对应版本、是否最新。"""
        pool = request.web.store.pool
        await until_views(pool, (REPORTS,), wait_for, wait_seconds)
        try:
            signed, key = self.signer.verified(signature)
        except NotGenuine:
            return _NOTHING
        row = (await queries.named(pool, [signed.report])).get(signed.report)
        digests = [version.digest for version in versions(row)] if row else []
        return _told(signed, key, digests)


_NOTHING = VerificationOut(
    genuine=False, report=None, as_of=None, known_at=None, digest=None, key=None, restatement=None, newest=False
)


def _told(signed: Signed, key: str, digests: list[str]) -> VerificationOut:
    """No restatement where the log was restored to before the report was frozen: it is genuine all the same."""
    found = digests.index(signed.digest) if signed.digest in digests else None
    return VerificationOut(
        genuine=True,
        report=signed.report,
        as_of=signed.as_of,
        known_at=signed.known_at,
        digest=signed.digest,
        key=key,
        restatement=found,
        newest=found is not None and found == len(digests) - 1,
    )


def routes(signer: Signer) -> APIRouter:
    """What anybody who holds a report may ask."""
    handlers, found = Verifying(signer), router()
    found.add_api_route("/v1/report-keys", handlers.keys, methods=["GET"], tags=["reports"])
    found.add_api_route("/v1/report-verifications", handlers.verify, methods=["GET"], tags=["reports"])
    return found
