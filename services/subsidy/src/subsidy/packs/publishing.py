"""What other services may know of a rule pack. Its whole text is at `/v1/rule-packs`, for everybody."""

from contracts.subsidy import RulePackPublishedV1

from subsidy.packs.events import PackEvent


def publish(event: PackEvent) -> RulePackPublishedV1:
    return RulePackPublishedV1(
        pack=f"{event.name}@{event.version}",
        region=event.region,
        kind=event.kind,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        digest=event.digest,
        organisation=event.organisation,
    )
