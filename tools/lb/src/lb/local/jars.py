"""Java archives named by a pom under `deploy/local`: by Maven where it is installed, else by jgo, checked by hash."""

import hashlib
import shutil
import sys
import xml.etree.ElementTree as ET  # our own pom, not foreign input
from dataclasses import dataclass
from pathlib import Path

from lb.local.downloads import Tell, cached, digest_of, hides_system, python_packages, run, tell_stderr
from lb.paths import Project, find_project
from lb.problems import Problem

_POM = "{http://maven.apache.org/POM/4.0.0}"
_SUMS = "jars.sha256"

# jgo's own commands always bring the dependencies along.
_FETCH_ONE = """\
import pathlib, sys
from jgo.maven import MavenContext
group, name, version, classifier, repository = sys.argv[1:]
context = MavenContext(repo_cache=pathlib.Path(repository), timeout=60)
context.project(group, name).at_version(version).artifact(classifier=classifier).resolve()
"""


def find_jars(project: Project, part: str, *, what: str, tell: Tell = tell_stderr) -> Path:
    """The folder with all archives of `deploy/local/<part>/pom.xml`, each as its pinned SHA-256 says."""
    source = project.deploy / part

    def fetch(folder: Path) -> None:
        _fetch(project, source / "pom.xml", folder, what=what, tell=tell)
        _verify(folder, source / _SUMS)

    entry = project.cache / f"{part}-jars-{digest_of(source / 'pom.xml', source / _SUMS)}"
    return cached(entry, fetch, what=what, tell=tell)


def find_maven() -> str | None:
    """The system's Maven; it honours a mirror in the user's settings, which jgo does not."""
    return None if hides_system() else shutil.which("mvn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One archive that a pom names; `alone` means without what it depends on."""

    group: str
    name: str
    version: str
    classifier: str
    alone: bool


def artifacts(pom: Path) -> list[Artifact]:
    """The archives that the pom names itself."""
    return [
        Artifact(
            group=dependency.findtext(f"{_POM}groupId", ""),
            name=dependency.findtext(f"{_POM}artifactId", ""),
            version=dependency.findtext(f"{_POM}version", ""),
            classifier=dependency.findtext(f"{_POM}classifier", ""),
            alone=dependency.find(f"{_POM}exclusions") is not None,
        )
        for dependency in ET.parse(pom).getroot().iter(f"{_POM}dependency")  # noqa: S314
    ]


def _fetch(project: Project, pom: Path, folder: Path, *, what: str, tell: Tell) -> None:
    if maven := find_maven():
        try:
            _fetch_by_maven(maven, pom, folder, what=what)
        except Problem as problem:
            tell(f"{problem.what} Trying without Maven.")
        else:
            return
    _fetch_by_jgo(project, pom, folder, what=what, tell=tell)


def _fetch_by_maven(maven: str, pom: Path, folder: Path, *, what: str) -> None:
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    run([maven, "-q", "-B", "-C", "-Dstyle.color=never", "-f", str(pom), *goal], what=what)


def _fetch_by_jgo(project: Project, pom: Path, folder: Path, *, what: str, tell: Tell) -> None:
    packages = python_packages(project, "jgo", what="jgo, which fetches Java archives without Maven", tell=tell)
    python = ["env", f"PYTHONPATH={packages}", sys.executable]
    work = folder / "jgo"
    repository = work / "repository"
    repository.mkdir(parents=True)
    named = artifacts(pom)
    for each in named:
        if each.alone:
            parts = [each.group, each.name, each.version, each.classifier, str(repository)]
            run([*python, "-c", _FETCH_ONE, *parts], what=what, cwd=work)
    if whole := [f"{each.group}:{each.name}:{each.version}" for each in named if not each.alone]:
        jgo = [*python, "-m", "jgo", "--ignore-config", "--resolver", "python", "--links", "copy", "--color", "plain",
               "--timeout", "60", "--repo-cache", str(repository), "--cache-dir", str(work / "cache")]  # fmt: skip
        run([*jgo, "init", "+".join(whole)], what=what, cwd=work)
        run([*jgo, "sync"], what=what, cwd=work)
    for jar in repository.rglob("*.jar"):
        jar.replace(folder / jar.name)
    shutil.rmtree(work)


def _verify(folder: Path, sums: Path) -> None:
    lines = [line.split("  ", 1) for line in sums.read_text().splitlines()]
    wanted = {name: digest for digest, name in lines}
    found = _sums(folder)
    if found != wanted:
        wrong = sorted(name for name in wanted if found.get(name) != wanted[name])
        raise Problem(f"Java archives differ from their pinned hashes: {', '.join(wrong)}.", do="Try another registry.")


def _sums(folder: Path) -> dict[str, str]:
    return {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in sorted(folder.glob("*.jar"))}


def write_sums(project: Project, part: str) -> None:
    """Pin the hashes of what the registry gives now. Run by hand after a change of the pom; needs Maven."""
    folder = project.cache / f"{part}-pinning"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    _fetch(project, project.deploy / part / "pom.xml", folder, what=part, tell=tell_stderr)
    lines = [f"{digest}  {name}\n" for name, digest in _sums(folder).items()]
    (project.deploy / part / _SUMS).write_text("".join(lines))
    shutil.rmtree(folder)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        write_sums(find_project(), name)
