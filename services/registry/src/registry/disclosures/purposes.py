"""What personal data may be read for, by which office, and how much of it each needs. Only the persons themselves and
the systems that the policies name get the whole number."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from contracts.codes import Code, CodeList

FIELDS: Final = ("name", "number", "phone", "employer", "contact", "former_number")
"""Of a survey."""
RECORD_FIELDS: Final = ("name", "number", "phone")
"""Of a record that another province sent."""
ACCOUNT_FIELDS: Final = ("account", "bank", "holder_name")
"""Of a bank account."""
OWN_FILE: Final = "OWN_FILE"
LOCAL_WORKERS: Final = "LOCAL_WORKERS"
TRAINEE_CONTACT: Final = "TRAINEE_CONTACT"
RIGHTS_REQUEST: Final = "RIGHTS_REQUEST"
SYSTEM_EXCHANGE: Final = "SYSTEM_EXCHANGE"
SUBSIDY_PAYMENT: Final = "SUBSIDY_PAYMENT"
CERTIFICATE_VERIFICATION: Final = "CERTIFICATE_VERIFICATION"
SURVEY_FORM: Final = "SURVEY_FORM"
TRANSFER_RECORD: Final = "TRANSFER_RECORD"
ON_OTHER_WAYS: Final = frozenset(
    (
        *(OWN_FILE, LOCAL_WORKERS, SYSTEM_EXCHANGE),
        *(SURVEY_FORM, SUBSIDY_PAYMENT, CERTIFICATE_VERIFICATION, TRANSFER_RECORD),
    )
)
"""Not for looking somebody up: each has a route of its own, which knows more than the purpose."""

PURPOSES: Final = CodeList(
    name="disclosure-purposes",
    zh="查阅个人信息的目的",
    en="Purposes of reading personal data",
    codes=(
        Code(code="SURVEY_REVIEW", zh="审核摸查信息", en="To review a survey", source="R-REG-35"),
        Code(code=SURVEY_FORM, zh="打印就业信息表", en="To print the form of a survey", source="R-REG-34"),
        Code(code="SURVEY_AGAIN", zh="重新摸查", en="To survey again", source="R-REG-39"),
        Code(code="DUPLICATE_DECISION", zh="判定重复登记", en="To decide on a duplicate", source="design"),
        Code(code="JOB_SERVICE", zh="就业服务联系", en="To offer a service or a job", source="R-REG-18"),
        Code(code="REGISTRY_ENTRY", zh="办理登记事项", en="To enter something of a worker", source="R-REG-05"),
        Code(code=TRAINEE_CONTACT, zh="培训机构联系学员", en="To reach a trainee", source="R-REG-06"),
        Code(code=LOCAL_WORKERS, zh="就业地获取在本地的劳动力基础信息", en="Workers who are here", source="R-REG-41"),
        Code(code=SYSTEM_EXCHANGE, zh="向规定的信息系统报送", en="To report to a named system", source="R-SYS-16"),
        Code(code=SUBSIDY_PAYMENT, zh="发放补贴", en="To pay a subsidy", source="R-SUB-10"),
        Code(code=CERTIFICATE_VERIFICATION, zh="核验证书", en="To verify a certificate", source="R-CRT-19"),
        Code(code=TRANSFER_RECORD, zh="向就业地移交个人档案", en="To send the record to the host", source="R-XRG-01"),
        Code(code=RIGHTS_REQUEST, zh="处理个人信息权利请求", en="To answer a person's request", source="design"),
        Code(code=OWN_FILE, zh="本人查阅", en="One's own file", source="design"),
    ),
)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Fields that an office sees in full, and masked, for a purpose; it never sees the others."""

    in_full: tuple[str, ...]
    masked: tuple[str, ...]


def _table() -> Mapping[tuple[str, str], Entitlement]:
    text = files("registry.disclosures").joinpath("entitlements.csv").read_text("utf-8")
    return MappingProxyType(
        {
            (row["purpose"], row["office"]): Entitlement(
                tuple(field for field in (*FIELDS, *ACCOUNT_FIELDS) if row[field] == "full"),
                tuple(field for field in (*FIELDS, *ACCOUNT_FIELDS) if row[field] == "masked"),
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


ENTITLEMENTS: Final = _table()
"""(purpose, office) -> what it may see: `entitlements.csv`."""
