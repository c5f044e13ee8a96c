"""How comparisons and source systems hang together; the composition root takes them from here."""

from collections.abc import Sequence
from typing import Final

from eventcore.clock import CLOCK
from eventcore.codec import Codec
from eventcore.reactions import Do
from eventcore.readers import Alarm, Pages, Policy, Work
from eventcore.store import Store
from fastapi import APIRouter

from registry.matching.conflicts.api import conflict_routes
from registry.matching.conflicts.conflict import CONFLICT
from registry.matching.conflicts.view import CONFLICTS
from registry.matching.own import api as own
from registry.matching.own.view import EMPLOYMENT
from registry.matching.people import NameHash
from registry.matching.rhythm.rhythm import RHYTHM, let_day_pass
from registry.matching.runs import api as runs
from registry.matching.runs.run import RUN
from registry.matching.runs.running import Runner
from registry.matching.snapshots import api as snapshots
from registry.matching.snapshots.snapshot import SNAPSHOT, EndTerm
from registry.matching.snapshots.term import TermWork
from registry.matching.snapshots.view import CODEC as SNAPSHOT_CODEC
from registry.matching.snapshots.view import SNAPSHOTS
from registry.policies.when_match_run_completed_note_it_for_its_quarter import (
    when_match_run_completed_note_it_for_its_quarter,
)
from registry.policies.when_match_run_finds_or_misses_a_conflict_say_so_there import (
    when_match_run_finds_or_misses_a_conflict_say_so_there,
)
from registry.settings import RegistrySettings
from registry.sources import api as sources
from registry.surveys.api import Counter
from registry.vault import NumberIndex, Vault

RUN_CODEC: Final = Codec(RUN.events)
DECIDERS: Final = (SNAPSHOT, RUN, CONFLICT, RHYTHM)
VIEWS: Final = (SNAPSHOTS, CONFLICTS, EMPLOYMENT)
CODECS: Final = (SNAPSHOT_CODEC,)
POLICIES: Final = (
    Policy(
        "when_match_run_finds_or_misses_a_conflict_say_so_there",
        when_match_run_finds_or_misses_a_conflict_say_so_there,
        own=(RUN_CODEC,),
    ),
    Policy(
        "when_match_run_completed_note_it_for_its_quarter",
        when_match_run_completed_note_it_for_its_quarter,
        own=(RUN_CODEC,),
    ),
)
ALARMS: Final = (
    Alarm(SNAPSHOT.category, lambda key, _: Do(SNAPSHOT, key, EndTerm())),
    Alarm(RHYTHM.category, lambda key, name: Do(RHYTHM, key, let_day_pass(key, name))),
)


def routers(settings: RegistrySettings, vault: Vault, counter: Counter) -> Sequence[APIRouter]:
    """All routes of source systems and comparisons."""
    keeping = snapshots.Keeping(
        province=settings.region,
        made_up=settings.made_up_people,
        numbers=NumberIndex(settings.index_key()),
        names=NameHash.from_secret(settings.secret("fingerprint_key")),
        vault=vault,
        clock=CLOCK,
    )
    return (
        sources.routes(counter, vault),
        *snapshots.routes(keeping),
        runs.routes(Runner(vault=vault, clock=CLOCK)),
        conflict_routes,
        own.routes(),
    )


def works(store: Store, vault: Vault, pages: Pages) -> Sequence[Work]:
    """The reader that ends terms."""
    return (TermWork(store, vault.keys, pages),)
