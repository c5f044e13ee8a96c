"""Whom to pay, and where: asked of the registry's vault at the moment the file is written. Nothing of it is kept."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import httpx
import msgspec
import structlog
from eventcore.database import Unavailable

MOST: Final = 500
_SECONDS: Final = 30.0

log = structlog.get_logger()


class Whom(msgspec.Struct, frozen=True):
    """Personal data, if it is a worker: goes into the file and nowhere else."""

    name: str
    account: str
    bank: str


class _Payee(msgspec.Struct, frozen=True):
    worker: str
    name: str | None = None
    account: str | None = None
    bank: str | None = None
    holder_name: str | None = None
    reason: str | None = None


class _Payees(msgspec.Struct, frozen=True):
    payees: list[_Payee]


class Registry:
    """The registry's route for payers. `token` is the file with the service's token, read each time."""

    def __init__(self, url: str, token: Path, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = url
        self._token = token
        self._transport = transport

    async def whom(self, file: str, workers: Sequence[str]) -> Mapping[str, Whom | str]:
        """Each worker, with where to pay or the reason why not. Unavailable where the registry does not answer."""
        found: dict[str, Whom | str] = {}
        async with httpx.AsyncClient(base_url=self._url, transport=self._transport, timeout=_SECONDS) as client:
            for at in range(0, len(workers), MOST):
                for payee in await self._ask(client, file, workers[at : at + MOST]):
                    found[payee.worker] = _whom(payee)
        return found

    async def _ask(self, client: httpx.AsyncClient, file: str, workers: Sequence[str]) -> list[_Payee]:
        body = {"purpose": "SUBSIDY_PAYMENT", "reference": file, "workers": list(workers)}
        key = hashlib.sha256("\n".join((file, *workers)).encode()).hexdigest()
        headers = {"Authorization": f"Bearer {self._token.read_text('ascii').strip()}", "Idempotency-Key": key}
        try:
            response = await client.post("/v1/payee-disclosures", json=body, headers=headers)
        except httpx.TransportError as error:
            raise Unavailable from error
        if response.status_code != 200:
            log.error("payees.not_disclosed", status=response.status_code, file=file)
            raise Unavailable
        return msgspec.json.decode(response.content, type=_Payees).payees


def _whom(payee: _Payee) -> Whom | str:
    name = payee.holder_name or payee.name
    if not (name and payee.account and payee.bank):
        return (payee.reason or "no_account").upper()
    return Whom(name, payee.account, payee.bank)
