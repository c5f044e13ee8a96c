"""Code lists of stewardship: why a province becomes responsible for a worker, and why one refuses."""

from typing import Final

from contracts.codes import Code, CodeList

HOME: Final = "HOME"
JOB_FOUND_ALONE: Final = "JOB_FOUND_ALONE"
JOB_BY_TRANSFER: Final = "JOB_BY_TRANSFER"
JOB_ENDED: Final = "JOB_ENDED"
OFFICE: Final = "OFFICE"
DECEASED: Final = "DECEASED"
ORDER: Final = "ORDER"
STILL_EMPLOYED: Final = "STILL_EMPLOYED"
UNKNOWN_WORKER: Final = "UNKNOWN_WORKER"

STEWARDSHIP_GROUNDS: Final = CodeList(
    name="stewardship-grounds",
    zh="管辖变更的原因",
    en="Why the responsibility for a worker moves",
    codes=(
        Code(code=HOME, zh="户籍地", en="Home of the worker", source="design"),
        Code(code=JOB_FOUND_ALONE, zh="自行就业", en="A job that the worker found alone", source="R-ADD-09"),
        Code(code=JOB_BY_TRANSFER, zh="转移就业", en="A job by a transfer", source="design"),
        Code(code=JOB_ENDED, zh="离职返回", en="The job has ended", source="design"),
        Code(code=OFFICE, zh="户籍地请求交还", en="An office at home asks it back", source="design"),
        Code(code=DECEASED, zh="死亡", en="The worker has died", source="design"),
        Code(code=ORDER, zh="上级部门命令", en="By order of a supervising office", source="design"),
    ),
)

STEWARDSHIP_REFUSALS: Final = CodeList(
    name="stewardship-refusals",
    zh="拒绝移交管辖的原因",
    en="Why responsibility is not given, or not given back",
    codes=(
        Code(code=STILL_EMPLOYED, zh="仍在当地就业", en="The worker has a job there", source="design"),
        Code(code=DECEASED, zh="劳动者已死亡", en="The worker has died", source="design"),
        Code(code=UNKNOWN_WORKER, zh="查无此人", en="Home knows no such worker", source="design"),
    ),
)

STEWARDSHIP_LISTS: Final = (STEWARDSHIP_GROUNDS, STEWARDSHIP_REFUSALS)
