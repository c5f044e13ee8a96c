"""All code lists by the name under which they are served. Regions and occupations have modules of their own."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from contracts.certificate_codes import CERTIFICATE_LISTS
from contracts.claim_codes import CLAIM_LISTS
from contracts.codes import CodeList
from contracts.duplicates import (
    DUPLICATE_REASONS,
    DUPLICATE_VERDICTS,
    LINK_CONFLICT_KINDS,
    LINK_CONFLICT_OUTCOMES,
)
from contracts.employment_codes import EMPLOYMENT_LISTS
from contracts.groups import DERIVED, GROUPS
from contracts.household import AGE_GROUPS, LEAVING_REASONS, POVERTY_STATUSES, RELATIONS, SITUATIONS
from contracts.placement_codes import PLACEMENT_LISTS
from contracts.shortage import OCCUPATION_DEMANDS
from contracts.skills import SKILL_LEVELS
from contracts.stewardship_codes import STEWARDSHIP_LISTS
from contracts.student_codes import STUDENT_LISTS
from contracts.subsidy_codes import (
    CLAIM_KINDS,
    FUNDS,
    HELP_KINDS,
    PAYMENT_FAILURES,
    PAYMENT_RETURNS,
    REFUSAL_REASONS,
)
from contracts.survey import (
    CAPTURE_METHODS,
    CHANNELS,
    EMPLOYMENT_FORMS,
    EMPLOYMENT_STATUSES,
    INVALIDATION_REASONS,
    REJECTION_REASONS,
    SURVEYOR_KINDS,
    WISHES,
)
from contracts.training_codes import TRAINING_LISTS
from contracts.transfer_codes import TRANSFER_LISTS
from contracts.worker import (
    ATTENTION_REASONS,
    DESIGNATION_END_REASONS,
    ELIGIBILITY_GROUNDS,
    INELIGIBILITY_REASONS,
    LIST_RECEIVERS,
    TRAINEE_PRIORITIES,
)

CODE_LISTS: Final[Mapping[str, CodeList]] = MappingProxyType(
    {
        each.name: each
        for each in (
            GROUPS,
            DERIVED,
            CHANNELS,
            CAPTURE_METHODS,
            SURVEYOR_KINDS,
            EMPLOYMENT_STATUSES,
            EMPLOYMENT_FORMS,
            WISHES,
            REJECTION_REASONS,
            INVALIDATION_REASONS,
            DUPLICATE_VERDICTS,
            DUPLICATE_REASONS,
            LINK_CONFLICT_KINDS,
            LINK_CONFLICT_OUTCOMES,
            POVERTY_STATUSES,
            RELATIONS,
            AGE_GROUPS,
            SITUATIONS,
            LEAVING_REASONS,
            ELIGIBILITY_GROUNDS,
            INELIGIBILITY_REASONS,
            TRAINEE_PRIORITIES,
            DESIGNATION_END_REASONS,
            ATTENTION_REASONS,
            LIST_RECEIVERS,
            CLAIM_KINDS,
            HELP_KINDS,
            FUNDS,
            REFUSAL_REASONS,
            PAYMENT_FAILURES,
            PAYMENT_RETURNS,
            SKILL_LEVELS,
            OCCUPATION_DEMANDS,
            *TRAINING_LISTS,
            *STUDENT_LISTS,
            *TRANSFER_LISTS,
            *CERTIFICATE_LISTS,
            *CLAIM_LISTS,
            *STEWARDSHIP_LISTS,
            *PLACEMENT_LISTS,
            *EMPLOYMENT_LISTS,
        )
    }
)
