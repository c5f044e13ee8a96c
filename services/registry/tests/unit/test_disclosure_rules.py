"""Who reads what is personal says what for, and gets no more than that needs."""

from dataclasses import fields
from typing import get_type_hints

import pytest
from eventcore import Seen
from eventcore.codec import Codec
from eventcore.testing import given
from registry.disclosures.disclosure import DISCLOSURE, DiscloseIdentity
from registry.disclosures.events import PersonalDataDisclosed
from registry.disclosures.purposes import FIELDS, IN_FULL, PURPOSES
from registry.surveys.events import SurveyRecorded
from registry.surveys.refusals import NotRecorded
from registry.surveys.survey import SURVEY, Facts, Pending, Unknown

READ = DiscloseIdentity(survey="s1", purpose="SURVEY_REVIEW", reader="chen", organisation="bijie-hrss")
FACTS = Facts(survey="s1", worker="w1", surveyor="li", household_region="520526", groups=(), surveyed_on=None)  # type: ignore[arg-type]
DISCLOSED = PersonalDataDisclosed(
    worker="w1",
    survey="s1",
    purpose="SURVEY_REVIEW",
    reader="chen",
    organisation="bijie-hrss",
    in_full=("name", "employer"),
    masked=("number", "phone", "contact"),
)


def test_a_disclosure_says_whose_data_who_reads_and_what_for() -> None:
    there = Seen(states={("survey", "s1"): Pending(FACTS)})
    given(DISCLOSURE).having_seen(there).when(READ).then(DISCLOSED)
    given(DISCLOSURE, DISCLOSED).having_seen(there).when(READ).then()


def test_there_is_nothing_to_disclose_of_a_survey_that_is_not_there() -> None:
    given(DISCLOSURE).having_seen(Seen(states={("survey", "s1"): Unknown()})).when(READ).rejected(NotRecorded)


def test_what_may_be_shown_is_what_is_sealed() -> None:
    sealed = Codec(SURVEY.events).kinds[SurveyRecorded].personal
    assert set(sealed) == set(FIELDS)
    assert set(get_type_hints(SurveyRecorded)) >= {each.name for each in fields(SurveyRecorded)}


@pytest.mark.parametrize("purpose", [code.code for code in PURPOSES.codes])
def test_no_purpose_needs_the_whole_number(purpose: str) -> None:
    assert "number" not in IN_FULL[purpose]
    assert set(IN_FULL[purpose]) < set(FIELDS)
