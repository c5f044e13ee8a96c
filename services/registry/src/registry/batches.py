"""Items of a batch: each has its own verdict, also where it is not as it should be."""

from collections.abc import Callable
from typing import Any

import msgspec
from eventcore.web import problems
from pydantic import BaseModel, ValidationError, WrapValidator


def each_for_itself(model: type[BaseModel]) -> WrapValidator:
    """An item that does not fit becomes the problem that it has met; the others are carried out. It is read as JSON
    again, for what comes here is no longer: dates would have to be dates."""

    def read(value: Any, _: Callable[[Any], Any]) -> Any:
        try:
            return model.model_validate_json(msgspec.json.encode(value))
        except ValidationError as error:
            return problems.invalid(error)

    return WrapValidator(read)
