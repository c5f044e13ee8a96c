"""What the rules of payment batches refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class BatchUnknown(Rejected):
    """There is no such batch."""

    code = "batch_unknown"


class BatchAlreadyProposed(Rejected):
    """There is a batch of this id."""

    code = "batch_already_proposed"


class NothingDue(Rejected):
    """A batch has between one and 500 orders."""

    code = "batch_without_orders"


class OrderInAnotherBatch(Rejected):
    """One of the orders is in another batch."""

    code = "order_in_another_batch"


class BatchReleased(Rejected):
    """The batch was released: nothing of it can be changed."""

    code = "batch_released"


class BatchIsCancelled(Rejected):
    """The batch was cancelled."""

    code = "batch_cancelled"


class HashDiffers(Rejected):
    """The batch is not what is approved here: look at its lines again."""

    code = "batch_hash_differs"


class OwnBatch(Rejected):
    """Who proposed or changed a batch does not approve it."""

    code = "batch_of_your_own"


class OwnDecision(Rejected):
    """Who decided a claim does not release its payment."""

    code = "batch_with_your_decision"


class FundIsFrozen(Rejected):
    """The fund is frozen until what is unexplained is explained."""

    code = "fund_frozen"


class BatchNotApproved(Rejected):
    """The batch is not approved over these lines."""

    code = "batch_not_approved"
