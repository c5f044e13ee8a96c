"""Code lists of handling claims: why one is held, why one is appealed against, which risks are watched."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

HOLD_REASONS: Final = CodeList(
    name="hold-reasons",
    zh="暂缓办理的原因",
    en="Why a claim is held",
    codes=(
        Code(code="CHECK_ATTENDANCE", zh="核查出勤", en="The attendance is checked", source="R-SUB-27"),
        Code(code="CHECK_CERTIFICATE", zh="核查证书", en="The certificate is checked", source="R-SUB-27"),
        Code(code="CHECK_IDENTITY", zh="核查身份", en="The identity is checked", source="R-SUB-27"),
        Code(code="ON_RISK_LIST", zh="列入风险隐患清单", en="On the list of risks", source="R-SUB-25"),
        Code(code="UNDER_INVESTIGATION", zh="正在调查", en="Under investigation", source="R-SUB-27"),
    ),
)

APPEAL_GROUNDS: Final = CodeList(
    name="appeal-grounds",
    zh="申诉理由",
    en="Grounds of an appeal",
    codes=(
        Code(code="FACT_WRONG", zh="事实有误", en="A fact is wrong", source="R-SUB-29"),
        Code(code="EVIDENCE_OVERLOOKED", zh="遗漏材料", en="Evidence was overlooked", source="R-SUB-31"),
        Code(code="RULE_WRONG", zh="适用规则有误", en="Another rule applies", source="R-SUB-30"),
        Code(code="AMOUNT_WRONG", zh="金额有误", en="The amount is wrong", source="R-SUB-30"),
    ),
)

RISK_KINDS: Final = CodeList(
    name="risk-kinds",
    zh="风险隐患类别",
    en="Kinds of risks",
    codes=(
        Code(code="FALSE_REPORT", zh="虚报冒领", en="False reports, claims for others", source="R-SUB-27"),
        Code(code="FRAUD", zh="套取骗取", en="Money taken by fraud", source="R-SUB-27"),
        Code(code="SAME_HANDS", zh="岗位未分离", en="Duties in the same hands", source="R-SUB-24"),
        Code(code="OVERDUE", zh="办理超期", en="Time limits overrun", source="R-SUB-30, R-ADD-13"),
        Code(code="DATA", zh="数据不一致", en="Data that disagree", source="R-SUB-31"),
        Code(code="OTHER", zh="其他", en="Another risk", source="R-SUB-25"),
    ),
)

CLAIM_LISTS: Final = (HOLD_REASONS, APPEAL_GROUNDS, RISK_KINDS)

HoldReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(HOLD_REASONS.known)), WithJsonSchema(HOLD_REASONS.json_schema())
]
AppealGroundCode: TypeAlias = Annotated[
    str, AfterValidator(checked(APPEAL_GROUNDS.known)), WithJsonSchema(APPEAL_GROUNDS.json_schema())
]
RiskKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(RISK_KINDS.known)), WithJsonSchema(RISK_KINDS.json_schema())
]
