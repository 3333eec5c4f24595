"""Words in labels that matter to a survey's honesty: those that ask who somebody is, and those that lean."""

import re

from schemas.texts import folded, nfc

# On text without case and accents (one letter for one). What asks for a person is looked for only where a person could write it down.
_IDENTIFYING = re.compile(
    r"\b("
    r"ho (va )?ten|ten (day du|that|rieng)|ten (cua )?(anh|chi|ban|nguoi tra loi)|so dien thoai|s[dđ]t|so zalo|(dia chi )?e-?mail|"
    r"can cuoc|cccd|cmnd|chung minh (thu|nhan dan)|ho chieu|ma so thue|ma (so )?(nhan vien|cong nhan|the)|so the|so tai khoan|"
    r"dia chi (nha|nha rieng|cua anh|noi o|thuong tru|tam tru)|so nha|ngay sinh|ngay thang nam sinh|bien so xe|so so bao hiem|"
    r"(your|full|first|last|family) name|name and surname|phone( number)?|mobile number|e-?mail address|home address|"
    r"(id|identity|identification) (card|number)|passport|date of birth|birth date|birthday|employee (number|id|code)|"
    r"staff (number|id)|bank account|licen[cs]e plate|social (security|insurance) number"
    r")\b"
)
_ADVICE = re.compile(
    r"\b(không|đừng|chớ|chưa|tránh|bỏ qua|leave out|omit|do not|don'?t|never|nobody|no one|none|without|avoid|no|not)\b"
)
_NEGATIVE_OPENING = re.compile(r"\s*(khong|chua|chang|dung|not|no|never|don'?t|i do not|i don'?t|toi khong|toi chua)\b")
_DISAGREES = re.compile(r"\b(khong|phan doi|chua|disagree|oppose|not|un\w+|dis\w+)\b")
_AGREES = re.compile(r"\b(dong y|tan thanh|ung ho|hai long|agree|satisfied|support)\b")


def asks_who(text: str) -> str | None:
    """The words with which the text asks for something that identifies; None if it does not, or asks to leave it out."""
    for sentence in re.split(r"[.!?;:\n]", nfc(text).casefold()):
        found = _IDENTIFYING.search(folded(sentence))
        # With its accents: "đừng" (do not) is not "dùng" (use), nor "chớ" (do not) "cho" (give).
        if found and not _ADVICE.search(sentence[: found.start()]):
            return found[0]
    return None


def opens_with_a_negative(text: str) -> bool:
    """Whether a statement starts with its own denial, to which "I disagree" is hard to read."""
    return _NEGATIVE_OPENING.match(folded(text)) is not None


def leans(text: str) -> int:
    """-1 for a choice that disagrees, 1 for one that agrees, 0 for one of which the words do not tell."""
    bare = folded(text)
    if not _AGREES.search(bare):
        return -1 if re.search(r"\b(disagree\w*|dissatisfied|phan doi)\b", bare) else 0
    return -1 if _DISAGREES.search(bare) else 1
