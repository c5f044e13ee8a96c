"""Of a library that says the same again and again, one record in a while is enough."""

import logging

from eventcore.logs import RateLimit


def _record(text: str, *args: object, name: str = "aiokafka.conn") -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, __file__, 1, text, args, None)


def test_records_of_one_template_pass_once_in_a_while_with_the_number_held_back() -> None:
    now = 100.0
    limit = RateLimit("aiokafka", 20, lambda: now)
    assert limit.filter(_record("no node %s", 1))
    assert [limit.filter(_record("no node %s", n)) for n in range(7)] == [False] * 7
    assert limit.filter(_record("another %s", 1))
    now += 20
    late = _record("no node %s", 9)
    assert limit.filter(late)
    assert late.getMessage() == "no node 9 (7 more like it)"


def test_what_others_say_passes_as_often_as_they_say_it() -> None:
    limit = RateLimit("aiokafka", 20)
    assert all(limit.filter(_record("no node %s", n, name="eventcore.worker")) for n in range(7))
