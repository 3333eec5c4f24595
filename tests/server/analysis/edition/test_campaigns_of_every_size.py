"""Nobody, nine, ten, nineteen or three hundred people: there is an edition or none, and every page says so in both languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.edition_pages import LANGUAGES, Asked, asked
from tests.support.running_campaign import CAMPAIGN


@pytest.fixture
def campaign(tmp_path: Path, sqlite_template: Path) -> Iterator[Asked]:
    with asked(tmp_path, sqlite_template) as made:
        yield made


def come(campaign: Asked, people: int) -> None:
    campaign.come([campaign.world.document(number).answers for number in range(people)])


@pytest.mark.parametrize("people", [0, 9])
def test_of_fewer_than_ten_nothing_is_told_even_after_closing(campaign: Asked, people: int) -> None:
    come(campaign, people)
    assert campaign.make().made == {}
    campaign.close()
    assert campaign.make().made == {}
    campaign.says("phiếu của ít nhất 10 người", "the answers of at least 10 people")
    assert all("<table>" not in page for language in LANGUAGES for page in campaign.pages(language).values())


@pytest.mark.parametrize("people", [10, 19])
def test_from_ten_on_everybody_is_counted_and_no_group_of_fewer(campaign: Asked, people: int) -> None:
    come(campaign, people)
    assert campaign.make().made == {CAMPAIGN: 1}
    campaign.close()
    assert campaign.make().made == {CAMPAIGN: 2}
    campaign.says(f"Bản kết quả số 2, tính trên {people} phiếu", f"Edition 2, over {people} responses")
    assert {row.people for release in campaign.releases() for row in release.rows} <= {None, people}
    breakdown = campaign.walk()["/console/campaigns/ge-2026/breakdown"]
    assert "Không có tiêu chí nào chia được thành hai nhóm đủ người" in breakdown


def test_three_hundred_are_broken_down_before_closing(campaign: Asked) -> None:
    come(campaign, 300)
    assert campaign.make().made == {CAMPAIGN: 1}
    campaign.close()
    assert campaign.make().made == {}
    campaign.says("Bản kết quả số 1, tính trên 300 phiếu", "Edition 1, over 300 responses")
    assert len(campaign.walk()) > 40
