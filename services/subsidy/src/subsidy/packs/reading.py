"""A rule pack from the text that an office writes: whole and right, or refused with every place and reason."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import yaml
from contracts.groups import same_group
from contracts.occupation import OccupationKey, equivalents
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from subsidy.packs.checks import Fault, faults
from subsidy.packs.pack import Rules

MAX_LENGTH: Final = 100_000
MAX_DEPTH: Final = 24


class PackInvalid(ValueError):
    """The text is no rule pack. The faults name places and reasons, and never repeat the text."""

    def __init__(self, *found: Fault) -> None:
        super().__init__("; ".join(f"{each.field}: {each.code}" for each in found))
        self.faults: Final = found


class _Loader(yaml.CSafeLoader):
    """Texts, whole numbers, true, false and null. YAML's dates, floats, `1_000`, `1:30` and `no` stay texts, and so
    are refused where something else is meant; a name that comes twice is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key.value, str) or key.value in seen:
                raise yaml.constructor.ConstructorError(problem="a name twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|[1-9][0-9]{0,17})\Z"), list("0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(?:null|~|)\Z"), ["n", "~", ""])


def read_rules(text: str) -> Rules:
    """The rules in a YAML text, with occupations and groups under all their names. Raises `PackInvalid`."""
    try:
        rules = Rules.model_validate_json(json.dumps(_plain(text)))
    except ValidationError as error:
        raise PackInvalid(*map(_fault, error.errors(include_input=False, include_url=False))) from None
    found = tuple(faults(rules))
    if found:
        raise PackInvalid(*found)
    return widened(rules)


def _plain(text: str) -> object:
    if len(text) > MAX_LENGTH:
        raise PackInvalid(Fault("text", "pack_too_long"))
    try:
        _check_events(text)
        return _Loader(text).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise PackInvalid(Fault(f"line.{line}", "pack_yaml")) from None
    except yaml.YAMLError:
        raise PackInvalid(Fault("text", "pack_yaml")) from None


def _check_events(text: str) -> None:
    """Before anything is built: no aliases, which could stand for more than memory holds; no tags; not too deep."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        place = f"line.{event.start_mark.line + 1 if event.start_mark else 0}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise PackInvalid(Fault(place, "pack_yaml_alias"))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise PackInvalid(Fault(place, "pack_too_deep"))


def _fault(error: ErrorDetails) -> Fault:
    path = [str(part) if isinstance(part, int) or re.fullmatch(r"[a-z_]{1,40}", part) else "*" for part in error["loc"]]
    return Fault(".".join(path) or "text", error["type"])


def widened(rules: Rules) -> Rules:
    """With every edition of each occupation and every name of each group, as of the pack's first day: what is published
    is what is decided by, whatever a crosswalk says later."""
    plain: dict[str, object] = json.loads(rules.canonical())
    return Rules.model_validate_json(json.dumps(_widen(plain, rules.valid_from)))


def _widen(value: Any, day: date) -> Any:
    match value:
        case {"op": "any_group", "groups": groups}:
            return {**value, "groups": _all(groups, day, _names)}
        case {"op": "in", "input": "occupation", "values": codes}:
            return {**value, "values": _all(codes, day, _editions)}
        case {"op": "is", "input": "occupation", "value": code}:
            return {"op": "in", "input": "occupation", "values": _all([code], day, _editions)}
        case {"occupation": list() as codes}:
            return {**value, "occupation": _all(codes, day, _editions)}
        case dict():
            return {name: _widen(each, day) for name, each in value.items()}
        case list():
            return [_widen(each, day) for each in value]
        case _:
            return value


def _all(codes: Sequence[str], day: date, more: Callable[[str, date], Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(each for code in codes for each in (code, *more(code, day))))


def _editions(code: str, day: date) -> Sequence[str]:
    return [str(each) for each in equivalents(OccupationKey.parse(code), day)]


def _names(code: str, day: date) -> Sequence[str]:
    return sorted(same_group(code, day))
