"""The two sides of a transfer, and who may say what of it."""

from dataclasses import dataclass

from contracts.errors import InvalidRegion
from contracts.region import province_of
from eventcore import Rejected


class DoesNotFit(Rejected):
    """The other side says what it may not say, or what does not fit what is known of the transfer."""

    code = "transfer_fact_does_not_fit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Whose transfer it is, from which county to which. Part of stored events."""

    transfer: str
    worker: str
    vacancy: str
    home: str
    host: str

    @property
    def crosses(self) -> bool:
        """Whether it leaves the province."""
        return province_of(self.home) != province_of(self.host)

    @property
    def to_home(self) -> tuple[str, ...]:
        """The province that is told what the host says; none where both are one."""
        return (province_of(self.home),) if self.crosses else ()

    @property
    def to_host(self) -> tuple[str, ...]:
        """The province that is told what home says; none where both are one."""
        return (province_of(self.host),) if self.crosses else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the other side says of a transfer: `by` is the province that spoke, `to` whom it spoke to."""

    way: Way
    by: str
    to: tuple[str, ...]

    def by_home(self, known: Way | None) -> Way:
        """The way, where its home speaks of what is known, or of something new. DoesNotFit."""
        return self._fits(known, self.way.home, self.way.host)

    def by_host(self, known: Way) -> Way:
        """The way, where its host speaks of what is known. DoesNotFit."""
        return self._fits(known, self.way.host, self.way.home)

    def _fits(self, known: Way | None, speaker: str, listener: str) -> Way:
        try:
            here, there = province_of(speaker), province_of(listener)
        except InvalidRegion:
            raise DoesNotFit from None
        if self.by != here or self.to != (() if here == there else (there,)) or known not in (None, self.way):
            raise DoesNotFit
        return self.way
