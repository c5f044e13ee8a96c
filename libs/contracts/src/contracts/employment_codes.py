"""Code lists of jobs: how they end, how workers are followed up, and who places graduates for their trainer."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

EMPLOYMENT_END_REASONS: Final = CodeList(
    name="employment-end-reasons",
    zh="离职原因",
    en="Why a job ends",
    codes=(
        Code(code="TERM_OVER", zh="合同期满", en="The term is over", source="R-PLC-24"),
        Code(code="RESIGNED", zh="本人辞职", en="The worker left", source="R-PLC-24"),
        Code(code="DISMISSED", zh="被解除劳动合同", en="Dismissed", source="R-PLC-24"),
        Code(code="EMPLOYER_CLOSED", zh="用人单位关闭、停产", en="The employer closed or stopped", source="R-PLC-24"),
        Code(code="RETURNED_HOME", zh="返乡", en="The worker returned home", source="R-PLC-24"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-PLC-24"),
        Code(code="RETIRED", zh="退休", en="Retired", source="R-PLC-24"),
        Code(code="DECEASED", zh="死亡", en="Death", source="R-PLC-24"),
    ),
)

VISIT_KINDS: Final = CodeList(
    name="follow-up-visit-kinds",
    zh="跟踪服务方式",
    en="How a worker is contacted",
    codes=(
        Code(code="CALL", zh="电话联系", en="Called", source="R-PLC-07, R-PLC-23"),
        Code(code="AT_HOME", zh="上门走访", en="Visited at home", source="R-PLC-23"),
        Code(code="AT_WORK", zh="走访用人单位", en="Visited at work", source="R-PLC-23"),
        Code(code="OFFICE", zh="到服务机构面谈", en="Came to the office", source="R-PLC-07"),
    ),
)

VISIT_FINDINGS: Final = CodeList(
    name="follow-up-findings",
    zh="跟踪服务结果",
    en="What a contact finds",
    codes=(
        Code(code="AT_WORK", zh="稳定在岗", en="At work", source="R-PLC-23"),
        Code(code="DIFFICULTIES", zh="在岗但有困难", en="At work, with difficulties", source="R-PLC-23"),
        Code(code="WITHOUT_WORK", zh="未就业", en="Without work", source="R-PLC-24"),
        Code(code="NOT_REACHED", zh="未联系到", en="Not reached", source="R-PLC-23"),
    ),
)

DELEGATE_KINDS: Final = CodeList(
    name="placement-delegate-kinds",
    zh="受委托安置就业的组织",
    en="Who may place graduates for their trainer",
    codes=(
        Code(code="PUBLIC_SERVICE", zh="公共就业服务机构", en="Public employment service", source="R-PLC-05"),
        Code(code="LABOUR_EXPORT", zh="劳务输出组织", en="Labour export organisation", source="R-PLC-05"),
        Code(code="LABOUR_DISPATCH", zh="劳务派遣组织", en="Labour dispatch organisation", source="R-PLC-05"),
        Code(code="AGREEMENT_PARTNER", zh="协议合作单位", en="Partner of an agreement", source="R-PLC-28"),
    ),
)

EMPLOYMENT_LISTS: Final = (EMPLOYMENT_END_REASONS, VISIT_KINDS, VISIT_FINDINGS, DELEGATE_KINDS)

EmploymentEndReasonCode: TypeAlias = Annotated[
    str, AfterValidator(checked(EMPLOYMENT_END_REASONS.known)), WithJsonSchema(EMPLOYMENT_END_REASONS.json_schema())
]
VisitKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(VISIT_KINDS.known)), WithJsonSchema(VISIT_KINDS.json_schema())
]
VisitFindingCode: TypeAlias = Annotated[
    str, AfterValidator(checked(VISIT_FINDINGS.known)), WithJsonSchema(VISIT_FINDINGS.json_schema())
]
DelegateKindCode: TypeAlias = Annotated[
    str, AfterValidator(checked(DELEGATE_KINDS.known)), WithJsonSchema(DELEGATE_KINDS.json_schema())
]
