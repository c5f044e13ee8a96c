"""What another province says of a death is heard in the order in which it was said."""

from contracts.stewardship import StewardshipDeathReportedV1, StewardshipDeathWithdrawnV1
from registry.app import SERVICE


def test_a_death_and_its_taking_back_are_heard_by_one_reader() -> None:
    said = {StewardshipDeathReportedV1.type, StewardshipDeathWithdrawnV1.type}
    hearing = [set(policy.foreign) & said for policy in SERVICE.policies if set(policy.foreign) & said]
    assert hearing == [said]
