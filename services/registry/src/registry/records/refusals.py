"""What the rules of records refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotOffered(Rejected):
    """No key was offered for this transfer, or to another province."""

    code = "record_not_offered"


class NotTheHost(Rejected):
    """The transfer does not go to that province."""

    code = "record_not_the_host"


class NotTheHome(Rejected):
    """Only the home of the person orders that."""

    code = "record_not_the_home"
