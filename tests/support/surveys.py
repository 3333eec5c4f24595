"""Small survey documents for tests: complete enough to load, short enough to read."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Document = dict[str, Any]


def both(words: str) -> dict[str, str]:
    """The same words in both languages."""
    return {"vi": words, "en": words}


def select(name: str, choices: str = "yesno", **more: object) -> Document:
    return {"type": "select_one", "name": name, "list": choices, "label": both(f"Câu {name}"), **more}


def number(name: str, **more: object) -> Document:
    return {"type": "integer", "name": name, "label": both(f"Số {name}"), "range": {"start": 15, "end": 80}, **more}


LISTS: Mapping[str, list[Document]] = {
    "yesno": [{"name": "yes", "label": both("Có")}, {"name": "no", "label": both("Không")}],
    "agree": [
        {"name": "sd", "label": both("Rất không đồng ý"), "score": 1},
        {"name": "d", "label": both("Không đồng ý"), "score": 2},
        {"name": "a", "label": both("Đồng ý"), "score": 3},
        {"name": "sa", "label": both("Rất đồng ý"), "score": 4},
        {"name": "dk", "label": both("Không biết"), "off_scale": True},
    ],
}


def document(*questions: Document, **more: object) -> Document:
    """A survey of one section "work" with these questions."""
    whole: Document = {
        "id": "test",
        "version": 1,
        "title": both("Thử"),
        "languages": ["vi", "en"],
        "consent": both("Anh/Chị đồng ý chứ?"),
        "choice_lists": {
            name: LISTS[name] for name in LISTS if any(question.get("list") == name for question in questions)
        },
        "sections": [{"name": "work", "questions": list(questions or [select("q")])}],
    }
    if not questions:
        whole["choice_lists"] = {"yesno": LISTS["yesno"]}
    return deepcopy(whole | more)
