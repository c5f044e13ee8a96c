"""Code lists of certification: kinds of certificates, ways to one, and why one does not hold.

Kinds grow with the policies: two in the older notice (000), three since document 001, four since document 002.
"""

from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

_JIANGXI: Final = date(2019, 5, 21)
"""Day of document 001, 赣人社发〔2019〕20号."""
_LIAONING: Final = date(2024, 1, 19)
"""Day of document 002."""

CERTIFICATE_KINDS: Final = CodeList(
    name="certificate-kinds",
    zh="证书种类",
    en="Kinds of certificates",
    codes=(
        Code(code="QUALIFICATION", zh="国家职业资格证书", en="National vocational qualification", source="R-CRT-01"),
        Code(
            code="SINGLE_ABILITY",
            zh="单项职业能力证书",
            en="Single ability",
            source="R-CRT-01, R-CRT-05",
            valid_to=_JIANGXI,
            successors=("SPECIAL_ABILITY",),
        ),
        Code(
            code="SKILL_LEVEL",
            zh="职业技能等级证书",
            en="Vocational skill level",
            source="R-CRT-07",
            valid_from=_JIANGXI,
        ),
        Code(
            code="SPECIAL_ABILITY",
            zh="专项职业能力证书",
            en="Special vocational ability",
            source="R-CRT-07",
            valid_from=_JIANGXI,
        ),
        Code(
            code="TRAINING_COMPLETION",
            zh="培训合格证书",
            en="Completed training",
            source="R-CRT-09",
            valid_from=_LIAONING,
        ),
    ),
)

ASSESSMENT_ROUTES: Final = CodeList(
    name="assessment-routes",
    zh="评价方式",
    en="Ways to a certificate",
    codes=(
        Code(code="QUALIFICATION_APPRAISAL", zh="职业技能鉴定", en="Skill appraisal", source="R-CRT-02"),
        Code(
            code="LEVEL_RECOGNITION",
            zh="职业技能等级认定",
            en="Recognition of a skill level",
            source="R-CRT-10",
            valid_from=_JIANGXI,
        ),
        Code(code="ABILITY_TEST", zh="专项（单项）职业能力考核", en="Test of one ability", source="R-CRT-04, R-CRT-10"),
        Code(
            code="COMPLETION_TEST",
            zh="结业考核",
            en="Test at the end of a training",
            source="R-CRT-06, R-CRT-09",
            valid_from=_LIAONING,
        ),
    ),
)

ASSESSMENT_BODY_KINDS: Final = CodeList(
    name="assessment-body-kinds",
    zh="评价机构类别",
    en="Kinds of assessment bodies",
    codes=(
        Code(code="EMPLOYER", zh="用人单位", en="Employer, for its own staff", source="standards.md 3"),
        Code(code="SOCIAL", zh="社会培训评价组织", en="Social evaluation organisation", source="R-CRT-11"),
    ),
)

ASSESSMENT_ROLES: Final = CodeList(
    name="assessment-roles",
    zh="考评人员类别",
    en="Roles at an assessment",
    codes=(
        Code(code="ASSESSOR", zh="考评员", en="Assessor", source="R-CRT-17"),
        Code(code="SUPERVISOR", zh="督导员", en="Supervisor", source="R-CRT-17"),
    ),
)

SUSPENSION_REASONS: Final = CodeList(
    name="certificate-suspension-reasons",
    zh="暂停的原因",
    en="Reasons to suspend",
    codes=(
        Code(code="INVESTIGATION", zh="正在调查", en="Under investigation", source="R-CRT-15"),
        Code(code="COMPLAINT", zh="被投诉", en="Somebody complained", source="R-CRT-15"),
        Code(code="QUALITY", zh="评价质量不合格", en="Quality of assessment", source="R-CRT-14"),
    ),
)

REVOCATION_REASONS: Final = CodeList(
    name="certificate-revocation-reasons",
    zh="撤销的原因",
    en="Reasons to revoke",
    codes=(
        Code(code="FRAUD", zh="弄虚作假", en="Fraud", source="R-CRT-15, R-SUB-27"),
        Code(code="WRONG_PERSON", zh="替考或身份不符", en="Another person was assessed", source="R-CRT-15"),
        Code(code="RULES_BROKEN", zh="违反评价规程", en="The rules of assessment were broken", source="R-CRT-14"),
        Code(code="WRONG_RESULT", zh="成绩有误", en="The result was wrong", source="R-CRT-14"),
    ),
)

CERTIFICATE_LISTS: Final = (
    CERTIFICATE_KINDS,
    ASSESSMENT_ROUTES,
    ASSESSMENT_BODY_KINDS,
    ASSESSMENT_ROLES,
    SUSPENSION_REASONS,
    REVOCATION_REASONS,
)

CertificateKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(CERTIFICATE_KINDS.known)), WithJsonSchema(CERTIFICATE_KINDS.json_schema())
]
AssessmentRouteCode: TypeAlias = Annotated[
    str, AfterValidator(checked(ASSESSMENT_ROUTES.known)), WithJsonSchema(ASSESSMENT_ROUTES.json_schema())
]
AssessmentBodyKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(ASSESSMENT_BODY_KINDS.known)), WithJsonSchema(ASSESSMENT_BODY_KINDS.json_schema())
]
AssessmentRoleCode: TypeAlias = Annotated[
    str, AfterValidator(checked(ASSESSMENT_ROLES.known)), WithJsonSchema(ASSESSMENT_ROLES.json_schema())
]
SuspensionReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(SUSPENSION_REASONS.known)), WithJsonSchema(SUSPENSION_REASONS.json_schema())
]
RevocationReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(REVOCATION_REASONS.known)), WithJsonSchema(REVOCATION_REASONS.json_schema())
]
