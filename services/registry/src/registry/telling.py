"""A public event of a private one: what both call the same goes out, and nothing else."""

from typing import TypeVar

from contracts.public_event import PublicEvent

P = TypeVar("P", bound=PublicEvent)


def told(public: type[P], event: object, **otherwise: object) -> P:
    """The public event, its fields taken from those of the same name, or as they are said here; what it does not name
    stays at home. A ValidationError where one is lacking: golden samples show it for every private event."""
    same = {name: getattr(event, name) for name in public.model_fields if hasattr(event, name)}
    return public.model_validate({**same, **otherwise}, from_attributes=True)
