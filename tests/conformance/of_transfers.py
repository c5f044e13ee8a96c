"""Transfers: what each of their routes would accept, about workers who go from one county of the city to another."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tests.conformance.of_placement import OFFICER
from tests.conformance.offices import Service
from tests.conformance.preparing import EVIDENCE
from tests.conformance.routes import Request
from tests.e2e.province import today

GOING: Final = 8
"""Workers of a turn: one who is nominated, and one for each further route."""
_PATH: Final = "/v1/transfers/{transfer}"
_LEFT: Final[dict[str, Any]] = {"left_on": str(today())}
_ARRIVED: Final[dict[str, Any]] = {"arrived_on": str(today())}


class Transfers:
    """Of each turn: seven nominated workers, of whom some were accepted, are on the way, or have arrived."""

    def __init__(self, service: Service, agreement: str, vacancy: str, turns: Sequence[Sequence[str]]) -> None:
        self._service, self._agreement, self._vacancy = service, agreement, vacancy
        service.province.settle()
        self._turns = [(workers[0], [self._nominated(each) for each in workers[1:GOING]]) for workers in turns]
        service.province.settle()
        self._all("acceptance", None, first=3)
        self._all("dispatch", _LEFT, first=4)
        self._all("arrival", _ARRIVED, first=6)

    def _nominated(self, worker: str) -> str:
        return str(self._service.do("/v1/transfers", self._nomination(worker), **OFFICER)["transfer"])

    def _nomination(self, worker: str) -> dict[str, Any]:
        place = {"worker": worker, "vacancy": self._vacancy, "agreement": self._agreement}
        return {**place, "consented_on": str(today()), "consent": EVIDENCE}

    def _all(self, step: str, body: dict[str, Any] | None, *, first: int) -> None:
        """The step of all transfers from that number on; the other side hears of it."""
        for _, transfers in self._turns:
            for transfer in transfers[first:]:
                self._service.do(f"/v1/transfers/{transfer}/{step}", body, **OFFICER)
        self._service.province.settle()

    def places(self) -> dict[str, list[Any]]:
        return {"transfer": [transfers[0] for _, transfers in self._turns]}

    def requests(self, turn: int) -> Iterator[Request]:
        worker, (withdrawn, accepted, rejected, confirmed, arriving, missing, returning) = self._turns[turn]
        ask, back = self._service.asker(), {"reason": "OWN_WISH", "returned_on": str(today())}
        yield ask("/v1/transfers", self._nomination(worker))
        yield ask(f"{_PATH}/withdrawal", {"reason": "OWN_WISH"}, withdrawn)
        yield ask(f"{_PATH}/acceptance", None, accepted)
        yield ask(f"{_PATH}/rejection", {"reason": "NOT_SUITABLE"}, rejected)
        yield ask(f"{_PATH}/dispatch", _LEFT, confirmed)
        yield ask(f"{_PATH}/arrival", _ARRIVED, arriving)
        yield ask(f"{_PATH}/absence", None, missing, refused="worker_still_expected")
        yield ask(f"{_PATH}/return", back, returning)
