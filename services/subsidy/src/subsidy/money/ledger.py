"""Double entry in fen: which accounts an event moves. Each line sums to zero, and so does every command.

Each fund has accounts of its own, `<fund>/<stage>` or `<fund>/<stage>/<county>`: no posting ever names two funds
(R-SUB-01). A claim stays with the fund and the county of its first grant, though a fact that came later would choose
another fund: what one fund paid is owed back to it, and never made good from another.

| what happened | from | to |
|---|---|---|
| money was allocated to the fund, or reduced by as much | TREASURY | BUDGET |
| a claim was decided, or adjusted by the difference | BUDGET | COMMITTED |
| its order was released in an approved batch | COMMITTED | PAYABLE |
| the order was left out of the file: nobody to pay | PAYABLE | COMMITTED |
| the file was sent | PAYABLE | IN_TRANSIT |
| the bank paid | IN_TRANSIT | PAID |
| the bank did not pay, for good | IN_TRANSIT | COMMITTED |
| money came back, from the bank or from who owed it | RETURNED | COMMITTED |
| more was paid than is owed: a recovery is open, or smaller by as much | OWED_BACK | COMMITTED |
| the bank moved money and nobody knows why; explained: back | BUDGET | SUSPENSE |

PAYABLE, IN_TRANSIT and PAID are never below zero; TREASURY, RETURNED and OWED_BACK never above. PAID and RETURNED grow
only, so that each can be laid beside the bank's own list; what is left with the payees is their sum. BUDGET is below
zero where more was decided than was allocated. COMMITTED of a claim that was adjusted is below zero until its payment
has found out what that means.
"""

from enum import StrEnum

from eventcore.effects import Post


class Stage(StrEnum):
    TREASURY = "TREASURY"
    BUDGET = "BUDGET"
    COMMITTED = "COMMITTED"
    PAYABLE = "PAYABLE"
    IN_TRANSIT = "IN_TRANSIT"
    PAID = "PAID"
    RETURNED = "RETURNED"
    OWED_BACK = "OWED_BACK"
    SUSPENSE = "SUSPENSE"


Posts = tuple[Post, ...]


def account(fund: str, stage: Stage, county: str = "") -> str:
    """The account's text. What concerns a claim is kept by the county of the claim."""
    return f"{fund}/{stage}/{county}" if county else f"{fund}/{stage}"


def _moved(amount: int, source: str, target: str) -> Posts:
    return (Post(source, -amount), Post(target, amount)) if amount else ()


def allocated(fund: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.TREASURY), account(fund, Stage.BUDGET))


def decided(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.BUDGET), account(fund, Stage.COMMITTED, county))


def ordered(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.COMMITTED, county), account(fund, Stage.PAYABLE, county))


def left_out(fund: str, county: str, amount: int) -> Posts:
    return ordered(fund, county, -amount)


def sent(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.PAYABLE, county), account(fund, Stage.IN_TRANSIT, county))


def executed(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.IN_TRANSIT, county), account(fund, Stage.PAID, county))


def failed(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.IN_TRANSIT, county), account(fund, Stage.COMMITTED, county))


def returned(fund: str, county: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.RETURNED, county), account(fund, Stage.COMMITTED, county))


def owed_back(fund: str, county: str, difference: int) -> Posts:
    """`difference`: by how much more is owed back than before; below zero: less."""
    return _moved(difference, account(fund, Stage.OWED_BACK, county), account(fund, Stage.COMMITTED, county))


def unexplained(fund: str, amount: int) -> Posts:
    return _moved(amount, account(fund, Stage.BUDGET), account(fund, Stage.SUSPENSE))


def explained(fund: str, amount: int) -> Posts:
    return unexplained(fund, -amount)
