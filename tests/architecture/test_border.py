"""What goes to other provinces is found by the reader that signs it."""

import json
from pathlib import Path

import pytest
from eventcore.codec import Codec
from eventcore.service import Service
from placement.app import SERVICE as PLACEMENT
from registry.app import SERVICE as REGISTRY
from subsidy.app import SERVICE as SUBSIDY

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("service", [PLACEMENT, REGISTRY, SUBSIDY], ids=lambda service: service.name)
def test_every_kind_of_stream_that_addresses_another_province_is_read_for_it(service: Service) -> None:
    """A kind that `crossing` forgets would never be sent, and nobody would miss it."""
    assert service.addressees
    read = {kind for decider in service.crossing or service.deciders for kind in Codec(decider.events).types()}
    golden = (ROOT / "services" / service.name / "tests" / "golden").rglob("*.public.json")
    addressed = {file.name.split(".")[0] for file in golden if json.loads(file.read_text()).get("to")}
    assert addressed
    assert addressed <= read
