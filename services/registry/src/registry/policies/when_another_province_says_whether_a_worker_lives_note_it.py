"""When another province says that a worker has died, or that it was wrong, this one notes it, in the order in which it
was said: a death and its taking back may come together, and of two readers the second could be first."""

from collections.abc import Iterable
from typing import Any

from eventcore import Do, Fact

from registry.policies.when_another_province_takes_a_death_back_so_does_this_one import (
    when_another_province_takes_a_death_back_so_does_this_one,
)
from registry.policies.when_the_holder_says_that_a_worker_has_died_home_records_it import (
    when_the_holder_says_that_a_worker_has_died_home_records_it,
)


def when_another_province_says_whether_a_worker_lives_note_it(fact: Fact[Any]) -> Iterable[Do[Any]]:
    """Both, by one reader."""
    yield from when_the_holder_says_that_a_worker_has_died_home_records_it(fact)
    yield from when_another_province_takes_a_death_back_so_does_this_one(fact)
