"""Where things of the project lie on this machine."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The checkout: everything `lb` writes lies in `.run` and `.cache` below its root."""

    root: Path

    @property
    def deploy(self) -> Path:
        """Coordinates, templates and pinned hashes of the local parts."""
        return self.root / "deploy" / "local"

    @property
    def cache(self) -> Path:
        """What was downloaded or made once; safe to delete. `LB_CACHE` moves it."""
        return Path(os.environ.get("LB_CACHE") or self.root / ".cache").resolve()

    @property
    def runs(self) -> Path:
        """One folder a running deployment."""
        return self.root / ".run"


def find_project() -> Project:
    """The checkout that holds this package, or the one around the working folder; `LB_PROJECT` names another."""
    named = os.environ.get("LB_PROJECT")
    places = [Path(named)] if named else [*Path(__file__).resolve().parents, Path.cwd(), *Path.cwd().parents]
    for place in places:
        if (place / "deploy" / "local" / "kafka" / "pom.xml").is_file():
            return Project(root=place.absolute())
    raise LookupError("the folder of LabourBridge was not found: run lb inside its checkout or set LB_PROJECT")
