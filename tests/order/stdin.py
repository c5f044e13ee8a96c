"""The lines that the parent process sends. Never a thread: a blocked one would keep a failed process alive."""

import asyncio
import sys


async def lines() -> asyncio.StreamReader:
    """The standard input of this process; ends with its parent."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader
