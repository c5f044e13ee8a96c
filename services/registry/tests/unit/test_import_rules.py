"""An import is begun once, ended once, read while it is there, and gone at its term."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from contracts.memberships import Membership
from eventcore import Wake
from eventcore.testing import given
from import_samples import COMPLETED, DISCLOSED, FAILED, STARTED
from registry.imports.commands import CompleteImport, DiscloseImport, ExpireImport, FailImport, StartImport
from registry.imports.events import ImportExpired
from registry.imports.roster_import import IMPORT, TERM, Expired, Failed, NotComplete, effects
from registry.imports.rows import identity
from registry.rosters import Draft
from registry.surveys.commands import Unemployed

DRAFT = Draft(
    name="王秀英",
    number="520599189003070024",
    phone="13800000000",
    household_region="520526",
    groups=(Membership(group="MONITORED", valid_from=date(2024, 1, 1)),),
    surveyed_on=date(2026, 3, 2),
    channel="TOWNSHIP_GOVERNMENT",
    capture_method="FIELD_SURVEY",
    employment=Unemployed(wishes=("JOB",)),
)
SECRET = hashlib.sha256(b"a secret of this test").digest()


def test_an_import_is_started_once() -> None:
    given(IMPORT).when(StartImport(STARTED)).then(STARTED)
    given(IMPORT, STARTED).when(StartImport(STARTED)).then()


def test_its_term_is_a_timer() -> None:
    assert list(effects(IMPORT.initial, STARTED)) == [Wake(TERM, STARTED.ends_at)]


def test_an_import_ends_once_with_a_result_or_without() -> None:
    given(IMPORT, STARTED).when(CompleteImport(COMPLETED)).then(COMPLETED)
    given(IMPORT, STARTED).when(FailImport(FAILED)).then(FAILED)
    for end in (COMPLETED, FAILED, ImportExpired()):
        given(IMPORT, STARTED, end).when(CompleteImport(COMPLETED)).then()
        given(IMPORT, STARTED, end).when(FailImport(FAILED)).then()


def test_rows_are_read_only_when_all_are_judged_and_the_term_is_not_over() -> None:
    asked = DiscloseImport(DISCLOSED)
    given(IMPORT, STARTED, COMPLETED).when(asked).then(DISCLOSED)
    given(IMPORT, STARTED, COMPLETED, DISCLOSED).when(asked).then(DISCLOSED)
    given(IMPORT).when(asked).rejected(NotComplete)
    given(IMPORT, STARTED).when(asked).rejected(NotComplete)
    given(IMPORT, STARTED, FAILED).when(asked).rejected(Failed)
    given(IMPORT, STARTED, COMPLETED, ImportExpired()).when(asked).rejected(Expired)


def test_an_import_expires_once_whatever_became_of_it() -> None:
    for past in ((), (COMPLETED,), (FAILED,)):
        given(IMPORT, STARTED, *past).when(ExpireImport()).then(ImportExpired())
        given(IMPORT, STARTED, *past, ImportExpired()).when(ExpireImport()).then()
    given(IMPORT).when(ExpireImport()).then()


def test_a_row_is_the_same_where_everything_that_it_says_is_the_same() -> None:
    same = identity(SECRET, "a", replace(DRAFT))
    assert same == identity(SECRET, "a", DRAFT)
    others = [
        identity(SECRET, "b", DRAFT),
        identity(hashlib.sha256(b"another").digest(), "a", DRAFT),
        *(identity(SECRET, "a", replace(DRAFT, **change)) for change in CHANGES),
    ]
    assert len({same, *others}) == 1 + len(others)


CHANGES: list[dict[str, Any]] = [
    {"name": "王秀兰"},
    {"number": "520599199003070025"},
    {"phone": None},
    {"household_region": "520524"},
    {"groups": ()},
    {"surveyed_on": date(2026, 3, 3)},
    {"channel": "TRADE_UNION"},
    {"capture_method": "INFORMATION_SHARING"},
    {"employment": Unemployed(wishes=())},
]
