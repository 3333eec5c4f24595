"""A table of sites is read as spreadsheets write it, checked to the last cell, and taken in whole or not at all."""

import unicodedata
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import site_table
from server.database import session, transaction
from server.fieldwork.site_import import Imported, import_sites
from server.fieldwork.tables import Site, Unit
from server.site_table import CannotImport, Fault, read_sites
from tests.support.xlsform_files import saved, workbook

TONES = "\u0300\u0301\u0303\u0309\u0323"
HEADINGS = "site,name,unit,women,men\n"
GOOD = HEADINGS + "may-10,Công ty May Hưng Yên,cd-may,820,180\nthan-1,Mỏ than Hà Lầm,cd-than,200,800\n"
VIETNAMESE = (
    "Mã;Tên doanh nghiệp;Đơn vị;Lao động nữ;Lao động nam;Tên đơn vị;Cấp;Đơn vị cấp trên\r\n"
    "MAY-10;Công ty May Hưng Yên;cd-may;1.230;270;CĐCS May 10;grassroots;ldld-hung-yen\r\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "sites.csv"


def take_in(app: Flask, table: Path, text: str | bytes) -> Imported:
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    with app.app_context(), transaction() as writing:
        return import_sites(writing, table)


def faults(table: Path, text: str | bytes) -> list[Fault]:
    table.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CannotImport) as refused:
        read_sites(table)
    return list(refused.value.faults)


def test_sites_come_in_with_their_units_and_headcounts(app: Flask, table: Path) -> None:
    assert take_in(app, table, GOOD) == Imported(sites_new=2, sites_changed=0, units_new=2)
    with app.app_context():
        factory = session().get_one(Site, "may-10")
        assert (factory.name, factory.unit_id, factory.women, factory.men) == (
            "Công ty May Hưng Yên",
            "cd-may",
            820,
            180,
        )
        assert factory.headcount == 1000


def test_the_same_table_again_changes_nothing(app: Flask, table: Path) -> None:
    take_in(app, table, GOOD)
    assert take_in(app, table, GOOD) == Imported(0, 0, 0)


def test_a_known_site_is_brought_up_to_date(app: Flask, table: Path) -> None:
    take_in(app, table, GOOD)
    assert take_in(app, table, GOOD.replace("820", "900")) == Imported(0, 1, 0)
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 900


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_what_excel_writes_in_viet_nam_is_understood(app: Flask, table: Path, encoding: str) -> None:
    text = "".join(_as_in_the_code_page(letter) for letter in VIETNAMESE) if encoding == "cp1258" else VIETNAMESE
    take_in(app, table, text.encode(encoding))
    with app.app_context():
        site, unit = session().get_one(Site, "may-10"), session().get_one(Unit, "cd-may")
        assert (site.name, site.women) == ("Công ty May Hưng Yên", 1230)
        assert (unit.name, unit.parent) == ("CĐCS May 10", "ldld-hung-yen")


def _as_in_the_code_page(letter: str) -> str:
    """Spell a letter with its tone behind it, as code page 1258 does."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES)) + tone


def test_all_faults_are_named_at_once_with_row_and_column(table: Path) -> None:
    found = faults(table, HEADINGS + "Máy 10,,cd may,-3,x\nok,Tên,u,1,2\nok,Tên,u,1,2\na,b,c,1.5,2\na,b,c,1,2,3\n")
    assert {(fault.row, fault.column) for fault in found} == {
        (2, "site"),
        (2, "name"),
        (2, "unit"),
        (2, "women"),
        (2, "men"),
        (4, "site"),
        (5, "women"),
        (6, "6"),
    }
    assert str(found[0]).startswith("row 2, column ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "empty"),
        (HEADINGS, "no site"),
        ("site,name\na,b\n", "missing"),
        ("site,site,name,unit,women,men\n", "twice"),
        ("site,name,unit,women,men,phone\n", "not known"),
        (HEADINGS + '"open quote,x', "CSV"),
        (b"\xff\xfe\x00", "letters"),
        (b"PK\x03\x04\x00\x00\x00\x00", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx"),
        (HEADINGS + "a,b\x01\x02,c,1,2\n", "cannot be seen"),
        (HEADINGS + "a,b,c,99999999,2\n", "more than"),
        (HEADINGS + "a,b,c,1,2\n" * 3, "already"),
    ],
)
def test_a_table_that_is_none_is_told_why(table: Path, text: str | bytes, message: str) -> None:
    assert any(message in fault.message for fault in faults(table, text))


def test_a_file_or_table_too_large_is_refused_before_it_is_read(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_table, "LARGEST_FILE", 100)
    assert "larger" in faults(table, HEADINGS + "a,b,c,1,2\n" * 20)[0].message
    monkeypatch.undo()
    monkeypatch.setattr(site_table, "MOST_ROWS", 3)
    assert "more than 3 rows" in faults(table, HEADINGS + "a,b,c,1,2\n" * 4)[0].message


def test_the_first_sheet_of_a_workbook_is_read_as_it_looks(app: Flask, table: Path) -> None:
    book = workbook(
        **{
            "Nơi làm việc": [
                ["Mã", "Tên", "Đơn vị", "Nữ", "Nam"],
                [7, "Tổ 7", "cd-may", 1230, "1.270"],
                [],
                ["to-8", "Tổ 8", "cd-may", 4, 5],
            ],
            "Ghi chú": [["không phải bảng"]],
        }
    )
    sheet = book.worksheets[0]
    sheet["A2"].number_format, sheet["D2"].number_format = "000", "#,##0"
    assert take_in(app, table, saved(book)) == Imported(sites_new=2, sites_changed=0, units_new=1)
    with app.app_context():
        found = session().get_one(Site, "007")
        assert (found.name, found.women, found.men) == ("Tổ 7", 1230, 1270)


def test_faults_of_a_workbook_stand_at_its_own_rows(table: Path) -> None:
    rows = [[], ["site", "name", "unit", "women", "men"], ["a", "A", "u", 1.234, 2], [], ["b", "B", "u", "=1+1", 2]]
    book = workbook(Sheet1=rows)
    assert [(fault.row, fault.column) for fault in faults(table, saved(book))] == [(3, "women"), (5, "women")]


def test_a_workbook_that_holds_too_much_is_told(table: Path) -> None:
    far = workbook(Sheet1=[["site"]])
    far.active["XFD40000"] = "x"
    assert "empty rows" in faults(table, saved(far))[0].message
    wide = workbook(Sheet1=[["site"], *([["a"]] * 300)])
    for row in range(1, 300):
        wide.active.cell(row, 16_384, "x")
    assert "holds more" in faults(table, saved(wide))[0].message


def test_a_workbook_too_large_to_come_back_with_its_form_is_refused(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_table, "LARGEST_WORKBOOK", 1000)
    assert "larger" in faults(table, saved(workbook(Sheet1=[["site"]])))[0].message


def test_a_folder_or_nothing_at_all_is_told_in_one_sentence(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.csv"):
        with pytest.raises(CannotImport) as refused:
            read_sites(path)
        assert "cannot be read" in refused.value.faults[0].message


def test_nothing_is_half_imported(app: Flask, table: Path) -> None:
    with pytest.raises(CannotImport):
        take_in(app, table, GOOD + "bad row,x,y,z,1\n")
    with app.app_context():
        assert session().scalar(select(func.count()).select_from(Site)) == 0
        assert session().scalar(select(func.count()).select_from(Unit)) == 0


TREE = "site,name,unit,women,men,unit_name,unit_level,unit_parent\n"


def test_units_form_a_tree_whatever_the_order_of_rows(app: Flask, table: Path) -> None:
    take_in(app, table, TREE + "a,A,z-unit,1,1,Z,grassroots,upper\nb,B,upper,1,1,U,upper,tkv\n")
    with app.app_context():
        assert session().get_one(Unit, "z-unit").parent == "upper"
        assert session().get_one(Unit, "upper").parent == "tkv"
        assert session().get_one(Unit, "tkv").parent is None
    take_in(app, table, TREE + "b,B,upper,1,1,U,upper,new-top\n")
    with app.app_context():
        assert session().get_one(Unit, "upper").parent == "new-top"


def test_a_unit_cannot_be_above_itself(app: Flask, table: Path) -> None:
    take_in(app, table, TREE + "a,A,x,1,1,X,grassroots,y\n")
    with pytest.raises(CannotImport) as refused:
        take_in(app, table, TREE + "b,B,y,1,1,Y,upper,x\n")
    assert "above itself" in refused.value.faults[0].message
