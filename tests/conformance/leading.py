"""What leads somewhere: ids that are known, values that the rules accept; chance alone would find none of them."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from tests.conformance.preparing import CITY, PROVINCE
from tests.conformance.routes import Request

_MONEY: Final = ("funds", "ledger", "payment-batches", "payment-orders", "payees", "bank-files", "reconciliations")
_PROVINCIAL: Final = ("/v1/comparisons", "/v1/match-runs", "/snapshots", *(f"/v1/{word}" for word in _MONEY))
"""Parts of the paths of reads that only the province's own office may do."""
Values = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """`common`: place of a parameter -> values, for every operation; `own`: by label, instead of the common ones.
    `requests`: by label, what would be accepted."""

    requests: Mapping[str, Request]
    common: Values
    own: Mapping[str, Values]

    def dictionaries(self) -> dict[str, Any]:
        """All lists of values, by the names that `parameters` gives them."""
        found = {_named("", place): values for place, values in self.common.items()}
        found |= {_named(label, place): values for label, own in self.own.items() for place, values in own.items()}
        return {name: {"values": values} for name, values in found.items()}

    def parameters(self, label: str) -> dict[str, Any]:
        """Which list an operation's parameters are taken from, every second time."""
        own = self.own.get(label, {})
        places = {place: _named("", place) for place in self.common} | {place: _named(label, place) for place in own}
        return {place: {"dictionary": name, "probability": 0.5} for place, name in places.items()}

    def region(self, label: str) -> str:
        """Of an office that may read this."""
        return PROVINCE if any(part in label for part in _PROVINCIAL) else CITY


def _named(label: str, place: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in f"{label}-{place}").strip("-").lower()


def with_examples(document: dict[str, Any], requests: Mapping[str, Request]) -> dict[str, Any]:
    """The document with examples that lead somewhere. A key and a version are nobody's example: each request has its
    own."""
    found = deepcopy(document)
    for parameter in found["components"]["parameters"].values():
        parameter.pop("example", None)
    for label, request in requests.items():
        method, path = label.lower().split(" ")[0], label.split(" ")[1]
        operation = found["paths"].get(path, {}).get(method)
        if operation is not None:
            _exemplify(operation, request)
    return found


def _exemplify(operation: dict[str, Any], request: Request) -> None:
    for parameter in operation.get("parameters", []):
        if parameter.get("in") == "path":
            parameter["example"] = request.places[parameter["name"]]
    if request.body is not None:
        operation["requestBody"]["content"]["application/json"]["example"] = request.body
