"""`lb import` against a running province."""

from pathlib import Path

import pytest
from lb.main import app
from made_rosters import line, made_up, roster, roster_of
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from tests.e2e.province import Province

pytestmark = [pytest.mark.postgres, pytest.mark.kafka, pytest.mark.processes]


def test_the_command_says_what_became_of_the_rows_and_keeps_them_with_the_reasons(
    province: Province, tmp_path: Path
) -> None:
    good, bad = made_up(2, seed=61, county="520523")
    sound, dirty, broken = tmp_path / "sound.csv", tmp_path / "dirty.csv", tmp_path / "broken.xlsx"
    sound.write_bytes(roster_of([good]))
    dirty.write_bytes(roster([line(good), line(bad, 联系电话="no phone")]))
    broken.write_bytes(b"PK\x03\x04 no workbook")
    told = run(province, sound)
    assert (told.exit_code, told.stdout.split()[-6:]) == (0, ["sound.csv", "1", "1", "0", "0", "0"])
    told = run(province, dirty, "--verdicts")
    assert (told.exit_code, told.stdout.split()[-6:]) == (1, ["dirty.csv", "2", "0", "0", "1", "1"])
    assert "phone_malformed" in told.stderr
    sheet = CalamineWorkbook.from_path(str(tmp_path / "dirty.verdicts.xlsx")).get_sheet_by_index(0).to_python()
    assert {good.number, bad.number} <= {str(cell) for row in sheet for cell in row}
    told = run(province, broken)
    assert told.exit_code == 1
    assert "roster_broken" in told.stderr
    assert run(province, sound, "--default", "colour=red").exit_code == 1


def run(province: Province, *words: object) -> Result:
    at = ("--region", province.deployment.region, "--run", str(province.deployment.run), "--office", "520523")
    return CliRunner().invoke(app, ["import", *map(str, words), *at])
