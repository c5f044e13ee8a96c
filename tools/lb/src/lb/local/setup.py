"""Fetch and make once what local servers need; afterwards nothing needs the network.

Run as `python -m lb.local.setup [--viewer]`.
"""

import sys
import time

from lb.local.accounts import server_account
from lb.local.downloads import Tell, tell_stderr
from lb.local.jars import find_jars
from lb.local.java import find_java
from lb.local.kafka import KAFKA_ARCHIVES, class_archive
from lb.local.pgbinaries import find_binaries
from lb.local.zipkin import ZIPKIN_ARCHIVE
from lb.paths import Project, find_project
from lb.problems import Problem


def set_up(project: Project, *, viewer: bool, tell: Tell = tell_stderr) -> float:
    """Have PostgreSQL, Java, Kafka and, where asked for, the trace viewer ready; the seconds that took."""
    began = time.monotonic()
    find_binaries(project, account=server_account(), shelter=None, tell=tell)
    java = find_java(project, tell=tell)
    jars = find_jars(project, "kafka", what=KAFKA_ARCHIVES, tell=tell)
    class_archive(project, java, jars, tell=tell)
    if viewer:
        find_jars(project, "zipkin", what=ZIPKIN_ARCHIVE, tell=tell)
    return time.monotonic() - began


if __name__ == "__main__":
    try:
        set_up(find_project(), viewer="--viewer" in sys.argv[1:])
    except Problem as problem:
        sys.exit(str(problem))
