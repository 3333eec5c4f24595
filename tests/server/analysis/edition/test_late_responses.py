"""What comes in after closing: fewer than ten are in no edition and no page tells of them, ten more bring another one."""

from pathlib import Path

from tests.support.edition_pages import Asked, asked
from tests.support.running_campaign import CAMPAIGN


def come(campaign: Asked, people: int) -> None:
    campaign.come([campaign.world.document(number).answers for number in range(people)])


def test_fewer_than_ten_late_ones_wait_for_more(tmp_path: Path, sqlite_template: Path) -> None:
    with asked(tmp_path, sqlite_template) as campaign:
        come(campaign, 60)
        campaign.make()
        campaign.close()
        assert campaign.make().made == {CAMPAIGN: 2}
        before = [release.document() for release in campaign.releases()]
        come(campaign, 6)
        assert campaign.make().made == {}
        assert [release.document() for release in campaign.releases()] == before
        campaign.says("Chỉ khi có thêm từ 10 phiếu đến muộn", "Only 10 late responses or more")
        come(campaign, 10)
        assert campaign.make().made == {CAMPAIGN: 3}
        campaign.says("Bản kết quả số 3, tính trên 76 phiếu", "Edition 3, over 76 responses")
        campaign.walk()
