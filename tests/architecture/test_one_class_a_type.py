"""Readers of a process share what one of them decoded: a stored type is one class in a service, whoever reads it."""

from importlib import import_module

import pytest
from eventcore.service import Service

SERVICES = ("registry", "training", "certification", "placement", "subsidy", "reporting")


@pytest.mark.parametrize("name", SERVICES)
def test_every_reader_decodes_a_type_into_the_same_class(name: str) -> None:
    service: Service = import_module(f"{name}.app").SERVICE
    own = [*(view.own for view in service.views), *(policy.own for policy in service.policies)]
    codecs = [*service.all_codecs(), *(codec for codecs in own for codec in codecs)]
    classes: dict[str, set[type]] = {}
    for codec in codecs:
        for cls, kind in codec.kinds.items():
            classes.setdefault(kind.type, set()).add(cls)
    assert {kind: found for kind, found in classes.items() if len(found) > 1} == {}
    assert classes or name == "reporting"
