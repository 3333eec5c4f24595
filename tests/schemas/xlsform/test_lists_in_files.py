"""Lists of choices in CSV are read as spreadsheets write them; of long ones, each place of the country is a choice."""

import pytest

from schemas.csv_tables import NoTable, read_csv
from tests.support.bounded_work import bounded_work
from tests.support.xlsform_files import VI, form, read

PLAIN = [["ma", "ten"], ["x1", "Xưởng Một"], ["x2", "Xưởng, Hai"]]
HEADER = ["type", "name", VI, "relevant", "choice_filter"]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('ma,ten\nx1,Xưởng Một\nx2,"Xưởng, Hai"\n'.encode(), "utf-8"),
        ('ma,ten,,\r\nx1,Xưởng Một,,\r\nx2,"Xưởng, Hai",,\r\n,,,\r\n'.encode("utf-8-sig"), "utf-8"),
        (',ma,,ten\n,x1,,Xưởng Một\n,x2,,"Xưởng, Hai"\n'.encode(), "utf-8"),
        ("ma;ten\nx1;Xưởng Một\nx2;Xưởng, Hai\n".encode(), "utf-8"),
        ("sep=;\nma;ten\nx1;Xưởng Một\nx2;Xưởng, Hai\n".encode(), "utf-8"),
        ("ma\tten\nx1\tXưởng Một\nx2\tXưởng, Hai\n".encode("utf-16"), "utf-16"),
        ("ma;ten\nx1;Xưởng Một\nx2;Xưởng, Hai\n".encode("utf-16-le"), "utf-16"),
        ('"ma","ten"\n"x1","Xươ\u0309ng Mô\u0323t"\n"x2","Xươ\u0309ng, Hai"\n'.encode("cp1258"), "cp1258"),
        ('ma,\u200b,ten,\u00a0\nx1,,Xưởng Một,\u00a0\nx2,\ufeff,"Xưởng, Hai",\n'.encode(), "utf-8"),
        (";;\nma;ten;\nx1;Xưởng Một;\nx2;Xưởng, Hai;\n".encode(), "utf-8"),
    ],
)
def test_a_table_is_the_same_however_a_spreadsheet_wrote_it(data, encoding):
    table = read_csv(data)
    assert [line for line in table.lines if any(line)] == PLAIN
    assert table.encoding == encoding


def test_what_cannot_be_read_is_no_table():
    with pytest.raises(NoTable, match="letters"):
        read_csv(b"ma,ten\nx1,\x00\n")
    with pytest.raises(NoTable):
        read_csv(b'ma,ten\n"x1,X')


def imported(data, *rows, **more):
    return read(
        form(HEADER, ["select_one_from_file xuong.csv", "x", "Xưởng nào?"], *rows),
        media={"xuong.csv": data}.get,
        **more,
    )


def test_empty_columns_of_a_list_are_ignored():
    choices = imported("name,label,,\r\nx1,Xưởng Một,,\r\nx2,Xưởng Hai,,\r\n".encode("utf-8-sig")).document[
        "choice_lists"
    ]["xuong"]
    assert choices == [{"name": "x1", "label": {"vi": "Xưởng Một"}}, {"name": "x2", "label": {"vi": "Xưởng Hai"}}]


def test_a_column_without_a_heading_is_left_out_and_told():
    found = imported("name,,label,\nx1,ghi chú,Xưởng Một,\nx2,,Xưởng Hai,khác\n".encode())
    names = [choice["name"] for choice in found.document["choice_lists"]["xuong"]]
    assert names == ["x1", "x2"]
    assert "columns without a heading are not read: 2, 4" in [str(remark.message) for remark in found.remarks]


def test_names_in_a_file_are_exchanged_like_others_and_expressions_follow():
    found = imported(
        "name,label\n-1,Không biết\nXưởng A,A\n".encode(), ["text", "t", "T?", "${x} = -1 or ${x} = 'Xưởng A'"]
    ).document
    assert [(choice["name"], choice["value"]) for choice in found["choice_lists"]["xuong"]] == [
        ("minus1", "-1"),
        ("xuong_a", "Xưởng A"),
    ]
    assert found["sections"][0]["questions"][1]["relevant"] == "${x} = 'minus1' or ${x} = 'xuong_a'"


def test_another_encoding_is_told():
    said = imported('name,label\nx1,"Xươ\u0309ng"\n'.encode("cp1258")).remarks
    assert any(remark.place == "sheet xuong.csv" and "Windows-1258" in remark.message for remark in said)


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_all_communes_of_the_country_come_in_quickly(kind):
    choices = [
        ["list_name", "name", VI, "tỉnh"],
        *(["xa", f"Xã {n}", f"Xã số {n}", f"t{n % 34}"] for n in range(3_321)),
    ]
    with bounded_work():
        document = read(form(HEADER, [f"{kind} xa", "x", "Xã nào?"], choices=choices)).document
    assert len(document["choice_lists"]["xa"]) == 3_321
