"""Bodies of the stewardship routes."""

from typing import Annotated

from eventcore.web import Body, Text, example
from pydantic import Field


class TakeBackIn(Body):
    """By which order of a supervising office. 上级部门命令文号。"""

    model_config = example({"order": "人社厅函〔2027〕3号"})

    order: Annotated[str, Text(150), Field(description="Number of the order. 命令文号")]
