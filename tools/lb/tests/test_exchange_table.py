"""What `lb exchange` shows of a pair."""

from typing import Any

from lb.commands.exchange import _row, _trouble


def pair(**changes: Any) -> dict[str, Any]:
    out = {"series": 7, "number": 5, "receipted_series": 7, "receipted": 5, "waiting_seconds": 0, "disputed": None}
    into = {"series": 3, "number": 2, "of_series": 3, "of": 1, "waits": None, "frozen": None}
    return {"region": "440000", "agrees": True, "out": out | changes, "in": into}


def test_a_pair_at_rest_has_nothing_to_say() -> None:
    assert _row(pair()) == ("440000", "7/5", "5", "", "3/2", "2", "yes", "")


def test_what_was_receipted_in_an_older_series_is_nothing_of_this_one() -> None:
    row = _row(pair(receipted_series=6, waiting_seconds=130))
    assert (row[2], row[3]) == ("0", "2 min")


def test_every_trouble_is_named() -> None:
    troubled = pair(disputed="receipt_of_another_chain")
    troubled["in"] |= {"frozen": "another_chain", "waits": "number_missing"}
    assert _trouble(troubled) == (
        "frozen: another_chain; waits: number_missing; receipt disputed: receipt_of_another_chain"
    )
