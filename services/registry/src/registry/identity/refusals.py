"""What the rules about identities refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotAskedHere(Rejected):
    """Nobody here asked that."""

    code = "identity_not_asked"


class NotTheOwner(Rejected):
    """The number belongs to another province than the one that answers."""

    code = "identity_not_the_owner"


class NumberNotOurs(Rejected):
    """The number belongs to another province: that one is asked."""

    code = "identity_number_not_ours"
