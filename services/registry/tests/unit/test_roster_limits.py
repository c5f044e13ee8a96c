"""What is refused as a whole, before memory is taken for it, and with which code."""

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
import xlwt
from registry.rosters import Kind, Limits, Unreadable, inspect, read
from roster_files import DEFAULTS, HEADERS, UNEMPLOYED, csv_file, person, roster, table, xls_file, xlsx_file

LINES = table([UNEMPLOYED, person(1)])
XLSX = xlsx_file({"名单": LINES})
XLS = xls_file({"名单": LINES})
CSV = csv_file(LINES)
SHEET = "xl/worksheets/sheet1.xml"


def _refused(data: bytes, limits: Limits | None = None) -> str:
    """By both, with the same code."""
    with pytest.raises(Unreadable) as at_once:
        inspect(data, limits or Limits())
    with pytest.raises(Unreadable) as later:
        read(data, limits or Limits(), DEFAULTS)
    assert at_once.value.code == later.value.code
    return at_once.value.code


def _changed(parts: Mapping[str, bytes], *, level: int = 9) -> bytes:
    """The workbook with other parts."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(XLSX)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for name in dict.fromkeys((*old.namelist(), *parts)):
            new.writestr(name, parts.get(name, b"") if name in parts else old.read(name))
    return out.getvalue()


def _part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(XLSX)) as package:
        return package.read(name)


@pytest.mark.parametrize(("data", "kind"), [(XLSX, Kind.XLSX), (XLS, Kind.XLS), (CSV, Kind.CSV)])
def test_kinds_are_known_by_their_bytes(data: bytes, kind: Kind) -> None:
    assert inspect(data, Limits()) is kind
    assert roster(data).kind is kind


@pytest.mark.parametrize("data", [XLSX, XLS, CSV])
def test_limits_of_bytes_rows_and_cells(data: bytes) -> None:
    assert _refused(data, Limits(bytes=len(data) - 1)) == "roster_too_large"
    assert _refused(data, Limits(rows=2)) == "roster_too_large"
    assert _refused(data, Limits(cells=3 * len(HEADERS) - 1)) == "roster_too_large"
    assert inspect(data, Limits(bytes=len(data), rows=3, cells=3 * len(HEADERS)))


def test_rows_count_over_all_sheets() -> None:
    two = xlsx_file({"一": LINES, "二": table([person(5)])})
    assert _refused(two, Limits(rows=4)) == "roster_too_large"
    assert inspect(two, Limits(rows=5)) is Kind.XLSX


@pytest.mark.parametrize("data", [b"", b" \r\n\t "])
def test_an_empty_file(data: bytes) -> None:
    assert _refused(data) == "roster_empty"


@pytest.mark.parametrize(
    "data",
    [
        *(b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"Rar!\x1a\x07", b"{\\rtf1 x}", b"PK\x05\x06" + bytes(18)),
        *(b"\xef\xbb\xbf\r\n<html><table>", b"<?xml version='1.0'?><Workbook/>"),
    ],
)
def test_other_kinds_whatever_the_name_says(data: bytes) -> None:
    assert _refused(data) == "roster_kind_unsupported"


def test_a_package_and_a_compound_file_of_another_program() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert _refused(out.getvalue()) == "roster_kind_unsupported"
    assert _refused(_renamed("WordDocument")) == "roster_kind_unsupported"


def test_files_with_a_password() -> None:
    assert _refused(_renamed("EncryptedPackage")) == "roster_encrypted"
    marked = bytearray(XLSX)
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := marked.find(mark, start)) >= 0:
            marked[start + at] |= 1
            start += 4
    assert _refused(bytes(marked)) == "roster_encrypted"
    assert _refused(_with_record(0x2F, bytes(6))) == "roster_encrypted"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("data", [XLSX, XLS])
def test_a_file_that_broke_off(data: bytes, kept: float) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data[: int(len(data) * kept)], Limits(), DEFAULTS)
    assert caught.value.code == "roster_broken"


def test_a_part_that_is_not_what_the_directory_says() -> None:
    at = XLSX.find(b"xl/sharedStrings.xml") + len(b"xl/sharedStrings.xml") + 40
    assert _refused(XLSX[:at] + bytes([XLSX[at] ^ 0xFF]) + XLSX[at + 1 :]) == "roster_broken"
    smaller = bytearray(XLSX)
    entry = smaller.rfind(b"PK\x01\x02", 0, smaller.rfind(SHEET.encode()))
    struct.pack_into("<I", smaller, entry + 24, 100)
    assert _refused(bytes(smaller)) == "roster_broken"


@pytest.mark.parametrize(
    "part",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><worksheet>&b;</worksheet>",
        b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>",
        b"<worksheet><sheetData><row r='x'><c r='A1'><v>1</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='1'><c r='1A'><v>1</v></c></row></sheetData></worksheet>",
        b"<?xml version='1.0' encoding='ebcdic-of-nobody'?><worksheet/>",
    ],
)
def test_sheets_that_are_no_sheets(part: bytes) -> None:
    assert _refused(_changed({SHEET: part})) == "roster_broken"


def test_a_bomb_is_measured_before_it_is_inflated() -> None:
    bomb = _changed({SHEET: _part(SHEET).replace(b"<sheetData>", b"<sheetData>" + b" " * (64 << 20))})
    assert len(bomb) < 1 << 20
    assert _refused(bomb) == "roster_inflates"
    assert _refused(_changed({"xl/media/picture.bin": bytes(64 << 20)})) == "roster_inflates"
    assert _refused(XLSX, Limits(inflated=1000)) == "roster_inflates"


def test_a_lone_cell_far_away_is_no_reason_to_take_memory() -> None:
    far = _part(SHEET).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert _refused(_changed({SHEET: far})) == "roster_too_large"
    blank = far.replace(b'"XFD1048576"><v>1</v>', b'"XFD1048576">')
    assert len(roster(_changed({SHEET: blank})).rows) == 2


def test_a_formula_that_fills_an_area_is_one_in_each_of_its_cells() -> None:
    sheet = _part(SHEET)
    at = sheet.index(b'<c r="A2"')
    value = sheet.index(b"<v>", at)
    filled = sheet[:value] + b'<f t="array" ref="A2:A3">x</f>' + sheet[value:]
    found = roster(_changed({SHEET: filled}))
    assert [row.finding and row.finding.code for row in found.rows] == ["formula", "formula"]
    wide = filled.replace(b"A2:A3", b"A2:XFD1048576")
    assert _refused(_changed({SHEET: wide})) == "roster_too_large"


def test_formulas_of_conditional_formats_are_none_of_cells() -> None:
    rules = b"</sheetData><extLst><ext><x14:formula1 xmlns:x14='u'><f xmlns='v'>A1</f></x14:formula1></ext></extLst>"
    found = roster(_changed({SHEET: _part(SHEET).replace(b"</sheetData>", rules)}))
    assert all(row.draft for row in found.rows)


def test_promises_of_an_old_workbook_are_compared_too() -> None:
    assert _refused(_with_record(0xFC, struct.pack("<II", 1 << 31, 1 << 31))) == "roster_broken"
    assert (
        _refused(_with_record(0x200, struct.pack("<IIHHH", 0, 1 << 31, 0, 1 << 15, 0), sheet=True)) == "roster_broken"
    )
    far = struct.pack("<HHHd", 65_000, 250, 0, 1.0)
    assert _refused(_with_record(0x203, far, sheet=True)) == "roster_too_large"


def test_text_in_no_known_encoding() -> None:
    assert _refused(b"\xff\xfe\x00") == "roster_encoding_unknown"
    assert _refused("姓名,公民身份号码,".encode() + b"\xff\xff\xff") == "roster_encoding_unknown"


def test_a_quotation_that_never_ends() -> None:
    with pytest.raises(Unreadable) as caught:
        inspect(CSV + '"王芳,'.encode(), Limits())
    assert caught.value.code == "roster_broken"
    assert caught.value.details == {"line": 4}


def test_a_table_without_a_header_and_a_header_without_columns() -> None:
    assert _refused(csv_file([["王芳", "520599199003070026", "威宁县"]])) == "roster_header_missing"
    headers = [header for header in HEADERS if header not in ("公民身份号码", "就业状态")]
    for data in (csv_file(table([UNEMPLOYED], headers)), xlsx_file({"名单": table([UNEMPLOYED], headers)})):
        with pytest.raises(Unreadable) as caught:
            inspect(data, Limits())
        assert caught.value.code == "roster_columns_missing"
        assert caught.value.details["columns"] == ["number", "employment_status"]


def test_what_the_upload_stands_in_for_may_be_missing() -> None:
    data = csv_file(table([UNEMPLOYED], [header for header in HEADERS if header not in ("采集渠道", "摸查日期")]))
    assert inspect(data, Limits()) is Kind.CSV
    with pytest.raises(Unreadable) as caught:
        inspect(data, Limits(), replace(DEFAULTS, channel=None))
    assert caught.value.details == {"columns": ["surveyed_on", "channel"], "sheet": ""}


def _renamed(name: str) -> bytes:
    """The compound file with another stream instead of the workbook."""
    at = XLS.index("Workbook".encode("utf-16-le") + bytes(2))
    entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    return XLS[:at] + entry + XLS[at + len(entry) :]


def _with_record(kind: int, content: bytes, *, sheet: bool = False) -> bytes:
    """An XLS file with one more record, right after the beginning of its globals or of its sheet."""
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    stream = book.get_biff_data()
    begin = stream.rindex(b"\x09\x08") if sheet else 0
    after = begin + 4 + struct.unpack_from("<H", stream, begin + 2)[0]
    record = struct.pack("<HH", kind, len(content)) + content
    out = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(out, stream[:after] + record + stream[after:])
    return out.getvalue()
