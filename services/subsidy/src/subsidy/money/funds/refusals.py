"""What the rules of funds refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class FundUnknown(Rejected):
    """Nothing was allocated to this fund."""

    code = "fund_unknown"


class FundWouldBeShort(Rejected):
    """More was paid, or is on its way, than would be left."""

    code = "fund_would_be_short"


class NothingToExplain(Rejected):
    """The fund has no such open item."""

    code = "fund_item_unknown"


class FundNotFrozen(Rejected):
    """The fund is not frozen."""

    code = "fund_not_frozen"


class ItemsOpen(Rejected):
    """Something is unexplained still."""

    code = "fund_items_open"


class OwnExplanation(Rejected):
    """Who explained, or froze, does not unfreeze."""

    code = "fund_explained_by_you"
