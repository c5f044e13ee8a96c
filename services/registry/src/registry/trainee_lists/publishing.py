"""What other services may know of a list of trainees: ids, and whom it is for. Receipts stay at home."""

from contracts.registry import TraineeListPublishedV1

from registry.telling import told
from registry.trainee_lists.events import TraineeListEvent, TraineeListPublished


def publish(event: TraineeListEvent) -> TraineeListPublishedV1 | None:
    return told(TraineeListPublishedV1, event) if isinstance(event, TraineeListPublished) else None
