"""Golden samples of a service's events: what is stored and what is published of it keep their bytes.

`<folder>/<type>.v<schema version>.json` is what is stored, `….public.json` what is published of it. Missing samples are
written by `LB_GOLDEN=write`; one that is there is never written again: a changed shape is a new version.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from contracts.public_event import PublicEvent
from eventcore.codec import Codec
from eventcore.service import Service


def name(event: Any) -> str:
    """`class-filed.v1`"""
    return f"{event.type}.v{getattr(event, 'schema_version', 1)}"


def read_or_write(file: Path, data: bytes) -> bytes:
    """What the file holds; these bytes, where it is not there and may be written."""
    if os.environ.get("LB_GOLDEN") == "write" and not file.exists():
        file.write_bytes(data + b"\n")
    return file.read_bytes().removesuffix(b"\n")


@dataclass(frozen=True, slots=True)
class Golden:
    """The samples of a service without personal data."""

    folder: Path
    service: Service
    published: Callable[[Any], PublicEvent | None]

    @property
    def codecs(self) -> dict[type, Codec]:
        unions = [decider.events for decider in self.service.deciders]
        return {kind: Codec(union) for union in unions for kind in get_args(union) or (union,)}

    def check_stored(self, event: Any) -> None:
        stored = self.codecs[type(event)].encode(event, "stream-1/1")
        assert stored.data == read_or_write(self.folder / f"{name(event)}.json", stored.data)

    def check_published(self, event: Any) -> None:
        told, file = self.published(event), self.folder / f"{name(event)}.public.json"
        if told is None:
            assert not file.exists()
        else:
            assert told.to_bytes() == read_or_write(file, told.to_bytes())

    def check_every_version(self) -> None:
        """Each that was ever stored has a sample, is read, and is published with the same bytes."""
        by_type = {
            kind.type: (codec, kind.version) for cls, codec in self.codecs.items() for kind in [codec.kinds[cls]]
        }
        files = [file for file in self.folder.glob("*.json") if not file.name.endswith(".public.json")]
        found = {file.name.removesuffix(".json"): file for file in files}
        assert set(found) == {f"{kind}.v{n}" for kind, (_, version) in by_type.items() for n in range(1, version + 1)}
        for label, file in found.items():
            kind, _, version = label.rpartition(".v")
            event: Any = by_type[kind][0].decode(kind, int(version), file.read_bytes())
            told, public = self.published(event), self.folder / f"{label}.public.json"
            assert (told.to_bytes() + b"\n" if told else None) == (public.read_bytes() if public.exists() else None)
