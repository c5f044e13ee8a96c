"""Code lists of what is decided of a worker: eligibility, designation as a trainee, special attention."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

ELIGIBILITY_GROUNDS: Final = CodeList(
    name="eligibility-grounds",
    zh="符合条件的依据",
    en="Grounds of eligibility",
    codes=(
        Code(code="KEY_COUNTY_POOR", zh="重点县贫困劳动力", en="Poor worker of a key county", source="R-REG-01"),
        Code(code="POOR", zh="其他地区贫困劳动力", en="Poor worker of another county", source="R-REG-08, R-REG-17"),
        Code(
            code="TARGET_GROUP",
            zh="政策规定的其他群体",
            en="Of another group that the policies name",
            source="R-REG-17, R-REG-24 to R-REG-26, R-REG-29",
        ),
    ),
)

INELIGIBILITY_REASONS: Final = CodeList(
    name="ineligibility-reasons",
    zh="不符合条件的原因",
    en="Reasons of not being eligible",
    codes=(
        Code(code="UNABLE_TO_WORK", zh="不具备劳动能力", en="Not able to work", source="R-REG-11"),
        Code(code="NO_GROUND", zh="不属于政策规定的群体", en="Of no group that the policies name", source="R-REG-01"),
        Code(code="AGE", zh="年龄不符合规定", en="Not of the required age", source="R-REG-01"),
        Code(code="AT_SCHOOL", zh="在校就读", en="At school", source="R-REG-10"),
        Code(code="OTHER", zh="其他原因", en="Another reason", source="R-REG-01"),
    ),
)

TRAINEE_PRIORITIES: Final = CodeList(
    name="trainee-priorities",
    zh="培训对象优先顺序",
    en="Why a worker comes early as a trainee",
    codes=(
        Code(code="POOR_HOUSEHOLD", zh="贫困户、脱贫户劳动力", en="Of a poor household", source="R-REG-02"),
        Code(code="POOR_FAMILY_LEAVER", zh="贫困家庭“两后生”", en="School leaver of a poor family", source="R-REG-10"),
        Code(code="LAND_LOST", zh="被征地农民", en="Land was expropriated", source="R-REG-29"),
        Code(code="HARD_TO_EMPLOY", zh="就业困难人员", en="Employment difficulty", source="R-REG-25, R-REG-42"),
        Code(code="LEAVER", zh="未继续升学毕业生", en="School leaver who did not go on", source="R-REG-26"),
        Code(code="UNEMPLOYED_MIGRANT", zh="城镇登记失业农民工", en="Unemployed migrant worker", source="R-REG-24"),
        Code(code="MIGRANT", zh="转移劳动力、返乡农民工", en="Transferred or returning worker", source="R-REG-17"),
    ),
)

DESIGNATION_END_REASONS: Final = CodeList(
    name="designation-end-reasons",
    zh="退出培训对象的原因",
    en="Reasons to end a designation",
    codes=(
        Code(code="WITHDRAWN", zh="本人退出", en="The worker withdrew", source="R-REG-07"),
        Code(code="NOT_ELIGIBLE", zh="不再符合条件", en="No longer eligible", source="R-REG-01"),
        Code(code="WRONG_DESIGNATION", zh="认定有误", en="The designation was wrong", source="R-REG-04"),
    ),
)

ATTENTION_REASONS: Final = CodeList(
    name="attention-reasons",
    zh="重点关注的原因",
    en="Reasons of special attention",
    codes=(
        Code(code="TRANSFERRED", zh="有组织输出", en="Transferred in an organised way", source="R-ADD-11, R-XRG-04"),
        Code(code="RISK_OF_RETURN_TO_POVERTY", zh="返贫风险", en="May fall back into poverty", source="R-REG-23"),
        Code(code="LOST_JOB", zh="失业", en="Lost the job", source="R-REG-24"),
        Code(code="WAGE_ARREARS", zh="拖欠工资", en="Wages are owed", source="R-ADD-11"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-ADD-11"),
    ),
)

LIST_RECEIVERS: Final = CodeList(
    name="trainee-list-receivers",
    zh="培训对象名单接收单位",
    en="Receivers of trainee lists",
    codes=(
        Code(code="LABOUR_DEPARTMENT", zh="劳动保障部门", en="Labour department", source="R-REG-06"),
        Code(code="TRAINING_INSTITUTION", zh="培训机构", en="Training institution", source="R-REG-06"),
    ),
)

IneligibilityReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(INELIGIBILITY_REASONS.known)), WithJsonSchema(INELIGIBILITY_REASONS.json_schema())
]
DesignationEndReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(DESIGNATION_END_REASONS.known)), WithJsonSchema(DESIGNATION_END_REASONS.json_schema())
]
AttentionReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(ATTENTION_REASONS.known)), WithJsonSchema(ATTENTION_REASONS.json_schema())
]
ListReceiverCode: TypeAlias = Annotated[
    str, AfterValidator(checked(LIST_RECEIVERS.known)), WithJsonSchema(LIST_RECEIVERS.json_schema())
]
