"""The console's pages by address, so that a test can walk through all of them; and what a page of HTML asks for."""

from html.parser import HTMLParser

from tests.support.answered_campaign import CAMPAIGN

HERE = f"/console/campaigns/{CAMPAIGN}"
PAGES = {
    "campaigns": "/console",
    "overview": HERE,
    "a section of choices": f"{HERE}/sections/exposure",
    "a section of statements": f"{HERE}/sections/attitude_work",
    "who answered": f"{HERE}/sections/about_you",
    "indicators and scales": f"{HERE}/indicators",
    "women and men": f"{HERE}/gap",
    "women and men, a section": f"{HERE}/gap?place=exposure",
    "the form of a breakdown": f"{HERE}/breakdown",
    "a breakdown of choices": f"{HERE}/breakdown?question=ex_channels&by=gender",
    "a breakdown of a statement": f"{HERE}/breakdown?question=at_wl_lead&by=age_group",
    "a breakdown of a scale": f"{HERE}/breakdown?question=scale/attitude_short&by=gender",
    "the guide": "/console/guide",
    "the account": "/console/account",
    "no such page": "/console/nowhere",
}


class Asked(HTMLParser):
    """What a page asks a browser to load or run, and the words on it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, its attributes, and the addresses in them."""
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if name in {"src", "href", "action", "srcset", "data", "poster", "formaction"} and value:
                self.addresses.append(value)
            if name in {"alt", "aria-label", "title"} and value:
                self.words.append(value)

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += [data.strip()] if data.strip() else []
