"""All code lists by the name under which they are served. Regions and occupations have modules of their own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.codes import CodeList
from contracts.groups import GROUPS
from contracts.survey import (
    CAPTURE_METHODS,
    CHANNELS,
    EMPLOYMENT_FORMS,
    EMPLOYMENT_STATUSES,
    INVALIDATION_REASONS,
    REJECTION_REASONS,
    WISHES,
)

CODE_LISTS: Final[Mapping[str, CodeList]] = MappingProxyType(
    {
        each.name: each
        for each in (
            GROUPS,
            CHANNELS,
            CAPTURE_METHODS,
            EMPLOYMENT_STATUSES,
            EMPLOYMENT_FORMS,
            WISHES,
            REJECTION_REASONS,
            INVALIDATION_REASONS,
        )
    }
)
