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
MANAGE = "/console/manage"
ADMINISTRATION = {
    "what to do next": MANAGE,
    "surveys": f"{MANAGE}/surveys",
    "ready-made surveys": f"{MANAGE}/surveys/packs",
    "a ready-made survey": f"{MANAGE}/surveys/packs/ge_awareness",
    "a survey": f"{MANAGE}/surveys/ge_awareness_short/3",
    "bringing in a survey": f"{MANAGE}/surveys/upload",
    "workplaces": f"{MANAGE}/sites",
    "changing a workplace": f"{MANAGE}/sites/may-song-xanh/edit",
    "units": f"{MANAGE}/sites/units",
    "changing a unit": f"{MANAGE}/sites/units/cd-may/edit",
    "bringing in workplaces": f"{MANAGE}/sites/upload",
    "planned campaigns": f"{MANAGE}/campaigns",
    "planning a campaign": f"{MANAGE}/campaigns/new",
    "a planned campaign": f"{MANAGE}/campaigns/{CAMPAIGN}",
    "closing a campaign": f"{MANAGE}/campaigns/{CAMPAIGN}/close",
    "a later last day": f"{MANAGE}/campaigns/{CAMPAIGN}/extend",
    "collectors": f"{MANAGE}/collectors",
    "links": f"{MANAGE}/links",
    "making a link": f"{MANAGE}/links/new",
    "field work": f"{MANAGE}/fieldwork",
    "field work of a campaign": f"{MANAGE}/fieldwork/{CAMPAIGN}",
    "field work by day": f"{MANAGE}/fieldwork/{CAMPAIGN}/days",
    "collectors in a campaign": f"{MANAGE}/fieldwork/{CAMPAIGN}/collectors",
    "field work on the wall": f"{MANAGE}/fieldwork/{CAMPAIGN}/wall",
    "set aside": f"{MANAGE}/set-aside",
    "accounts": f"{MANAGE}/accounts",
    "a new account": f"{MANAGE}/accounts/new",
    "the audit log": f"{MANAGE}/audit",
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
