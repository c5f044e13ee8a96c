"""The service starts with its access table and answers."""

from served import Served


async def test_it_answers_that_it_lives(certification: Served) -> None:
    assert (await certification.get("/livez")).status_code == 200
