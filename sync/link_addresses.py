"""Where an address leads that was meant for a link, whatever messengers, mail programs and people made of it on its way.

A link is `/#/l/CODE`, and a browser keeps what stands behind the # to itself. Where the # was escaped, widened or lost, or a sign
slipped in before it, the server is asked for what is no address of it. The page finds the code in the rest
(client/web/src/link.ts), so it only has to be led there.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

MOST_ESCAPED = 3
LINK = re.compile(r"[\W_]*[l1i|]/+(.+)", re.IGNORECASE | re.DOTALL)


def place_on_page(path: str) -> str | None:
    """Return what has to stand behind the page's own address; None for an address that was not meant for a link.

    It is empty where the path is nothing but signs: browsers then put the part that they kept to themselves behind the new address.
    """
    plain = path
    for _ in range(MOST_ESCAPED):
        plain = unquote(plain)
    plain = unicodedata.normalize("NFKD", plain)
    found = LINK.fullmatch(plain)
    if found:
        return f"#/l/{quote(found[1])}"
    return None if path == "/" or any(letter.isalnum() for letter in plain) else ""
