"""Code lists of placement: employers, vacancies, cooperation agreements, and why somebody fits a vacancy."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

BASE_CRITERIA: Final = CodeList(
    name="employment-base-criteria",
    zh="就业基地遴选条件",
    en="By what an employment base is selected",
    codes=(
        Code(code="MANAGEMENT", zh="管理规范", en="Orderly management", source="R-PLC-22"),
        Code(code="RESPONSIBILITY", zh="社会责任感较强", en="Social responsibility", source="R-PLC-22"),
        Code(code="POSTS", zh="岗位适合", en="Fitting posts", source="R-PLC-22"),
    ),
)

BASE_GROUNDS: Final = CodeList(
    name="employment-base-revocation-grounds",
    zh="取消就业基地的依据",
    en="Grounds to revoke an employment base",
    codes=(
        Code(code="CRITERIA", zh="不再符合遴选条件", en="The criteria are not met any more", source="R-PLC-22"),
        Code(code="NO_HIRING", zh="未定向招用贫困劳动力", en="Does not hire poor workers", source="R-PLC-22"),
        Code(code="WAGE_ARREARS", zh="拖欠工资", en="Owes wages", source="R-PLC-22"),
        Code(code="OWN_WISH", zh="企业自愿退出", en="The employer wishes so", source="R-PLC-22"),
    ),
)

EMPLOYER_TITLES: Final = CodeList(
    name="employer-titles",
    zh="用人单位称号",
    en="Titles of employers",
    codes=(
        Code(code="RELIEF_WORKSHOP", zh="就业扶贫车间", en="Poverty-relief workshop", source="R-PLC-17"),
        Code(code="LEADING_ENTERPRISE", zh="吸纳就业先进企业", en="Leading in giving work", source="R-PLC-09"),
        Code(code="INTEGRITY_UNIT", zh="劳动保障诚信单位", en="Keeps labour law in good faith", source="R-PLC-22"),
    ),
)

VACANCY_KINDS: Final = CodeList(
    name="vacancy-kinds",
    zh="岗位类型",
    en="Kinds of vacancies",
    codes=(
        Code(code="REGULAR", zh="一般岗位", en="Regular post", source="R-PLC-13"),
        Code(code="SHORT_JOB", zh="零工", en="Odd job", source="R-PLC-12"),
        Code(code="WORKSHOP", zh="扶贫车间、加工点", en="Workshop or processing point", source="R-PLC-17"),
        Code(code="HOME_BASED", zh="居家就业和灵活就业", en="Home-based or flexible", source="R-PLC-18"),
        Code(code="PUBLIC_WORKS", zh="以工代赈", en="Public works", source="R-PLC-20"),
        Code(code="INTERNSHIP", zh="实习", en="Internship", source="R-PLC-09"),
    ),
)

VACANCY_CLOSINGS: Final = CodeList(
    name="vacancy-closing-reasons",
    zh="岗位关闭原因",
    en="Why a vacancy is closed",
    codes=(
        Code(code="TERM", zh="有效期满", en="Its last day is over", source="R-PLC-13"),
        Code(code="FILLED_ELSEWHERE", zh="已通过其他渠道招满", en="Filled in another way", source="R-PLC-13"),
        Code(code="WITHDRAWN", zh="用人单位撤回", en="The employer withdrew it", source="R-PLC-13"),
        Code(code="UNLAWFUL", zh="违反招用规定", en="Against the rules of hiring", source="R-PLC-16"),
    ),
)

AGREEMENT_KINDS: Final = CodeList(
    name="agreement-kinds",
    zh="协作协议类型",
    en="Kinds of cooperation agreements",
    codes=(
        Code(code="PROVINCE_PAIR", zh="省际劳务协作", en="Between two provinces", source="R-XRG-09"),
        Code(code="COUNTY_PAIR", zh="省内县际劳务协作", en="Between counties", source="R-XRG-10, R-ADD-10"),
        Code(code="EMPLOYER", zh="与用人单位的协议", en="With an employer", source="R-ADD-06, R-PLC-28"),
        Code(code="SCHOOL", zh="与院校的协议", en="With a school", source="R-ADD-06"),
    ),
)

AGREEMENT_ENDS: Final = CodeList(
    name="agreement-end-reasons",
    zh="终止协作协议的原因",
    en="Why an agreement ends",
    codes=(
        Code(code="MUTUAL", zh="双方协商一致", en="Both sides wish so", source="R-XRG-09"),
        Code(code="WITHDRAWN", zh="一方撤回", en="One side withdrew", source="R-XRG-09"),
        Code(code="BREACH", zh="违反协议", en="The agreement was broken", source="R-XRG-09, R-ADD-06"),
        Code(code="REPLACED", zh="由新协议代替", en="Another took its place", source="R-XRG-09"),
    ),
)

MATCH_REASONS: Final = CodeList(
    name="match-reasons",
    zh="推荐理由",
    en="Why a worker fits a vacancy",
    codes=(
        Code(code="SAME_COUNTY", zh="岗位在本县", en="Work in the home county", source="R-PLC-11, R-PLC-17"),
        Code(code="SAME_PREFECTURE", zh="岗位在本市（州）", en="Work in the home prefecture", source="R-PLC-11"),
        Code(code="SAME_PROVINCE", zh="岗位在本省", en="Work in the home province", source="R-XRG-10"),
        Code(code="CERTIFIED", zh="持有该职业证书", en="Certified in the occupation", source="R-PLC-16, R-XRG-13"),
        Code(code="LEVEL_MET", zh="达到要求的技能等级", en="Has the level that is asked for", source="R-XRG-13"),
        Code(code="PRIORITY_GROUP", zh="属于优先帮扶群体", en="Of a group that comes first", source="R-PLC-09"),
        Code(code="EMPLOYMENT_BASE", zh="用人单位为就业基地", en="The employer is a base", source="R-PLC-22"),
        Code(code="AGREEMENT", zh="岗位由协作协议共享", en="Shared under an agreement", source="R-XRG-12, R-XRG-13"),
        Code(code="OPEN_TO_ALL", zh="岗位无特别要求", en="Nothing particular is asked for", source="R-PLC-08"),
    ),
)

MATCH_DECLINES: Final = CodeList(
    name="match-decline-reasons",
    zh="不接受推荐的原因",
    en="Why a worker declines a vacancy",
    codes=(
        Code(code="WAGE", zh="工资不合适", en="The wage", source="R-PLC-08"),
        Code(code="PLACE", zh="地点太远", en="Too far away", source="R-PLC-08, R-PLC-11"),
        Code(code="OCCUPATION", zh="不愿从事该职业", en="The occupation", source="R-PLC-08"),
        Code(code="FAMILY", zh="家庭原因", en="The family", source="R-PLC-08"),
        Code(code="HEALTH", zh="健康原因", en="Health", source="R-PLC-08"),
        Code(code="FOUND_WORK", zh="已就业", en="Found work", source="R-PLC-08"),
        Code(code="NOT_OPEN", zh="岗位已满或已关闭", en="Filled or closed meanwhile", source="R-PLC-13"),
    ),
)

PLACEMENT_LISTS: Final = (
    BASE_CRITERIA,
    BASE_GROUNDS,
    EMPLOYER_TITLES,
    VACANCY_KINDS,
    VACANCY_CLOSINGS,
    AGREEMENT_KINDS,
    AGREEMENT_ENDS,
    MATCH_REASONS,
    MATCH_DECLINES,
)

BaseCriterionCode: TypeAlias = Annotated[
    str, AfterValidator(checked(BASE_CRITERIA.known)), WithJsonSchema(BASE_CRITERIA.json_schema())
]
BaseGroundCode: TypeAlias = Annotated[
    str, AfterValidator(checked(BASE_GROUNDS.known)), WithJsonSchema(BASE_GROUNDS.json_schema())
]
EmployerTitleCode: TypeAlias = Annotated[
    str, AfterValidator(checked(EMPLOYER_TITLES.known)), WithJsonSchema(EMPLOYER_TITLES.json_schema())
]
VacancyKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(VACANCY_KINDS.known)), WithJsonSchema(VACANCY_KINDS.json_schema())
]
VacancyClosingCode: TypeAlias = Annotated[
    str, AfterValidator(checked(VACANCY_CLOSINGS.known)), WithJsonSchema(VACANCY_CLOSINGS.json_schema())
]
AgreementKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(AGREEMENT_KINDS.known)), WithJsonSchema(AGREEMENT_KINDS.json_schema())
]
AgreementEndCode: TypeAlias = Annotated[
    str, AfterValidator(checked(AGREEMENT_ENDS.known)), WithJsonSchema(AGREEMENT_ENDS.json_schema())
]
MatchDeclineCode: TypeAlias = Annotated[
    str, AfterValidator(checked(MATCH_DECLINES.known)), WithJsonSchema(MATCH_DECLINES.json_schema())
]
