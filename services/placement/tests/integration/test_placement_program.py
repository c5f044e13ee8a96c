"""The service starts with its access table and answers, in two languages."""

import re
from collections.abc import Iterator

from eventcore import Rejected
from eventcore.web.problems import kinds
from served import Served

CHINESE = re.compile("[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[A-Za-z]+ [a-z]+")


async def test_it_answers_that_it_lives(placement: Served) -> None:
    assert (await placement.get("/livez")).status_code == 200


async def test_every_operation_says_what_it_does_in_both_languages(placement: Served) -> None:
    document = (await placement.get("/openapi.json")).json()
    said = {
        f"{method} {path}": operation.get("description", "")
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if path.startswith("/v1/")
    }
    assert len(said) > 25
    assert [label for label, text in said.items() if not (CHINESE.search(text) and SENTENCE.search(text))] == []


def test_every_refusal_of_placement_has_a_text_in_both_languages() -> None:
    codes = {each.code for each in refusals(Rejected) if each.__module__.startswith("placement.")}
    assert len(codes) > 20
    assert codes <= kinds.keys()
    assert all(kinds[code].zh and kinds[code].en and kinds[code].status == 409 for code in codes)


def refusals(kind: type[Rejected]) -> Iterator[type[Rejected]]:
    """All kinds of refusals that were imported."""
    for each in kind.__subclasses__():
        yield each
        yield from refusals(each)
