"""What the rules of a training class refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ClassNotKnown(Rejected):
    """Training has told nothing of this class yet."""

    code = "training_class_not_known"
