"""What other services may know of a list of trainees: ids, and whom it is for. Receipts stay at home."""

from contracts.registry import ListReceiver, TraineeListPublishedV1

from registry.trainee_lists.events import TraineeListEvent, TraineeListPublished


def publish(event: TraineeListEvent) -> TraineeListPublishedV1 | None:
    if not isinstance(event, TraineeListPublished):
        return None
    return TraineeListPublishedV1(
        trainee_list=event.trainee_list,
        region=event.region,
        plan=event.plan,
        trainees=event.trainees,
        receivers=tuple(ListReceiver(kind=each.kind, organisation=each.organisation) for each in event.receivers),
        due_on=event.due_on,
        organisation=event.organisation,
    )
