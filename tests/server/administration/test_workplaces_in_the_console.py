"""Workplaces in the console: a table is looked at before it is taken in, one at a time is changed, and nobody's change is silently lost."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server import site_table
from server.accounts.users import create_user
from server.audit.tables import AuditEntry
from server.database import session, transaction
from server.fieldwork.tables import Site, Unit
from server.services import services
from tests.support import xlsform_files
from tests.support.answered_campaign import signed_in, token_on
from tests.support.people import PASSWORD, lan_knows_some_sites

SITES = "/console/manage/sites"
UPLOAD = f"{SITES}/upload"
TABLE = "site,name,unit,women,men\nmay-10,Công ty May Hưng Yên,cd-may,900,180\nkho-2,Kho số 2,cd-kho,40,60\n"


@pytest.fixture
def app(app: Flask) -> Flask:
    """A server that knows a factory, a mine and a workshop."""
    with app.app_context(), transaction() as writing:
        lan_knows_some_sites(writing)
    return app


@pytest.fixture
def mai(app: Flask) -> FlaskClient:
    """Mai, who manages campaigns of the garment union only."""
    with app.app_context(), transaction() as writing:
        at_hand = services()
        create_user(
            writing, at_hand.settings, at_hand.chance, name="mai", password=PASSWORD, role="campaign_manager",
            today=at_hand.today(), unit="cd-may",
        )  # fmt: skip
    return signed_in(app, "mai")


def hidden(page: str, name: str) -> str:
    """What a page's form carries along."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def brought(client: FlaskClient, table: str | bytes):  # type: ignore[no-untyped-def]
    raw = table if isinstance(table, bytes) else table.encode()
    data = {"csrf_token": token_on(client.get(UPLOAD).text), "file": (io.BytesIO(raw), "sites")}
    return client.post(UPLOAD, data=data, content_type="multipart/form-data")


def taken_in(client: FlaskClient, preview: str):  # type: ignore[no-untyped-def]
    data = {"csrf_token": token_on(preview), "table": hidden(preview, "table"), "mark": hidden(preview, "mark")}
    return client.post(UPLOAD, data=data, content_type="multipart/form-data")


def saved(client: FlaskClient, address: str, page: str | None = None, **changes: str):  # type: ignore[no-untyped-def]
    page = page or client.get(address).text
    return client.post(address, data={"csrf_token": token_on(page), "mark": hidden(page, "mark"), **changes})


def test_a_table_is_shown_with_what_it_changes_and_changes_nothing_yet(app: Flask, lan: FlaskClient) -> None:
    page = brought(lan, TABLE).text
    assert "<del>820</del> → <ins>900</ins>" in page
    assert "Kho số 2" in page
    assert "bảng không bao giờ xóa nơi làm việc nào" in page
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 820


def test_what_was_looked_at_is_taken_in(app: Flask, lan: FlaskClient) -> None:
    assert taken_in(lan, brought(lan, TABLE).text).location == SITES
    assert "Đã nhập: 1 nơi làm việc mới, 1 nơi được sửa, 1 đơn vị mới." in lan.get(SITES).text
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 900
        assert session().get_one(Site, "than-1").men == 800
        assert session().scalars(select(AuditEntry.actor).where(AuditEntry.action == "sites.imported")).all() == ["lan"]


def test_a_workbook_is_looked_at_and_taken_in_like_a_table(app: Flask, lan: FlaskClient) -> None:
    rows = [line.split(",") for line in TABLE.splitlines()]
    preview = brought(lan, xlsform_files.saved(xlsform_files.workbook(Sheet1=rows))).text
    assert "<del>820</del> → <ins>900</ins>" in preview
    assert taken_in(lan, preview).location == SITES
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 900


def test_the_same_table_twice_changes_nothing_more(lan: FlaskClient) -> None:
    preview = brought(lan, TABLE).text
    taken_in(lan, preview)
    again = taken_in(lan, preview)
    assert again.status_code == 200
    assert "Mọi thứ ở đây đã đúng như trong bảng." in again.text


def test_a_change_between_looking_and_taking_in_is_shown_first(app: Flask, lan: FlaskClient) -> None:
    preview = brought(lan, TABLE).text
    saved(lan, f"{SITES}/may-10/edit", name="Công ty May Hưng Yên", unit="cd-may", women="850", men="180")
    again = taken_in(lan, preview)
    assert "<del>850</del> → <ins>900</ins>" in again.text
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 850


def test_every_fault_of_a_table_is_listed_with_row_and_column(lan: FlaskClient) -> None:
    answer = brought(lan, "site,name,unit,women,men\nmay 10,May,cd-may,x,3\n")
    assert answer.status_code == 422
    assert answer.text.count('<th scope="row">2</th>') == 2


@pytest.mark.parametrize("table", ["", "no table", "\x00\x00"])
def test_what_is_no_table_is_told_so(lan: FlaskClient, table: str) -> None:
    assert brought(lan, table).status_code == 422


@pytest.mark.parametrize("packed", ["!!", "H4sIAAAA", "AAAA"])
def test_a_hidden_table_that_somebody_spoilt_is_refused(lan: FlaskClient, packed: str) -> None:
    token = token_on(lan.get(UPLOAD).text)
    assert lan.post(UPLOAD, data={"csrf_token": token, "table": packed, "mark": "x"}).status_code == 422


def test_more_rows_than_a_table_may_have_are_refused_in_a_sentence(
    lan: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_table, "MOST_ROWS", 100)
    rows = "".join(f"s{number},S,u,1,1\n" for number in range(200))
    answer = brought(lan, "site,name,unit,women,men\n" + rows)
    assert answer.status_code == 422
    assert "100" in answer.text


@pytest.mark.parametrize("address", [UPLOAD, "/console/manage/surveys/upload"])
def test_a_file_that_is_too_large_gets_a_page_with_the_limit_and_a_way_on(lan: FlaskClient, address: str) -> None:
    length = {"CONTENT_LENGTH": str(50 * 1024 * 1024)}  # only said: a server that listens hands nothing of it on
    answer = lan.post(address, content_type="multipart/form-data; boundary=x", environ_overrides=length)
    assert answer.status_code == 413
    assert "Tệp này quá lớn" in answer.text
    assert "tối đa 8 MB" in answer.text
    assert f'href="{address}"' in answer.text
    english = lan.post(f"{address}?lang=en", content_type="multipart/form-data; boundary=x", environ_overrides=length)
    assert "8 MB at most" in english.text


def test_a_workplace_is_changed_by_itself(app: Flask, lan: FlaskClient) -> None:
    answer = saved(lan, f"{SITES}/to-sua/edit", name="Tổ sửa chữa máy", unit="cd-may", women="4", men="1.203")
    assert answer.location == SITES
    with app.app_context():
        site = session().get_one(Site, "to-sua")
        assert (site.name, site.unit_id, site.women, site.men) == ("Tổ sửa chữa máy", "cd-may", 4, 1203)


def test_who_saves_second_is_told_and_nothing_is_lost(app: Flask, lan: FlaskClient) -> None:
    address = f"{SITES}/may-10/edit"
    seen = lan.get(address).text
    saved(lan, address, name="May Hưng Yên", unit="cd-may", women="821", men="180")
    second = saved(lan, address, seen, name="May Hung Yen", unit="cd-may", women="820", men="180")
    assert second.status_code == 409
    assert "có người khác đã sửa" in second.text
    assert 'value="821"' in second.text
    with app.app_context():
        assert session().get_one(Site, "may-10").name == "May Hưng Yên"


@pytest.mark.parametrize("changes", [{"women": "many"}, {"women": "-1"}, {"name": ""}, {"unit": "cd-nowhere"}])
def test_what_cannot_be_is_refused_and_what_was_typed_stays(
    app: Flask, lan: FlaskClient, changes: dict[str, str]
) -> None:
    facts = {"name": "Kho lạnh", "unit": "cd-may", "women": "1", "men": "2"} | changes
    answer = saved(lan, f"{SITES}/may-10/edit", **facts)
    assert answer.status_code == 422
    assert f'value="{facts["name"]}"' in answer.text
    with app.app_context():
        assert session().get_one(Site, "may-10").women == 820


def test_headcounts_are_added_up_the_tree(lan: FlaskClient, app: Flask) -> None:
    with app.app_context(), transaction() as writing:
        writing.add(Unit(id="ldld", name="LĐLĐ tỉnh", level="province"))
        writing.flush()
        for name in ("cd-may", "cd-than"):
            writing.get_one(Unit, name).parent = "ldld"
    row = lan.get(f"{SITES}/units").text.split("LĐLĐ tỉnh")[1].split("</tr>")[0]
    assert re.findall(r"<td>([\d.]+)</td>", row) == ["3", "1.022", "983", "2.005"]


def test_a_unit_is_renamed_and_hung_elsewhere_but_never_below_itself(app: Flask, lan: FlaskClient) -> None:
    address = f"{SITES}/units/cd-may/edit"
    assert saved(lan, address, name="CĐ May", level="upper", parent="cd-than").status_code == 302
    round_ = saved(lan, f"{SITES}/units/cd-than/edit", name="CĐ Than", level="upper", parent="cd-may")
    assert round_.status_code == 422
    with app.app_context():
        assert session().get_one(Unit, "cd-may").parent == "cd-than"
        assert session().get_one(Unit, "cd-than").parent is None


def test_whoever_is_of_one_unit_sees_and_changes_only_what_lies_below_it(app: Flask, mai: FlaskClient) -> None:
    page = mai.get(SITES).text
    assert "Công ty May Hưng Yên" in page
    assert "Mỏ than" not in page
    assert mai.get(f"{SITES}/than-1/edit").status_code == 404
    own = mai.get(f"{SITES}/may-10/edit").text
    moved = saved(mai, f"{SITES}/may-10/edit", own, name="May", unit="cd-than", women="1", men="1")
    assert moved.status_code == 422
    taken = saved(mai, f"{SITES}/than-1/edit", own, name="Than", unit="cd-may", women="1", men="1")
    assert taken.status_code in (404, 409)
    with app.app_context():
        assert session().get_one(Site, "than-1").women == 200
        assert session().get_one(Site, "may-10").unit_id == "cd-may"


@pytest.mark.parametrize(
    "row",
    [
        "than-1,Than,cd-may,1,1,",
        "moi,Mới,cd-than,1,1,",
        "moi,Mới,cd-la,1,1,",
        "moi,Mới,cd-than,1,1,cd-may",
        "moi,Mới,cd-may,1,1,cd-than",
    ],
)
def test_a_table_reaches_nothing_outside_of_one_s_own_unit(mai: FlaskClient, row: str) -> None:
    answer = brought(mai, f"site,name,unit,women,men,unit_parent\n{row}\n")
    assert answer.status_code == 422
    assert "không thuộc phạm vi đơn vị" in answer.text


def test_a_new_unit_below_one_s_own_comes_in(app: Flask, mai: FlaskClient) -> None:
    taken_in(mai, brought(mai, "site,name,unit,women,men,unit_parent\nmoi,Mới,cd-to,1,1,cd-may\n").text)
    with app.app_context():
        assert session().get_one(Unit, "cd-to").parent == "cd-may"


def test_who_may_not_change_workplaces_sees_none(hoa: FlaskClient) -> None:
    assert [hoa.get(address).status_code for address in (SITES, UPLOAD, f"{SITES}/units")] == [403] * 3


def test_the_list_is_downloaded(lan: FlaskClient) -> None:
    assert "Tổ sửa chữa" in lan.get(f"{SITES}?as=csv").text
