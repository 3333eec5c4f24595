"""Words in labels that matter to a survey's honesty: those that lean, deny, ask two things at once, or are a polite yes."""

import re

from schemas.texts import folded, nfc

_NEGATIVE_OPENING = re.compile(
    r"\s*(khong|chua|chang|dung|not|no|never|don'?t|i do not|i don'?t|toi khong|toi chua)\b(?! (chi|only|ai cung))"
)
_DISAGREES = re.compile(
    r"\b(khong|phan doi|chua|chang|disagree\w*|oppose\w*|against|not|never|un\w+|dis\w+|dissatisfied|bad|"
    r"poor(ly)?|worse|kem|te|xau|sai|it)\b"
)
_AGREES = re.compile(
    r"\b(dong y|tan thanh|ung ho|hai long|hop ly|cong bang|tot|dung|thuong xuyen|agree\w*|satisfied|support\w*|"
    r"favou?r\w*|good|well|better|fair(ly)?|true)\b"
)
_AGAINST = re.compile(
    r"\b(disagree\w*|dissatisfied|phan doi|oppose\w*|against|bad|poor(ly)?|worse|kem|xau|unhappy|unfair\w*)\b"
)
_DENIES = re.compile(r"\b(không|chưa|chẳng|đừng|chớ|not|never|no|nobody|nothing|none|without|cannot|\w+n't)\b")
# "Not only", "no matter", "có … không?" and the like deny nothing.
_NO_DENIAL = re.compile(
    r"\b(không (chỉ|những|ít|khí|gian|quân|biết|muốn trả lời)|chẳng hạn|có [^.,;]*\bkhông(?=\W*$)|(hay|hoặc|"
    r"đã) (không|chưa)(?=\W*$)|chưa(?=\?)|"
    r"không(?=\?)|(whether )?or not|not only|no matter|no doubt)\b"
)
_TWO_IN_ONE = re.compile(r"(\b(và/hoặc|và / hoặc|and/or)\b|\b(vừa .+ vừa|both .+ and)\b)")
_JOINED = re.compile(r"\b(và|and)\b")
_WHEN = re.compile(r"\b(when|if|after|before|while|khi|nếu|lúc) [^,]*,")
_SAYS = re.compile(
    r"\b(được|bị|nên|phải|có|đã|đang|sẽ|là|should|is|are|was|were|has|have|can|must|will|do|does|gets?|treats?|"
    r"pays?)\b"
)
_PAIRS = re.compile(
    r"(nữ (và|hoặc|hay) nam|nam (và|hoặc|hay) nữ|phụ nữ (và|hoặc) nam giới|nam giới (và|hoặc) phụ nữ|"
    r"vợ và chồng|cha và mẹ|bố và mẹ|anh và chị|một chị và một anh|"
    r"lao động nữ (và|hoặc) lao động nam|con trai và con gái|phụ nữ và trẻ em|trai (và|hoặc) gái|wom[ae]n (and|"
    r"or) m[ae]n|m[ae]n (and|or) wom[ae]n|a woman and a man|"
    r"husbands? and wi(fe|ves)|(boys|girls|sons|daughters|mothers|fathers|parents|women) and (boys|girls|sons|"
    r"daughters|mothers|fathers|children)|"
    r"between \w+ and \w+|giữa \w+( \w+)? và \w+)"
)
_POLITE_YES = re.compile(r"\W*(binh thuong|khong co y kien|tam duoc|tam on|no opinion|normal|ok(ay)?|so-so)\W*")


# A statement is no longer than this; what is, is told to be too long, and only its beginning is looked at.
_LONGEST = 400


def opens_with_a_negative(text: str) -> bool:
    """Whether a statement starts with its own denial, to which "I disagree" is hard to read."""
    return _NEGATIVE_OPENING.match(folded(text)) is not None


def denies_twice(text: str) -> bool:
    """Whether one sentence denies more than once: "Không nên để nữ không có việc"."""
    sentences = re.split(r"[.!;:\n]", nfc(text[:_LONGEST]).casefold())
    return any(len(_DENIES.findall(_NO_DENIAL.sub(" ", sentence))) > 1 for sentence in sentences)


def asks_two_things(text: str) -> str | None:
    """What joins two statements of which somebody may agree to one only; pairs of people ("nữ và nam") are one thing."""
    said = _WHEN.sub(" ", _PAIRS.sub(" ", nfc(text[:_LONGEST]).casefold()))
    found = _TWO_IN_ONE.search(said)
    if found:
        return found[1] if len(found[1]) < 20 else found[1][:20] + "…"
    for joined in _JOINED.finditer(said):
        before, after = said[: joined.start()].split(), said[joined.end() :].split()
        if len(before) >= 3 and len(after) >= 3 and _SAYS.search(" ".join(before)) and _SAYS.search(" ".join(after)):
            return joined[0]
    return None


def is_a_polite_yes(text: str) -> bool:
    """Whether a middle choice is read as a mild yes, as «Bình thường» is."""
    return _POLITE_YES.fullmatch(folded(text)) is not None


def leans(text: str) -> int:
    """-1 for a choice that disagrees, 1 for one that agrees, 0 for one of which the words do not tell."""
    bare = folded(text)
    if not _AGREES.search(bare):
        return -1 if _AGAINST.search(bare) else 0
    return -1 if _DISAGREES.search(bare) else 1
