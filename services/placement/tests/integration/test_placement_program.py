"""The service starts with its access table and answers, in two languages."""

from collections.abc import Iterator

from eventcore import Rejected
from eventcore.web.problems import kinds
from served import Served


async def test_it_answers_that_it_lives(placement: Served) -> None:
    assert (await placement.get("/livez")).status_code == 200


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
