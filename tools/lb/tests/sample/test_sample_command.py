"""`lb sample` as a person meets it."""

import csv
from pathlib import Path

import pytest
from lb.main import app
from lb.problems import Problem
from typer.testing import CliRunner


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["sample", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def refused(*arguments: str) -> str:
    with pytest.raises(Problem) as problem:
        CliRunner().invoke(app, ["sample", *arguments], catch_exceptions=False)
    return str(problem.value)


def test_it_says_what_it_wrote_and_the_lists_agree(tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    shown = run("--workers", "300", "--bad", "0.2", "--out", str(out))
    uploads, verdicts, people = _lists(out)
    assert len(uploads) == 42
    assert {row["file"] for row in verdicts} == {row["file"] for row in uploads}
    assert all((out / row["file"]).is_file() for row in uploads)
    assert len(people) == 300
    assert sum(int(row["surveys"]) for row in people) == sum(
        row["verdict"] in ("recorded", "again") for row in verdicts
    )
    assert uploads[0]["file"] in shown
    assert shown.splitlines()[43].split()[:2] == ["all", str(len(verdicts))]
    assert "phone_malformed" in shown


def _lists(out: Path) -> tuple[list[dict[str, str]], list[dict[str, str]], list[dict[str, str]]]:
    def rows(name: str) -> list[dict[str, str]]:
        with (out / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return rows("uploads.csv"), rows("verdicts.csv"), rows("people.csv")


def test_a_folder_with_something_in_it_is_left_alone_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "99-520526-utf8.csv").write_text("of an earlier sample")
    sizes = ("--workers", "300", "--bad", "0.2", "--out", str(tmp_path))
    assert refused(*sizes) == (
        f"{tmp_path} is not empty. Name another folder with --out, or replace the sample with --force."
    )
    run(*sizes, "--force")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "99-520526-utf8.csv").exists()
    assert (tmp_path / "verdicts.csv").exists()
    assert (
        refused("--out", str(tmp_path / "notes.txt"))
        == f"{tmp_path / 'notes.txt'} is a file. Name a folder with --out."
    )


@pytest.mark.parametrize(
    ("workers", "bad", "remedy"),
    [
        ("300", "0.03", "Take --workers 1800 or --bad 0.18 at least."),
        ("100", "0.03", "Take --workers 1800 at least."),
        ("300", "0", "Take --bad 0.18 at least."),
        ("100", "0", "Take --workers 180 --bad 0.3 at least."),
    ],
)
def test_too_few_bad_rows_are_refused_with_what_suffices(tmp_path: Path, workers: str, bad: str, remedy: str) -> None:
    told = refused("--workers", workers, "--bad", bad, "--out", str(tmp_path / "out"))
    assert told.endswith(f"every kind of defect 3 times takes 54. {remedy}")
    assert not (tmp_path / "out").exists()


def test_a_region_without_counties_here_is_refused(tmp_path: Path) -> None:
    for region in ("110000", "520526", "gz"):
        assert "Take one of: 330000, 360000" in refused("--region", region, "--out", str(tmp_path / "out"))


def test_another_province_sends_its_own_counties(tmp_path: Path) -> None:
    run("--workers", "300", "--bad", "0.2", "--region", "530000", "--out", str(tmp_path))
    uploads, verdicts, people = _lists(tmp_path)
    assert {row["region"][:2] for row in uploads} == {row["number"][:2] for row in people} == {"53"}
    assert len(verdicts) > 300


def test_help_is_in_both_languages() -> None:
    shown = CliRunner().invoke(app, ["sample", "--help"], env={"COLUMNS": "200"}).stdout
    options = [line for line in shown.splitlines() if "--" in line and "--help" not in line and "Usage" not in line]
    assert len(options) == 6
    assert all(any("一" <= letter <= "鿿" for letter in line) for line in options)
