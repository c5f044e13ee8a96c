"""python -m registry keys status | rewrap | reindex | accept-loss: rotations by hand, with their progress."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from eventcore import logs
from eventcore.call import Outcome
from eventcore.database import GONE
from eventcore.serving import opened
from eventcore.settings import Refused
from eventcore.store import Store

from registry.app import PROGRAM
from registry.erasure.losing import accept_loss
from registry.numbers.reindexing import Reindexing
from registry.settings import RegistrySettings
from registry.vault import NumberIndex, Vault
from registry.vault.rewrap import master_use, rewrap

ACTIONS: Final = {
    "status": "what is under each version of the master key and of the index key",
    "rewrap": "bring all persons' keys under the newest master key",
    "reindex": "bring all numbers under the newest index key",
    "accept-loss": "give up the data whose keys are lost and in no backup",
}


def chosen(arguments: Sequence[str]) -> str:
    """Which of the actions is asked for."""
    parser = argparse.ArgumentParser(prog="python -m registry keys", description="Keys of the vault.")
    actions = parser.add_subparsers(dest="action", required=True)
    for name, text in ACTIONS.items():
        actions.add_parser(name, help=text)
    return str(parser.parse_args(arguments).action)


async def carry_out(action: str, settings: RegistrySettings, store: Store, vault: Vault) -> int:
    """The exit code: 0 where it was done."""
    reindexing = Reindexing(store, vault, NumberIndex(settings.index_key()))
    match action:
        case "rewrap":
            use = await master_use(vault.keys.pool, vault.keys.masters)
            done = await rewrap(vault.keys.pool, vault.keys.masters, lambda n: _show(n, use.waiting))
            print(f"\n{done} keys are under version {use.newest} of the master key")
        case "reindex":
            return await _reindex(reindexing)
        case "accept-loss":
            print(
                f"{await accept_loss(store, vault.keys)} workers' keys are given up; their data are recorded as erased"
            )
        case _:
            await _status(vault, reindexing)
    return 0


async def _status(vault: Vault, reindexing: Reindexing) -> None:
    masters, numbers = await master_use(vault.keys.pool, vault.keys.masters), await reindexing.use()
    for version, count in masters.keys.items():
        print(f"master key {version}: {count} keys{'' if version == masters.newest else ', waiting'}")
    print(f"master keys that may become '-': {masters.free() or 'none'}")
    for version in sorted(numbers.state.versions | numbers.numbers.keys()):
        print(f"index key {version}: {numbers.under(version)} numbers, "
              f"{'written' if version == numbers.state.written else 'waiting'}")  # fmt: skip
    print(f"vault: {vault.keys.closed or 'open'}")


async def _reindex(reindexing: Reindexing) -> int:
    if (await reindexing.begin()).outcome is Outcome.REFUSED:
        print("the rotation before this one has to end first; this goes on with it", file=sys.stderr)
    waiting = (await reindexing.use()).waiting
    done = await reindexing.run(lambda n: _show(n, waiting))
    use = await reindexing.use()
    print(f"\n{done} numbers came under version {use.state.written} of the index key; {use.waiting} wait")
    return 1 if use.waiting else 0


def _show(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of}", end="", file=sys.stderr, flush=True)


def run(arguments: Sequence[str]) -> None:
    """Parses the command line and does it. Exit 1 with one sentence where it cannot."""
    action = chosen(arguments)
    settings = RegistrySettings.load()
    logs.setup("registry", settings.region)

    async def do() -> int:
        async with opened(PROGRAM, settings) as store:
            if not isinstance(store.sealer, Vault):
                raise TypeError("the registry's store has no vault")
            return await carry_out(action, settings, store, store.sealer)

    try:
        sys.exit(asyncio.run(do()))
    except (Refused, TimeoutError) as error:
        sys.exit(f"registry: {error}")
    except GONE as error:
        sys.exit(f"registry cannot reach its databases: {type(error).__name__}")
