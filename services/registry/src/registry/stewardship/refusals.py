"""What the rules of stewardship refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotTheHolder(Rejected):
    """Only the holder of this epoch can say that."""

    code = "stewardship_not_the_holder"


class NotTheHome(Rejected):
    """Only who was told of the death can say that."""

    code = "stewardship_not_the_home"


class NothingToTakeBack(Rejected):
    """Home is responsible already."""

    code = "stewardship_at_home"


class HolderIsTrusted(Rejected):
    """The holder's key is not revoked: it is asked to give back, and releases by itself."""

    code = "stewardship_holder_trusted"


class OrderMissing(Rejected):
    """Without the order of a supervising office nothing is taken back."""

    code = "stewardship_order_missing"
