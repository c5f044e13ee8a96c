"""What the rules of a rule pack refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class PackBackdated(Rejected):
    """A version that follows another is published before its first day: what was decided stays as it was published."""

    code = "rule_pack_backdated"
