"""Code lists of training: institutions, programmes, classes, and how a worker's way through a class ends."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

INSTITUTION_KINDS: Final = CodeList(
    name="institution-kinds",
    zh="培训机构类型",
    en="Kinds of training institutions",
    codes=(
        Code(code="TECHNICAL_SCHOOL", zh="技工学校", en="Technical school", source="R-INS-01"),
        Code(code="EMPLOYMENT_TRAINING_CENTRE", zh="就业训练中心", en="Employment training centre", source="R-INS-01"),
        Code(code="PRIVATE", zh="民办培训机构", en="Private institution under approval", source="R-INS-01"),
    ),
)

BASE_GRADES: Final = CodeList(
    name="base-grades",
    zh="培训基地等级",
    en="Grades of training bases",
    codes=(
        Code(code="NATIONAL", zh="国家级高技能人才培训基地", en="National base", source="R-INS-19"),
        Code(code="PROVINCIAL", zh="省级示范基地、省重点", en="Provincial model base", source="R-INS-19, R-INS-33"),
        Code(code="BACKBONE", zh="骨干民办培训机构", en="Backbone private institution", source="R-INS-27"),
        Code(code="RECOGNISED", zh="认定培训机构", en="Recognised institution", source="R-INS-02, R-INS-28"),
    ),
)

ACCREDITATION_CRITERIA: Final = CodeList(
    name="accreditation-criteria",
    zh="培训基地认定评分项目",
    en="What a base is scored by",
    codes=(
        Code(code="TEACHERS", zh="师资力量", en="Teachers", source="R-INS-02, R-TRN-58"),
        Code(code="EQUIPMENT", zh="实训场地与设备", en="Workshops and equipment", source="R-INS-02, R-INS-37"),
        Code(code="MANAGEMENT", zh="教学与资金管理", en="Management of teaching and funds", source="R-INS-02"),
        Code(code="RESULTS", zh="培训与就业业绩", en="Results in training and employment", source="R-INS-02"),
    ),
)

REVIEW_RESULTS: Final = CodeList(
    name="base-review-results",
    zh="年度考核结果",
    en="Results of yearly reviews",
    codes=(
        Code(code="PASSED", zh="合格", en="Passed", source="R-INS-05, R-INS-26"),
        Code(code="TO_RECTIFY", zh="限期整改", en="To be put right", source="R-INS-04, R-INS-05"),
        Code(code="FAILED", zh="不合格", en="Failed", source="R-INS-05, R-INS-06"),
    ),
)

REVOCATION_GROUNDS: Final = CodeList(
    name="base-revocation-grounds",
    zh="取消培训基地资格的依据",
    en="Grounds to revoke a base",
    codes=(
        Code(code="REQUIREMENTS", zh="达不到要求", en="Requirements are not met", source="R-INS-06"),
        Code(code="TARGETS", zh="完不成目标任务", en="Targets are not met", source="R-INS-06"),
        Code(code="FUNDS", zh="违反资金管理使用规定", en="Funds were misused", source="R-INS-06"),
        Code(code="ILLEGAL", zh="非法民办培训机构取缔", en="Closed as illegal", source="R-RGT-10"),
    ),
)

STANDARD_KINDS: Final = CodeList(
    name="training-standard-kinds",
    zh="培训依据的标准",
    en="Standards that a programme is bound to",
    codes=(
        Code(code="NATIONAL", zh="国家职业标准", en="National occupational standard", source="R-TRN-36"),
        Code(code="INDUSTRY", zh="行业企业评价规范", en="Evaluation norm of industry", source="R-TRN-36"),
        Code(code="SPECIAL_ABILITY", zh="专项职业能力考核规范", en="Norm of a special ability", source="R-TRN-36"),
    ),
)

TRAINING_CATEGORIES: Final = CodeList(
    name="training-categories",
    zh="培训类别",
    en="Categories of training",
    codes=(
        Code(code="LABOUR_PREPARATION", zh="劳动预备制培训", en="Labour preparation", source="R-TRN-19, R-TRN-56"),
        Code(code="EMPLOYMENT_SKILLS", zh="就业技能培训", en="Skills for employment", source="R-TRN-19"),
        Code(code="SKILL_UPGRADE", zh="岗位技能提升培训", en="Skill upgrade on the job", source="R-TRN-19, R-TRN-29"),
        Code(code="ENTREPRENEURSHIP", zh="创业培训", en="Entrepreneurship", source="R-TRN-19, R-TRN-48"),
        Code(code="PRE_POST", zh="岗前培训", en="Before a post is taken", source="R-TRN-29, R-TRN-56"),
        Code(code="APPRENTICESHIP", zh="企业新型学徒制培训", en="New-type apprenticeship", source="R-TRN-17, R-TRN-29"),
        Code(code="TECHNICIAN", zh="技师培训", en="Technician training", source="R-TRN-29"),
    ),
)

TRAINING_MODES: Final = CodeList(
    name="training-modes",
    zh="培训方式",
    en="Modes of training",
    codes=(
        Code(code="ORDER", zh="订单培训", en="By an employer's order", source="R-TRN-08, R-TRN-20"),
        Code(code="POST_FIXED", zh="定岗培训", en="For a fixed post", source="R-TRN-20"),
        Code(code="DIRECTED", zh="定向培训", en="Directed", source="R-TRN-20, R-TRN-31"),
    ),
)

VENUES: Final = CodeList(
    name="training-venues",
    zh="培训地点类型",
    en="Where classes are held",
    codes=(
        Code(code="BASE", zh="培训机构内", en="At the institution", source="R-TRN-21"),
        Code(code="TOWNSHIP", zh="培训下乡", en="In a township", source="R-TRN-21, R-TRN-37"),
        Code(code="VILLAGE", zh="培训进村", en="In a village", source="R-TRN-21, R-TRN-37"),
        Code(code="ENTERPRISE", zh="培训进企业", en="In an enterprise", source="R-TRN-21"),
        Code(code="ONLINE", zh="网络培训", en="Online", source="R-TRN-22"),
    ),
)

SESSION_FORMS: Final = CodeList(
    name="session-forms",
    zh="授课形式",
    en="Forms of sessions",
    codes=(
        Code(code="DAYTIME", zh="日间授课", en="By day", source="R-TRN-22"),
        Code(code="EVENING", zh="晚间培训", en="In the evening", source="R-TRN-22"),
        Code(code="WEEKEND", zh="双休日培训", en="At the weekend", source="R-TRN-22"),
        Code(code="ONLINE", zh="网络培训", en="Online", source="R-TRN-22"),
        Code(code="MULTIMEDIA", zh="多媒体资源培训", en="With multimedia", source="R-TRN-22"),
    ),
)

CLASS_REJECTION_REASONS: Final = CodeList(
    name="class-rejection-reasons",
    zh="开班不予批准的原因",
    en="Why a class is not approved",
    codes=(
        Code(code="TEACHING_PLAN", zh="教学计划不合理", en="The teaching plan will not do", source="R-TRN-06"),
        Code(code="PLACE", zh="场地不符合要求", en="The place will not do", source="R-INS-37"),
        Code(code="TEACHERS", zh="师资不符合要求", en="The teachers will not do", source="R-TRN-58"),
        Code(code="NO_NEED", zh="无培训需求或名额", en="No need, or no places left", source="R-TRN-04"),
    ),
)

TEST_RESULTS: Final = CodeList(
    name="closing-test-results",
    zh="结业考核结果",
    en="Results of closing tests",
    codes=(
        Code(code="PASSED", zh="合格", en="Passed", source="R-CRT-06"),
        Code(code="FAILED", zh="不合格", en="Failed", source="R-CRT-06"),
        Code(code="ABSENT", zh="缺考", en="Absent", source="R-CRT-06"),
    ),
)

FAILURE_REASONS: Final = CodeList(
    name="training-failure-reasons",
    zh="培训不合格的原因",
    en="Why a training was not completed",
    codes=(
        Code(code="HOURS", zh="学时不足", en="Not enough hours", source="R-TRN-01, R-TRN-02"),
        Code(code="DAYS", zh="出勤天数不足", en="Not enough days", source="R-TRN-01, R-TRN-02"),
        Code(code="TEST", zh="结业考核不合格或缺考", en="The closing test was not passed", source="R-CRT-06"),
    ),
)

LEAVING_CLASS_REASONS: Final = CodeList(
    name="class-leaving-reasons",
    zh="退学原因",
    en="Why a worker leaves a class",
    codes=(
        Code(code="OWN_WISH", zh="本人要求", en="The worker wishes so", source="R-REG-07"),
        Code(code="FOUND_WORK", zh="已就业", en="Found work", source="R-REG-07"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-REG-07"),
        Code(code="ABSENCE", zh="长期缺勤", en="Absence", source="R-TRN-05"),
        Code(code="CLASS_STOPPED", zh="班级停办", en="The class is not held", source="R-INS-06, R-RGT-10"),
        Code(code="DECEASED", zh="死亡", en="Death", source="R-REG-07"),
    ),
)

INSPECTED_STEPS: Final = CodeList(
    name="inspected-steps",
    zh="抽查环节",
    en="Steps that spot checks look at",
    codes=(
        Code(code="SURVEY", zh="摸底调查", en="Survey", source="R-ADD-04"),
        Code(code="TRAINING", zh="培训", en="Training", source="R-ADD-04"),
        Code(code="ASSESSMENT", zh="考核鉴定", en="Assessment", source="R-ADD-04"),
        Code(code="PLACEMENT", zh="转移就业", en="Placement", source="R-ADD-04"),
        Code(code="MONEY", zh="资金使用", en="Use of money", source="R-ADD-04"),
    ),
)

FINDING_KINDS: Final = CodeList(
    name="finding-kinds",
    zh="抽查发现的问题",
    en="What spot checks find",
    codes=(
        Code(code="NEVER_THERE", zh="本人未参加", en="The worker was never there", source="R-ADD-04"),
        Code(code="HOURS_FALSE", zh="学时、出勤不实", en="Hours or attendance are false", source="R-ADD-04"),
        Code(
            code="UNLIKE_THE_PLAN", zh="教学与计划不符", en="Taught otherwise than planned", source="R-ADD-04, R-TRN-06"
        ),
        Code(code="CHOICE_NOT_FREE", zh="非本人自主选择", en="The choice was not the worker's", source="R-REG-07"),
        Code(code="MONEY_NOT_RECEIVED", zh="补贴未到本人", en="Money did not arrive", source="R-ADD-04"),
    ),
)

FINDING_OUTCOMES: Final = CodeList(
    name="finding-outcomes",
    zh="问题整改结果",
    en="What came of a finding",
    codes=(
        Code(code="CORRECTED", zh="已更正", en="Corrected", source="R-ADD-04"),
        Code(code="SANCTIONED", zh="已处理", en="Sanctioned", source="R-ADD-04, R-INS-06"),
        Code(code="NOT_CONFIRMED", zh="查无此事", en="Not confirmed", source="R-ADD-04"),
    ),
)

EVALUATION_VERDICTS: Final = CodeList(
    name="evaluation-verdicts",
    zh="独立评估结论",
    en="Verdicts of the committee",
    codes=(
        Code(code="SOUND", zh="符合要求", en="Sound", source="R-ADD-04"),
        Code(code="DEFICIENT", zh="存在不足", en="Deficient", source="R-ADD-04"),
        Code(code="FAILED", zh="不符合要求", en="Failed", source="R-ADD-04"),
    ),
)

TRAINING_LISTS: Final = (
    INSTITUTION_KINDS,
    BASE_GRADES,
    ACCREDITATION_CRITERIA,
    REVIEW_RESULTS,
    REVOCATION_GROUNDS,
    STANDARD_KINDS,
    TRAINING_CATEGORIES,
    TRAINING_MODES,
    VENUES,
    SESSION_FORMS,
    CLASS_REJECTION_REASONS,
    TEST_RESULTS,
    FAILURE_REASONS,
    LEAVING_CLASS_REASONS,
    INSPECTED_STEPS,
    FINDING_KINDS,
    FINDING_OUTCOMES,
    EVALUATION_VERDICTS,
)

InstitutionKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(INSTITUTION_KINDS.known)), WithJsonSchema(INSTITUTION_KINDS.json_schema())
]
BaseGradeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(BASE_GRADES.known)), WithJsonSchema(BASE_GRADES.json_schema())
]
CriterionCode: TypeAlias = Annotated[
    str, AfterValidator(checked(ACCREDITATION_CRITERIA.known)), WithJsonSchema(ACCREDITATION_CRITERIA.json_schema())
]
ReviewResultCode: TypeAlias = Annotated[
    str, AfterValidator(checked(REVIEW_RESULTS.known)), WithJsonSchema(REVIEW_RESULTS.json_schema())
]
RevocationGroundCode: TypeAlias = Annotated[
    str, AfterValidator(checked(REVOCATION_GROUNDS.known)), WithJsonSchema(REVOCATION_GROUNDS.json_schema())
]
StandardKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(STANDARD_KINDS.known)), WithJsonSchema(STANDARD_KINDS.json_schema())
]
CategoryCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TRAINING_CATEGORIES.known)), WithJsonSchema(TRAINING_CATEGORIES.json_schema())
]
ModeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TRAINING_MODES.known)), WithJsonSchema(TRAINING_MODES.json_schema())
]
VenueCode: TypeAlias = Annotated[str, AfterValidator(checked(VENUES.known)), WithJsonSchema(VENUES.json_schema())]
SessionFormCode: TypeAlias = Annotated[
    str, AfterValidator(checked(SESSION_FORMS.known)), WithJsonSchema(SESSION_FORMS.json_schema())
]
ClassRejectionReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(CLASS_REJECTION_REASONS.known)), WithJsonSchema(CLASS_REJECTION_REASONS.json_schema())
]
ClosingTestCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TEST_RESULTS.known)), WithJsonSchema(TEST_RESULTS.json_schema())
]
LeavingClassReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(LEAVING_CLASS_REASONS.known)), WithJsonSchema(LEAVING_CLASS_REASONS.json_schema())
]
InspectedStepCode: TypeAlias = Annotated[
    str, AfterValidator(checked(INSPECTED_STEPS.known)), WithJsonSchema(INSPECTED_STEPS.json_schema())
]
FindingKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(FINDING_KINDS.known)), WithJsonSchema(FINDING_KINDS.json_schema())
]
FindingOutcomeCode: TypeAlias = Annotated[
    str, AfterValidator(checked(FINDING_OUTCOMES.known)), WithJsonSchema(FINDING_OUTCOMES.json_schema())
]
VerdictCode: TypeAlias = Annotated[
    str, AfterValidator(checked(EVALUATION_VERDICTS.known)), WithJsonSchema(EVALUATION_VERDICTS.json_schema())
]
