"""Code lists of the survey form: where the record came from, what the worker does and wants, why it was refused."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

EMPLOYED: Final = "EMPLOYED"
UNEMPLOYED: Final = "UNEMPLOYED"

CHANNELS: Final = CodeList(
    name="survey-channels",
    zh="采集渠道",
    en="Collection channels",
    codes=(
        Code(
            code="PUBLIC_EMPLOYMENT_SERVICE", zh="公共就业服务机构", en="Public employment service", source="R-REG-19"
        ),
        Code(code="TOWNSHIP_GOVERNMENT", zh="乡镇政府", en="Township government", source="R-REG-19"),
        Code(code="SERVICE_STATION", zh="舒心就业服务站", en="Neighbourhood employment station", source="R-REG-19"),
        Code(code="TRADE_UNION", zh="工会组织", en="Trade union", source="R-REG-19"),
        Code(code="INDUSTRY_ASSOCIATION", zh="行业协会", en="Industry association", source="R-REG-19"),
        Code(code="HR_SERVICE_FIRM", zh="经营性人力资源服务机构", en="Commercial HR service", source="R-REG-19"),
        Code(code="ODD_JOB_MARKET", zh="零工市场", en="Odd-job market", source="R-REG-19"),
    ),
)

SURVEYOR_KINDS: Final = CodeList(
    name="surveyor-kinds",
    zh="摸查人员类别",
    en="Kinds of surveyors",
    codes=(
        Code(code="OFFICE", zh="劳动保障部门或乡镇工作人员", en="Official of an office or township", source="R-REG-31"),
        Code(
            code="VILLAGE_TEAM",
            zh="行政村第一书记、驻村工作队",
            en="First secretary or work team of the village",
            source="R-REG-36",
        ),
        Code(code="CONTRACTOR", zh="购买服务的机构", en="Contractor of the office", source="R-REG-40"),
    ),
)

CAPTURE_METHODS: Final = CodeList(
    name="capture-methods",
    zh="采集方式",
    en="Ways to collect",
    codes=(
        Code(code="FIELD_SURVEY", zh="摸排调查", en="Field survey", source="R-REG-20"),
        Code(code="INFORMATION_SHARING", zh="信息共享", en="Feed of another system", source="R-REG-20"),
    ),
)

EMPLOYMENT_STATUSES: Final = CodeList(
    name="employment-statuses",
    zh="就业状况",
    en="Employment statuses",
    codes=(
        Code(code=EMPLOYED, zh="已就业", en="Employed", source="R-REG-33"),
        Code(code=UNEMPLOYED, zh="未就业", en="Not employed", source="R-REG-32"),
    ),
)

EMPLOYMENT_FORMS: Final = CodeList(
    name="employment-forms",
    zh="就业形式",
    en="Employment forms",
    codes=(
        Code(code="ENTERPRISE", zh="企业用工", en="Employed by an enterprise", source="R-REG-33"),
        Code(code="SOLE_PROPRIETOR", zh="个体工商户用工", en="Employed by a sole proprietor", source="R-REG-27"),
        Code(
            code="PRIVATE_NON_ENTERPRISE",
            zh="民办非企业单位用工",
            en="Employed by a private non-enterprise unit",
            source="R-REG-27",
        ),
        Code(code="FLEXIBLE", zh="灵活就业", en="Flexible employment", source="R-REG-27, R-PLC-18"),
    ),
)

WISHES: Final = CodeList(
    name="wishes",
    zh="就业与培训意愿",
    en="Wishes",
    codes=(
        Code(code="TECHNICAL_SCHOOL", zh="就读技工院校", en="Attend a technical school", source="R-REG-09"),
        Code(
            code="VOCATIONAL_TRAINING",
            zh="参加职业培训",
            en="Take part in vocational training",
            source="R-REG-09, R-REG-18",
        ),
        Code(code="JOB", zh="求职就业", en="Find a job", source="R-REG-18, R-REG-32"),
        Code(code="EMPLOYMENT_SERVICE", zh="需要就业服务", en="Employment services", source="R-REG-32"),
    ),
)

REJECTION_REASONS: Final = CodeList(
    name="survey-rejection-reasons",
    zh="审核不通过原因",
    en="Reasons to reject a survey",
    codes=(
        Code(code="INCOMPLETE", zh="信息不完整", en="Incomplete", source="R-REG-35"),
        Code(code="INACCURATE", zh="信息不准确", en="Inaccurate", source="R-REG-39"),
        Code(code="NO_EVIDENCE", zh="缺少依据", en="Without evidence", source="R-REG-35"),
        Code(code="NOT_ELIGIBLE", zh="不符合条件", en="Not eligible", source="R-REG-01"),
    ),
)

INVALIDATION_REASONS: Final = CodeList(
    name="survey-invalidation-reasons",
    zh="作废原因",
    en="Reasons to invalidate a survey",
    codes=(
        Code(code="WRONG_PERSON", zh="人员错误", en="Wrong person", source="R-REG-39"),
        Code(code="WRONG_REGION", zh="户籍地错误", en="Wrong household region", source="R-REG-39"),
        Code(code="WRONG_GROUP", zh="群体错误", en="Wrong group", source="R-REG-39"),
        Code(code="WRONG_EMPLOYMENT", zh="就业状况错误", en="Wrong employment status", source="R-REG-39"),
        Code(code="NOT_SURVEYED", zh="未实际摸查", en="The survey did not take place", source="R-REG-38, R-REG-39"),
        Code(code="OTHER_DATA", zh="其他信息不准确", en="Other inaccurate data", source="R-REG-39"),
    ),
)

ChannelCode: TypeAlias = Annotated[str, AfterValidator(checked(CHANNELS.known)), WithJsonSchema(CHANNELS.json_schema())]
SurveyorKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(SURVEYOR_KINDS.known)), WithJsonSchema(SURVEYOR_KINDS.json_schema())
]
CaptureMethodCode: TypeAlias = Annotated[
    str, AfterValidator(checked(CAPTURE_METHODS.known)), WithJsonSchema(CAPTURE_METHODS.json_schema())
]
EmploymentStatusCode: TypeAlias = Annotated[
    str, AfterValidator(checked(EMPLOYMENT_STATUSES.known)), WithJsonSchema(EMPLOYMENT_STATUSES.json_schema())
]
EmploymentFormCode: TypeAlias = Annotated[
    str, AfterValidator(checked(EMPLOYMENT_FORMS.known)), WithJsonSchema(EMPLOYMENT_FORMS.json_schema())
]
WishCode: TypeAlias = Annotated[str, AfterValidator(checked(WISHES.known)), WithJsonSchema(WISHES.json_schema())]
RejectionReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(REJECTION_REASONS.known)), WithJsonSchema(REJECTION_REASONS.json_schema())
]
InvalidationReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(INVALIDATION_REASONS.known)), WithJsonSchema(INVALIDATION_REASONS.json_schema())
]
