"""What is told and who tells: a public event of a private one is what both call the same; a foreign fact names the
province and the service that said it."""

from typing import Any, TypeVar

from contracts.public_event import PublicEvent
from eventcore import Fact

P = TypeVar("P", bound=PublicEvent)


def told(public: type[P], event: object, **otherwise: object) -> P:
    """The public event, its fields taken from those of the same name, or as they are said here; what it does not name
    stays at home. A ValidationError where one is lacking: golden samples show it for every private event."""
    same = {name: getattr(event, name) for name in public.model_fields if hasattr(event, name)}
    return public.model_validate({**same, **otherwise}, from_attributes=True)


def teller(fact: Fact[Any], service: str) -> str | None:
    """The province whose service of this name said it; None where another service did. `/cn/440000/placement`."""
    _, _, province, name = fact.source.split("/")
    return province if name == service else None
