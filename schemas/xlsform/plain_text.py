"""Texts without Markdown and HTML, which other programs show as bold or coloured: here texts are plain, and what they say stays.

Answers in texts (${name}) are left alone, and so are signs that are none of markup: 5 * 3, a_b_c, #1, <5.
"""

import html
import re

LONGEST = 8_000
MOST = 400_000  # signs of marked-up text in one workbook
_REFERENCE = re.compile(r"\$\{[^{}]*\}")
_HELD = "\ue000{}\ue001"
_HOLD = re.compile("\ue000([0-9]+)\ue001")
_TAGS = (
    "a abbr article aside audio b bdi bdo big blockquote body br button caption center cite code col colgroup dd del details dfn div dl dt "
    "em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i iframe img ins kbd label legend li main mark nobr o:p ol p "
    "picture pre q s samp section small source span strike strong sub summary sup svg table tbody td tfoot th thead time tr tt u ul var "
    "video wbr"
).split()
_TAG = re.compile(rf"</?(?:{'|'.join(_TAGS)})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAKS = re.compile(
    r"<(?:br|hr)(?:\s[^<>]*)?/?>|</(?:p|div|h[1-6]|tr|li|blockquote|dt|dd|summary|section|article|caption)>"
    r"|<(?:p|div|h[1-6]|section|article)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_CELL_ENDS = re.compile(r"</t[dh]>(?=\s*<t[dh][\s>])", re.IGNORECASE)
_ANCHOR = re.compile(
    r"""<a\s(?:[^<>]*\s)?href\s*=\s*["']?([^"'<>\s]{1,300})["']?[^<>]*>([^<>]{0,500})</a\s*>""", re.IGNORECASE
)
_BARE_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,300}|[\w.+-]{1,64}@[\w.-]{1,100})>")
_ITEM = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_UNSEEN = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"))
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,20}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\]\(\s*([^()\s]{1,300}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?)(?:\s+\"[^\"\n]{0,200}\")?\s*\)"
)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]{0,3}(?:\*[ \t]?){3,20}$|^[ \t]{0,3}-{3,20}[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]{0,6})[*+][ \t]+(?=\S)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")
# Emphasis stands tight around words, and an underscore never inside of one.
_EMPHASIS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\*\*\*(?=\S)([^*\n]{1,1000}?)(?<=\S)\*\*\*",
        r"\*\*(?=[^\s*])([^\n]{1,1000}?)(?<=[^\s*])\*\*",
        r"(?<![\w\\])__(?=[^\s_])([^\n]{1,1000}?)(?<=[^\s_])__(?!\w)",
        r"~~(?=\S)([^~\n]{1,1000}?)(?<=\S)~~",
        r"(?<![\w\\*])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![\w*])",
        r"(?<![\w\\])_(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s_])_(?!\w)",
        r"`([^`\n]{1,1000})`",
    )
)


def may_be_marked(text: str) -> bool:
    """Whether there is any sign of markup in it."""
    return any(sign in text for sign in "*_<#&[`~\\")


def plain(text: str) -> str:
    """What the text says, without marks for how it should look; the very same text if it has none."""
    if len(text) > LONGEST or not may_be_marked(text):
        return text
    references: list[str] = []
    held = _REFERENCE.sub(lambda found: _hold(found[0], references), text.replace("\ue000", "").replace("\ue001", ""))
    shown = _without_markdown(_without_html(held))
    if shown == held or not shown.strip():
        return text
    shown = "\n".join(line.strip() for line in shown.strip().split("\n"))
    shown = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\u00a0]{2,}", " ", shown))
    return _HOLD.sub(lambda found: references[int(found[1])], shown)


def _hold(reference: str, kept: list[str]) -> str:
    kept.append(reference)
    return _HELD.format(len(kept) - 1)


def _without_html(text: str) -> str:
    if "<" in text:
        for begin, end in _UNSEEN:
            text = _without(text, begin, end)
        text = _BARE_ADDRESS.sub(r"\1", _ANCHOR.sub(lambda found: _with_address(found[2].strip(), found[1]), text))
        text = _TAG.sub("", _ITEM.sub("\n- ", _BREAKS.sub("\n", _CELL_ENDS.sub("; ", text))))
    return _ENTITY.sub(lambda found: html.unescape(found[0]).replace("\u00a0", " "), text)


def _without(text: str, begin: str, end: str) -> str:
    """The text without what stands between the two, both in small letters."""
    kept, at, lower = [], 0, text.lower()
    while (start := lower.find(begin, at)) >= 0 and (stop := lower.find(end, start)) >= 0:
        kept.append(text[at:start])
        at = stop + len(end)
    return "".join([*kept, text[at:]])


def _without_markdown(text: str) -> str:
    text = _LINK.sub(_linked, _IMAGE.sub(r"\1", text))
    text = _BULLET.sub(r"\1- ", _RULE.sub("", _HEADING.sub(r"\1", text)))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)


def _linked(found: re.Match[str]) -> str:
    return _with_address(found[1].strip(), found[2])


def _with_address(words: str, address: str) -> str:
    """A link's words, with its address behind them unless they are the same; an address that is no web page is left out."""
    if not re.match(r"https?://|tel:|mailto:", address) or address.split(":", 1)[1].strip("/") in words:
        return words
    bare = address.removeprefix("tel:").removeprefix("mailto:")
    return f"{words} ({bare})" if words else bare
