"""A page of this device lets itself in with a code that works once and soon; its token outlives the database."""

import pytest

from client.enrolment.page_tokens import CODE_SECONDS, MOST_CODES, PageTokens
from schemas.problems import Problem
from sync.chance import SystemChance


def code_of(collector):
    return collector.get("/api/v1/hop").json["code"]


def enrol(collector, code):
    return collector.post("/api/v1/enrolments", json={"code": code, "name": "trang"})


def test_a_code_opens_the_door_once(collector):
    code = code_of(collector)
    assert enrol(collector, code).status_code == 201
    answer = enrol(collector, code)
    assert (answer.status_code, answer.json["code"]) == (409, "enrolment.used")


def test_a_code_that_was_never_given_opens_nothing(collector):
    assert enrol(collector, "AAAAAAAA").json["code"] == "enrolment.unknown_code"


@pytest.mark.parametrize("document", [{}, {"code": 7, "name": "x"}, {"code": "x" * 100, "name": "x"}, [], "x", 7])
def test_what_is_no_enrolment_is_said_so(collector, document):
    assert collector.post("/api/v1/enrolments", json=document).json["code"] == "request.malformed"


def test_every_visit_gets_a_code_of_its_own(collector):
    assert len({code_of(collector) for _ in range(20)}) == 20


def test_a_code_works_however_it_is_typed(collector):
    code = code_of(collector)
    assert enrol(collector, f" {code[:5].lower()} - {code[5:]} ").status_code == 201


def test_the_name_that_was_given_at_enrolment_reaches_the_page(enrolled):
    assert enrolled.get("/api/v1/hop").json["name"] == "Máy 07"


def test_without_an_enrolment_the_page_reads_the_name_of_the_settings(collector):
    assert collector.get("/api/v1/hop").json["name"] == collector.parts.settings.name


def test_a_token_works_after_a_restart_and_with_a_new_database(collector, page, open_collector, tmp_path):
    collector.close()
    for path in (tmp_path / "home").glob("collector.db*"):
        path.unlink()
    again = open_collector()
    assert again.get("/api/v1/campaigns", headers=page).status_code == 200


def test_a_token_of_another_collector_opens_nothing(collector, page, tmp_path):
    from tests.support.collector import Collector

    other = Collector(tmp_path / "other")
    assert other.get("/api/v1/campaigns", headers=page).json["code"] == "token.unknown"
    other.close()


def test_the_answer_says_whose_signature_to_trust(collector):
    answer = enrol(collector, code_of(collector)).json
    assert answer["server"] == {"name": "Lắng Nghe", "identity": collector.parts.secrets.identity.public}


def test_a_code_ages_by_a_clock_that_no_wrong_date_moves():
    now = [1000.0]
    door = PageTokens(b"k" * 32, SystemChance(), ticks=lambda: now[0])
    code = door.new_code()
    now[0] += CODE_SECONDS + 1
    with pytest.raises(Problem) as refused:
        door.admit(code)
    assert refused.value.kind.code == "enrolment.expired"


def test_ten_thousand_visits_keep_a_handful_of_codes():
    door = PageTokens(b"k" * 32, SystemChance())
    first, *_, last = [door.new_code() for _ in range(10_000)]
    assert len(door._codes) == MOST_CODES
    assert door.admit(last.lower())[0]
    with pytest.raises(Problem):
        door.admit(first)
