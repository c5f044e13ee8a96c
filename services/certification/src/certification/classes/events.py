"""What became known of a training class. Storage format: names and fields are for ever."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """All certificates of a class are revoked, from a day, for a reason. Part of stored events."""

    reason: str
    revoked_on: date
    official: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMemberNoted:
    type: ClassVar[str] = "class-member-noted"
    training_class: str
    """Key of this stream."""
    institution: str
    region: str
    occupation: str
    level: str
    worker: str
    standing: str
    """ENROLLED, WITHDRAWN, COMPLETED or FAILED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTeachersNoted:
    type: ClassVar[str] = "class-teachers-noted"
    training_class: str
    institution: str
    region: str
    occupation: str
    level: str
    teachers: tuple[str, ...]
    """Staff numbers of the institution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentNoted:
    type: ClassVar[str] = "assessment-noted"
    training_class: str
    assessment: str
    fall: Fall | None
    """What had been ordered before of the certificates of the class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassCertificatesRevoked:
    type: ClassVar[str] = "class-certificates-revoked"
    training_class: str
    assessments: tuple[str, ...]
    fall: Fall


ClassEvent: TypeAlias = ClassMemberNoted | ClassTeachersNoted | AssessmentNoted | ClassCertificatesRevoked
