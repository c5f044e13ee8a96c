"""What speaks to the bank, once, in a process of its own that a failpoint may kill. Told by its environment."""

import asyncio

from draining import drain
from eventcore.serving import opened
from subsidy.app import PROGRAM
from subsidy.money.bank.taking import BankAnswers
from subsidy.settings import SubsidySettings


async def once() -> None:
    """Files that are to be written, then what lies in the folder."""
    settings = SubsidySettings.load()
    async with opened(PROGRAM, settings) as store:
        for work in PROGRAM.works(settings, store):
            await drain(store.pool, work)
            if isinstance(work, BankAnswers):
                await work.tend()


if __name__ == "__main__":
    asyncio.run(once())
