"""Rule packs for tests: those that are shipped, one that uses everything a pack can say, and facts for them."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from subsidy.packs.engine import Known
from subsidy.packs.inputs import Value
from subsidy.packs.pack import Pack, Rules
from subsidy.packs.reading import read_rules

FOLDER: Final = Path(__file__).parents[2] / "services" / "subsidy" / "packs"
SHIPPED: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
EVERYTHING: Final = """name: 520123-student-aid
region: "520123"
kind: STUDENT_AID
zh: 示例
en: Everything that a pack can say
valid_from: 2026-01-01
valid_to: 2027-01-01
requirements: [R-SUB-04]
illustrative: true
once_per: YEAR
payee: WORKER
conditions:
  - name: alive
    reason: DECEASED
    zh: 在世
    en: Alive
    final: true
    test: {op: not, of: {op: is, input: deceased, value: true}}
  - name: either
    reason: TRAINING_NOT_LISTED
    zh: 类别或天数
    en: The category, or enough days, and not too many
    test:
      op: any
      of:
        - {op: is, input: training_category, value: SPECIAL}
        - op: all
          of:
            - {op: at_least, input: attended_days, number: 10}
            - {op: at_most, input: attended_days, number: 400}
amount:
  - {name: half, op: share, of: charged_fee, basis_points: 5000, rounding: HALF_UP, to: 100, illustrative: true}
  - {name: tenth, op: share, of: charged_fee, basis_points: 1000, rounding: UP, illustrative: true}
  - {name: more, op: greatest, of: [half, 5000], illustrative: true}
  - {name: base, op: fixed, amount: 20000, illustrative: true}
  - {name: together, op: add, of: [more, tenth, base, 300], illustrative: true}
  - {name: less, op: subtract, of: [together, 200], illustrative: true}
caps:
  per_year: {amount: 900000, illustrative: true}
  in_all: {amount: 1500000, source: an example}
deadlines: {decide: 10, pay: 20, claim: 90, illustrative: true}
sources:
  - {fund: LOCAL_MATCHING, when: {op: at_least, input: age, number: 30}}
  - {fund: EMPLOYMENT_SUBSIDY}
needed:
  - {zh: 无, en: Nothing}
"""


def text_of(name: str) -> str:
    """The YAML of a shipped pack."""
    return (FOLDER / f"{name}.yaml").read_text("utf-8")


@cache
def shipped(name: str) -> Pack:
    """A shipped pack as its first version."""
    return Pack(1, read_rules(text_of(name)))


@cache
def everything() -> Pack:
    return Pack(1, read_rules(EVERYTHING))


def facts(**values: Value) -> dict[str, Known]:
    """Known inputs, each by a fact of its own."""
    return {name: Known(value=value, fact=f"fact-{name}/1") for name, value in values.items()}


def changed(rules: Rules, path: tuple[str | int, ...], value: object) -> Rules:
    """The rules with another value at that place."""
    plain: Any = json.loads(rules.canonical())
    inner = plain
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    return Rules.model_validate_json(json.dumps(plain))
