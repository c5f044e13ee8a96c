"""Where a linked worker and the canonical one contradict each other."""

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from types import MappingProxyType
from typing import Final

from registry.workers.state import Registered

SURVEYED_MEANWHILE: Final = "SURVEYED_MEANWHILE"
"""Of a link that was undone: surveys under the number that came in meanwhile stand with the canonical worker."""


def _surveys(linked: Registered, canonical: Registered) -> bool:
    """Two approved surveys of one day differ in what there was to find."""
    return any(
        one.surveyed_on == other.surveyed_on
        and None not in (one.status, other.status)
        and (one.household_region, one.status) != (other.household_region, other.status)
        for one, other in product(linked.findings, canonical.findings)
    )


def _region(linked: Registered, canonical: Registered) -> bool:
    return linked.household_region != canonical.household_region


def _groups(linked: Registered, canonical: Registered) -> bool:
    """A group that the canonical worker is not in, or from or to another day."""
    return any(membership not in canonical.groups for membership in linked.groups)


def _household(linked: Registered, canonical: Registered) -> bool:
    return linked.household is not None and linked.household != canonical.household


def _designation(linked: Registered, canonical: Registered) -> bool:
    return linked.designated is not None


def _attention(linked: Registered, canonical: Registered) -> bool:
    return linked.attention is not None and linked.attention != canonical.attention


def _death(linked: Registered, canonical: Registered) -> bool:
    return linked.deceased_on != canonical.deceased_on


KINDS: Final[Mapping[str, Callable[[Registered, Registered], bool]]] = MappingProxyType(
    {
        "SURVEYS": _surveys,
        "HOUSEHOLD_REGION": _region,
        "GROUPS": _groups,
        "HOUSEHOLD": _household,
        "DESIGNATION": _designation,
        "ATTENTION": _attention,
        "DEATH": _death,
    }
)
"""A group, a designation or a household that only the linked worker has counts too: somebody has to give it to the
canonical one, by whose id the worker is known from now on."""


def conflicts(linked: Registered, canonical: Registered) -> tuple[str, ...]:
    """The kinds that apply."""
    return tuple(_applying(linked, canonical))


def _applying(linked: Registered, canonical: Registered) -> Iterable[str]:
    for kind, applies in KINDS.items():
        if applies(linked, canonical):
            yield kind
