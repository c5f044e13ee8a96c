"""Steps of an amount, said by name: each makes one number of inputs, of earlier steps, and of its own numbers."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from subsidy.packs.criteria import Codes, Name, Number, Part, Text

Operand: TypeAlias = Name | Number
"""The result of an earlier step, an input, or a number."""
Operands: TypeAlias = Annotated[tuple[Operand, ...], Field(min_length=2, max_length=20)]


class Step(Part):
    """A line of the arithmetic. Where it says numbers, it says who gives them, or that they are made up."""

    name: Name
    source: Text | None = None
    illustrative: bool = False


class Fixed(Step):
    op: Literal["fixed"]
    amount: Number


class Row(Part):
    """Counts where every input that it names has one of these values."""

    when: Annotated[dict[Name, Codes], Field(min_length=1)]
    amount: Number


class Table(Step):
    """The amount of the first row that fits; without one `otherwise`, or nothing."""

    op: Literal["table"]
    rows: Annotated[tuple[Row, ...], Field(min_length=1, max_length=500)]
    otherwise: Number | None = None


class Tier(Part):
    at_least: Number
    amount: Number


class Tiers(Step):
    """The amount of the highest tier that the value reaches; below all of them, nothing."""

    op: Literal["tiers"]
    of: Name
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=50)]


class Multiply(Step):
    op: Literal["multiply"]
    of: Name
    rate: Annotated[int, Field(ge=0, le=100_000_000)]


class Share(Step):
    """Of an amount, in ten-thousandths, rounded to whole multiples of `to` fen."""

    op: Literal["share"]
    of: Name
    basis_points: Annotated[int, Field(ge=1, le=100_000)]
    rounding: Literal["DOWN", "HALF_UP", "UP"]
    to: Annotated[int, Field(ge=1, le=100_000)] = 1


class Add(Step):
    op: Literal["add"]
    of: Operands


class Subtract(Step):
    """The first less the others; never below zero."""

    op: Literal["subtract"]
    of: Operands


class Least(Step):
    op: Literal["least"]
    of: Operands


class Greatest(Step):
    op: Literal["greatest"]
    of: Operands


AnyStep: TypeAlias = Annotated[
    Fixed | Table | Tiers | Multiply | Share | Add | Subtract | Least | Greatest, Field(discriminator="op")
]
