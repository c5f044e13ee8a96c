"""The service starts with its access table and answers."""

from served import Served


async def test_it_answers_that_it_lives(subsidy: Served) -> None:
    assert (await subsidy.get("/livez")).status_code == 200
