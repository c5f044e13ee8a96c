"""What can be asked of the use of a worker's data, and on what grounds."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from contracts.codes import Code, CodeList

from registry.privacy.events import SurveySigns

LEGAL_RETENTION: Final = "LEGAL_RETENTION"
KEY_LOST: Final = "KEY_LOST"
RESTORED: Final = "RESTORED"
HOME_ERASED: Final = "HOME_ERASED"

RESTRICTION_GROUNDS: Final = CodeList(
    name="restriction-grounds",
    zh="限制使用个人信息的理由",
    en="Why the use of personal data is restricted",
    codes=(
        Code(code=LEGAL_RETENTION, zh="法定保存期限内", en="A legal term of retention is running", source="PIPL 47"),
        Code(code="PERSON_REQUEST", zh="本人要求", en="The person asks for it", source="PIPL 44"),
        Code(code="DISPUTE", zh="存在争议", en="The data are disputed", source="PIPL 46"),
    ),
)
ERASURE_GROUNDS: Final = CodeList(
    name="erasure-grounds",
    zh="删除个人信息的理由",
    en="Why personal data are erased",
    codes=(
        Code(code="PERSON_REQUEST", zh="本人撤回同意或要求删除", en="The person asks for it", source="PIPL 47"),
        Code(code="TERM_OVER", zh="保存期限届满或目的已实现", en="The term or the purpose has ended", source="PIPL 47"),
        Code(code="UNLAWFUL", zh="违法收集", en="They were collected against the law", source="PIPL 47"),
        Code(code=RESTORED, zh="恢复旧备份后重新删除", en="Erased before a restored backup", source="design"),
        Code(code=HOME_ERASED, zh="户籍地已删除", en="Home erased the person", source="design"),
        Code(code=KEY_LOST, zh="密钥灭失", en="Their key was lost: nobody can read them", source="design"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictUse:
    worker: str
    ground: str
    until: date | None
    official: str
    organisation: str
    today: date
    canonical: str | None = None
    """The worker for whom it was asked, where this one was found to be that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRestriction:
    worker: str
    official: str
    organisation: str
    canonical: str | None = None
    """The worker for whom it was asked, where this one was found to be that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePersonalData:
    worker: str
    ground: str
    numbers: tuple[str, ...]
    """All blind indexes that the worker holds."""
    signs: tuple[str, ...] = ()
    """What the worker, and whoever was found to be them, is compared by."""
    linked: tuple[str, ...] = ()
    """Workers that were found to be this one: their records must be free to go, too."""
    official: str
    organisation: str
    today: date
    canonical: str | None = None
    """The worker for whom it was asked, where this one was found to be that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReindexNumber:
    worker: str
    owner: str
    old: str
    new: str
    surveys: tuple[SurveySigns, ...]


PrivacyCommand: TypeAlias = RestrictUse | EndRestriction | ErasePersonalData | ReindexNumber
