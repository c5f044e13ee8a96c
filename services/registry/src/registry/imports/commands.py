"""What can be asked of an import. What begins or ends it is said in the words that are stored."""

from dataclasses import dataclass
from typing import TypeAlias

from registry.imports.events import ImportCompleted, ImportDisclosed, ImportFailed, ImportStarted


@dataclass(frozen=True, slots=True)
class StartImport:
    """The file has the form of a roster and lies on its shelf."""

    started: ImportStarted


@dataclass(frozen=True, slots=True)
class CompleteImport:
    """Every row has its verdict."""

    result: ImportCompleted


@dataclass(frozen=True, slots=True)
class FailImport:
    """The file cannot be read, which only a closer look told."""

    failure: ImportFailed


@dataclass(frozen=True, slots=True)
class DiscloseImport:
    """Somebody needs the rows with their verdicts."""

    disclosed: ImportDisclosed


@dataclass(frozen=True, slots=True)
class ExpireImport:
    """Its term has come."""


ImportCommand: TypeAlias = StartImport | CompleteImport | FailImport | DiscloseImport | ExpireImport
