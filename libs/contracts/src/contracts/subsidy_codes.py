"""Code lists of subsidies: what is claimed, from which money, why it is refused, why a payment fails."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

CLAIM_KINDS: Final = CodeList(
    name="claim-kinds",
    zh="补贴项目",
    en="Kinds of claims",
    codes=(
        Code(
            code="TRAINING", zh="职业培训补贴", en="Training subsidy", source="R-SUB-05, R-SUB-15, R-SUB-16, R-SUB-40"
        ),
        Code(
            code="LIVING", zh="培训期间生活费补贴", en="Living allowance during training", source="R-SUB-06, R-SUB-18"
        ),
        Code(code="TRAVEL", zh="培训期间交通费补助", en="Travel during training", source="R-SUB-06"),
        Code(code="ASSESSMENT", zh="职业技能鉴定补贴", en="Assessment subsidy", source="R-SUB-03, R-SUB-07"),
        Code(code="SKILL_UPGRADE", zh="参保职工技能提升补贴", en="Skill upgrade of the insured", source="R-SUB-21"),
        Code(code="STUDENT_AID", zh="技工院校学生资助", en="Aid for students of technical schools", source="R-SUB-04"),
        Code(code="TUITION", zh="技工院校免学费补助", en="Tuition at technical schools", source="R-SUB-04, R-SUB-39"),
        Code(code="GRANT", zh="技工院校国家助学金", en="Grant for students", source="R-SUB-04, R-SUB-39"),
        Code(
            code="CROSS_PROVINCE_TRAVEL",
            zh="跨省务工交通补助",
            en="Travel to work in another province",
            source="R-SUB-36",
        ),
        Code(
            code="SOCIAL_INSURANCE",
            zh="用人单位社会保险补贴",
            en="Social insurance paid by an employer",
            source="R-SUB-37, R-ADD-02",
        ),
        Code(code="EMPLOYER_TRAINING", zh="企业自主培训补贴", en="An employer's own training", source="R-SUB-17"),
        Code(code="EMPLOYMENT_SERVICE", zh="就业创业服务补贴", en="Employment service", source="R-SUB-35"),
    ),
)

HELP_KINDS: Final = CodeList(
    name="help-kinds",
    zh="已享受的其他帮扶",
    en="Help that others gave",
    codes=(
        Code(code="TUITION_WAIVER", zh="免除学费", en="Tuition waived", source="R-SUB-39, R-ADD-14"),
        Code(code="CHARITY_GRANT", zh="爱心奖（助）学金", en="Charity scholarship", source="R-SUB-12, R-ADD-14"),
        Code(code="MICRO_LOAN", zh="扶贫小额信贷", en="Micro-loan", source="R-SUB-34, R-SUB-39, R-ADD-14"),
        Code(code="RELENDING", zh="扶贫再贷款", en="Poverty relending", source="R-SUB-38, R-ADD-14"),
    ),
)

FUNDS: Final = CodeList(
    name="funds",
    zh="资金来源",
    en="Sources of money, each earmarked",
    codes=(
        Code(code="EMPLOYMENT_SUBSIDY", zh="就业补助资金", en="Employment subsidy fund", source="R-SUB-05, R-SUB-13"),
        Code(code="UNEMPLOYMENT_INSURANCE", zh="失业保险基金", en="Unemployment insurance fund", source="R-SUB-13"),
        Code(
            code="SKILLS_ACTION",
            zh="职业技能提升行动专账结余资金",
            en="Rest of the special account of the skills action",
            source="R-SUB-13",
        ),
        Code(
            code="EMPLOYEE_EDUCATION", zh="企业职工教育经费", en="Employee education fund", source="R-SUB-13, R-SUB-14"
        ),
        Code(code="CENTRAL_POVERTY_RELIEF", zh="中央财政扶贫资金", en="Central poverty relief", source="R-SUB-01"),
        Code(code="LOCAL_MATCHING", zh="地方配套资金", en="Local matching money", source="R-SUB-01, R-SUB-06"),
        Code(code="REEMPLOYMENT_TRAINING", zh="再就业培训经费", en="Re-employment training money", source="R-SUB-33"),
    ),
)

REFUSAL_REASONS: Final = CodeList(
    name="refusal-reasons",
    zh="不予补贴的原因",
    en="Reasons to refuse a claim",
    codes=(
        Code(code="NOT_IN_GROUP", zh="不属于补贴对象", en="Of no entitled group", source="R-SUB-15, R-SUB-18"),
        Code(code="NO_CERTIFICATE", zh="未取得相应证书", en="No certificate of the kind", source="R-SUB-16"),
        Code(code="CERTIFICATE_REVOKED", zh="证书已撤销或失效", en="The certificate does not hold", source="R-SUB-27"),
        Code(code="NOT_COMPLETED", zh="培训不合格", en="The training was not completed", source="R-CRT-06"),
        Code(
            code="BASE_REVOKED",
            zh="培训机构资格已取消",
            en="The institution was revoked, this class with it",
            source="R-INS-06",
        ),
        Code(
            code="OCCUPATION_NOT_LISTED",
            zh="不在补贴职业（工种）范围",
            en="The occupation is not subsidised",
            source="R-SUB-19",
        ),
        Code(code="TRAINING_NOT_LISTED", zh="不在补贴培训范围", en="The training is not subsidised", source="R-SUB-19"),
        Code(code="NOT_INSURED", zh="未参加失业保险", en="Not insured", source="R-SUB-21"),
        Code(
            code="ALREADY_SUBSIDISED",
            zh="同一职业同一等级已享受",
            en="The occupation and level was subsidised before",
            source="R-SUB-22",
        ),
        Code(code="ALREADY_THIS_YEAR", zh="本年度已享受", en="Was paid this year", source="R-SUB-36"),
        Code(code="CLAIMED_TOO_LATE", zh="超过申领期限", en="Later than the time to claim", source="R-SUB-30"),
        Code(code="HELPED_OTHERWISE", zh="已由其他帮扶承担", en="Covered by other help", source="R-ADD-14"),
        Code(code="NOT_OUTSIDE", zh="未外出务工", en="No work outside", source="R-SUB-36"),
        Code(code="NOT_AT_SCHOOL", zh="本学年不在校", en="Not at school", source="R-SUB-04, R-SUB-39"),
        Code(code="NOT_LONG_ENOUGH", zh="务工时间不足", en="Work outside was too short", source="R-SUB-36, R-ADD-15"),
        Code(
            code="INSURANCE_NOT_PAID",
            zh="未缴纳社会保险费",
            en="No social insurance was paid",
            source="R-SUB-37",
        ),
        Code(code="AGE", zh="年龄不符合规定", en="Not of the required age", source="R-REG-01"),
        Code(code="DECEASED", zh="本人死亡", en="The person has died", source="R-SUB-27"),
        Code(code="SAME_PERSON", zh="同一人重复登记", en="The person was registered twice", source="R-SUB-22"),
        Code(code="FACT_GONE", zh="所依据的事实不属于本人", en="The fact was another person's", source="R-SUB-22"),
        Code(code="NOTHING_OWED", zh="核定金额为零", en="By the rule nothing is owed", source="R-SUB-30"),
    ),
)

PAYMENT_FAILURES: Final = CodeList(
    name="payment-failures",
    zh="支付失败原因",
    en="Reasons why a payment fails",
    codes=(
        Code(code="ACCOUNT_UNKNOWN", zh="账号不存在", en="No such account", source="R-SUB-28"),
        Code(code="ACCOUNT_CLOSED", zh="账户已销户", en="The account is closed", source="R-SUB-28"),
        Code(code="NAME_DIFFERS", zh="户名不符", en="The name is another", source="R-SUB-27, R-SUB-28"),
        Code(code="ID_REUSED", zh="支付编号重复", en="The order's id was used before", source="R-SUB-28"),
        Code(code="TIMED_OUT", zh="银行处理超时", en="The bank ran out of time", source="R-SUB-28"),
        Code(code="NO_ACCOUNT", zh="未登记收款账户", en="No account on record", source="R-SUB-28"),
        Code(code="NOT_DISCLOSED", zh="收款信息限制使用", en="The payee's data may not be used", source="R-SUB-28"),
        Code(code="ORDER_UNKNOWN", zh="银行未收到该支付", en="The bank never saw the order", source="R-SUB-28"),
        Code(code="NOT_EXECUTED", zh="超时后确认未执行", en="Not executed after a time-out", source="R-SUB-28"),
        Code(code="NOT_WRITABLE", zh="收款信息不符合文件格式", en="Does not fit the bank's file", source="R-SUB-28"),
        Code(code="ERASED", zh="个人信息已删除", en="The payee's data were erased", source="R-SUB-28"),
        Code(code="DECEASED", zh="收款人已死亡", en="The payee has died", source="R-SUB-28"),
        Code(code="UNKNOWN_WORKER", zh="未登记的劳动者", en="No such worker", source="R-SUB-28"),
        Code(code="REGION_NOT_YOURS", zh="收款人不在本省", en="The payee is elsewhere", source="R-SUB-28"),
    ),
)

PAYMENT_RETURNS: Final = CodeList(
    name="payment-returns",
    zh="资金退回原因",
    en="Reasons why money came back",
    codes=(
        Code(code="RETURNED_BY_BANK", zh="收款行退汇", en="Returned by the receiving bank", source="R-SUB-28"),
        Code(code="OWED_BACK", zh="退还多付资金", en="Paid back by who was paid too much", source="R-SUB-27"),
    ),
)

ClaimKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(CLAIM_KINDS.known)), WithJsonSchema(CLAIM_KINDS.json_schema())
]
HelpKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(HELP_KINDS.known)), WithJsonSchema(HELP_KINDS.json_schema())
]
FundCode: TypeAlias = Annotated[str, AfterValidator(checked(FUNDS.known)), WithJsonSchema(FUNDS.json_schema())]
RefusalReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(REFUSAL_REASONS.known)), WithJsonSchema(REFUSAL_REASONS.json_schema())
]
PaymentFailureCode: TypeAlias = Annotated[
    str, AfterValidator(checked(PAYMENT_FAILURES.known)), WithJsonSchema(PAYMENT_FAILURES.json_schema())
]
