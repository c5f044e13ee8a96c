"""Ports of 127.0.0.1."""

import contextlib
import secrets
import socket
from collections.abc import Iterator
from pathlib import Path

HOST = "127.0.0.1"
SERVERS = range(12_000, 30_000)
"""A client's connection takes its port from above, at any moment."""
_LISTEN = "0A"  # as /proc/net/tcp writes the state


def is_listening(address: str) -> bool:
    """Whether somebody accepts connections at `host:port`. Says nothing about being ready."""
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=0.5).close()
    except OSError:
        return False
    return True


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def holder(port: int) -> str:
    """Who listens there, e.g. `postgres (pid 4711)`, as far as this user may see it; else empty."""
    sockets = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if str(link.readlink()) in sockets:
                process = link.parents[1]
                return f"{(process / 'comm').read_text().strip()} (pid {process.name})"
    return ""


def _listening_inodes(port: int) -> Iterator[str]:
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError):
            for line in Path("/proc/net", table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                    yield fields[9]


def free_ports(count: int) -> list[int]:
    """So many different ports that nobody holds at this moment, below those that the system gives to clients."""
    found: set[int] = set()
    while len(found) < count:
        port = secrets.choice(SERVERS)
        if is_free(port):
            found.add(port)
    return sorted(found)


def free_block(count: int) -> int:
    """The first of so many ports in a row that nobody holds at this moment."""
    while True:
        first = secrets.choice(SERVERS[:-count])
        if all(is_free(port) for port in range(first, first + count)):
            return first
