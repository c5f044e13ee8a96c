"""What every public event is: frozen, tolerant to read, and always written with the same bytes."""

import re
from typing import Annotated, ClassVar, Final, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

EVENT_TYPE: Final = re.compile(r"cn\.labourbridge\.([a-z]+)\.[a-z]+(?:-[a-z]+)*\.v[1-9][0-9]*")

EntityId: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
EventId: TypeAlias = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,149}/[1-9][0-9]{0,18}$", description="stream id / version"),
]
RegionDigits: TypeAlias = Annotated[str, Field(pattern=r"^[1-9][0-9]{5}$", description="GB/T 2260 行政区划代码")]
ListCode: TypeAlias = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]
"""A code of some code list. Readers take codes that they do not know yet: lists grow."""
OccupationDigits: TypeAlias = Annotated[
    str, Field(pattern=r"^[0-9]{4}/[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}$", description="Edition and code of 职业分类大典")
]
SkillLevel: TypeAlias = Annotated[
    str, Field(pattern=r"^[0-9A-Z_]{1,20}$", description="Code of `skill-levels`; 0 where there is no level")
]


class UnreadableEvent(ValueError):
    """The data of a public event does not fit its type. The text names fields and reasons, never values."""

    code: ClassVar[str] = "public_event_unreadable"


class PublicEvent(BaseModel):
    """A fact for other services and provinces.

    Additive only: a field that comes later is `X | None = None`, and None is never written, so that what was published
    before keeps its bytes. A changed meaning is a new class and type.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, allow_inf_nan=False)
    type: ClassVar[str]

    def to_bytes(self) -> bytes:
        """UTF-8 JSON in the order of the fields, without those that are None."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=True)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Unknown fields are ignored. Raises `UnreadableEvent`."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            problems = (
                f"{'.'.join(map(str, each['loc']))}: {each['type']}" for each in error.errors(include_input=False)
            )
            raise UnreadableEvent(f"{cls.type}: {'; '.join(problems)}") from None


class Part(BaseModel):
    """A member of a public event that has members of its own; the same rules hold."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True, allow_inf_nan=False)


def service_of(event_type: str) -> str:
    """The service that publishes the type. Raises `ValueError` for text that is no type of a public event."""
    found = EVENT_TYPE.fullmatch(event_type)
    if not found:
        raise ValueError("not a public event type")
    return found[1]
