"""Which kind of stream an id is of: categories and keys both have hyphens."""

import pytest
from eventcore.facts import category_of

KINDS = ("trainee", "trainee-list", "worker")


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("worker-0195a001-0000-7000", "worker"),
        ("trainee-list-1", "trainee-list"),
        ("trainee-1-list", "trainee"),
        ("trainee-list", "trainee"),
        ("workers-1", ""),
        ("worker", ""),
    ],
)
def test_the_longest_category_that_an_id_begins_with_is_its_kind(stream: str, kind: str) -> None:
    assert category_of(stream, KINDS) == category_of(stream, reversed(KINDS)) == kind
