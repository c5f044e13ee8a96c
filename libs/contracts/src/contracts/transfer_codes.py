"""Code lists of transfers: how one ends, and why."""

from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, WithJsonSchema

from contracts.codes import Code, CodeList
from contracts.errors import checked

TRANSFER_STATES: Final = CodeList(
    name="transfer-states",
    zh="输送状态",
    en="Where a transfer stands",
    codes=(
        Code(code="PROPOSED", zh="已提出，待占用协议名额", en="Waits for a place of the agreement", source="R-XRG-01"),
        Code(code="NOMINATED", zh="已推荐，待接收方答复", en="Waits for the host's answer", source="R-XRG-01"),
        Code(code="SEAT_ASKED", zh="拟接收，待占用岗位名额", en="Waits for a seat", source="R-XRG-13"),
        Code(code="ACCEPTED", zh="已接收，待输出方确认", en="Waits for home's answer", source="R-XRG-13"),
        Code(code="CONFIRMED", zh="已确认，待出发", en="Waits for the departure", source="R-XRG-13"),
        Code(code="DISPATCHED", zh="已出发", en="On the way", source="R-XRG-13"),
        Code(code="ARRIVED", zh="已到岗报到", en="Arrived", source="R-XRG-13"),
        Code(code="EMPLOYED", zh="已就业", en="Employed", source="R-XRG-05"),
        Code(code="DROPPED", zh="未推荐即终止", en="Ended before it was nominated", source="R-XRG-01"),
        Code(code="REJECTED", zh="不予接收", en="Rejected by the host", source="R-XRG-13"),
        Code(code="WITHDRAWN", zh="已撤回", en="Withdrawn by home", source="R-XRG-13"),
        Code(code="EXPIRED", zh="已过期", en="Expired", source="R-XRG-13"),
        Code(code="NOT_ARRIVED", zh="未到岗", en="Did not arrive", source="R-XRG-05"),
        Code(code="RETURNED", zh="已返乡", en="Returned without the job", source="R-XRG-05"),
    ),
)

TRANSFER_REJECTIONS: Final = CodeList(
    name="transfer-rejections",
    zh="不予接收的原因",
    en="Why a host does not take a worker",
    codes=(
        Code(code="NO_SEAT", zh="岗位已满或已关闭", en="The vacancy has no seat", source="R-XRG-13"),
        Code(code="NOT_SUITABLE", zh="与岗位要求不符", en="Does not fit the vacancy", source="R-XRG-13"),
        Code(code="EMPLOYER_DECLINED", zh="用人单位不同意", en="The employer declines", source="R-XRG-13"),
        Code(code="CERTIFICATE", zh="证书不符合要求", en="The certificate will not do", source="R-PLC-16"),
    ),
)

TRANSFER_WITHDRAWALS: Final = CodeList(
    name="transfer-withdrawals",
    zh="撤回推荐的原因",
    en="Why home takes a worker back",
    codes=(
        Code(code="OWN_WISH", zh="本人要求", en="The worker wishes so", source="R-XRG-05"),
        Code(code="FOUND_WORK", zh="已就业", en="Found work", source="R-XRG-05"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-XRG-05"),
        Code(code="FAMILY", zh="家庭原因", en="Family", source="R-XRG-05"),
        Code(code="STEWARDSHIP", zh="管辖移交", en="Another province is responsible now", source="R-XRG-03"),
        Code(code="DECEASED", zh="死亡", en="Death", source="R-XRG-05"),
        Code(code="ERASED", zh="个人信息已删除", en="The personal data were erased", source="R-XRG-05"),
    ),
)

TRANSFER_RETURNS: Final = CodeList(
    name="transfer-returns",
    zh="到岗后返乡的原因",
    en="Why a worker went home again without the job",
    codes=(
        Code(code="OWN_WISH", zh="本人要求", en="The worker wishes so", source="R-XRG-05"),
        Code(code="NOT_HIRED", zh="用人单位未录用", en="The employer did not hire", source="R-XRG-05"),
        Code(code="CONDITIONS", zh="与招聘条件不符", en="The job is not as it was offered", source="R-XRG-05"),
        Code(code="ILLNESS", zh="患病", en="Illness", source="R-XRG-05"),
        Code(code="FAMILY", zh="家庭原因", en="Family", source="R-XRG-05"),
        Code(code="DECEASED", zh="死亡", en="Death", source="R-XRG-05"),
    ),
)

TRANSFER_LISTS: Final = (TRANSFER_STATES, TRANSFER_REJECTIONS, TRANSFER_WITHDRAWALS, TRANSFER_RETURNS)

TransferRejectionCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TRANSFER_REJECTIONS.known)), WithJsonSchema(TRANSFER_REJECTIONS.json_schema())
]
TransferWithdrawalCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TRANSFER_WITHDRAWALS.known)), WithJsonSchema(TRANSFER_WITHDRAWALS.json_schema())
]
TransferReturnCode: TypeAlias = Annotated[
    str, AfterValidator(checked(TRANSFER_RETURNS.known)), WithJsonSchema(TRANSFER_RETURNS.json_schema())
]
