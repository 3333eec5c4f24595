"""Every word of the console stands in both catalogues, nothing is left over, and the words around numbers fit."""

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from server.console import catalogues

SERVER = Path(__file__).parents[3] / "server"
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2)}


def _catalogue(language: str) -> Catalog:
    with (SERVER / "translations" / language / "LC_MESSAGES" / "messages.po").open("rb") as words:
        return read_po(words)


@pytest.fixture(scope="module")
def used() -> set[object]:
    """Every text that the console's code and templates say."""
    with (SERVER / "translations" / "extraction.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(str(SERVER), method_map=methods, options_map=options, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_catalogue_has_what_is_used_and_nothing_else(used: set[object], language: str):
    assert {message.id for message in _catalogue(language) if message.id} == used


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_is_missing_or_doubtful(language: str):
    for message in _catalogue(language):
        if message.id:
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            assert all(said), message.id
            assert not message.fuzzy, message.id


def test_translations_speak_of_the_same_facts():
    for message in _catalogue("vi"):
        if message.id:
            asked = message.id[-1] if isinstance(message.id, tuple) else message.id
            said = message.string[0] if isinstance(message.string, tuple) else message.string
            assert _facts(said) == _facts(asked), asked


def test_vietnamese_speaks_to_people_politely():
    said = " ".join(str(message.string) for message in _catalogue("vi") if message.id)
    assert "bạn" not in said.lower().split()
    assert "Anh/Chị" in said


def test_catalogues_are_compiled_when_they_are_stale(tmp_path: Path):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr "Language: vi\\n"\n\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8"
    )
    assert catalogues.bring_up_to_date(tmp_path) == 1
    assert (folder / "messages.mo").exists()
    assert catalogues.bring_up_to_date(tmp_path) == 0


def test_words_that_cannot_be_made_are_told_in_one_sentence(tmp_path: Path):
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid ""\nmsgstr ""\n', encoding="utf-8")
    (folder / "messages.mo.part").mkdir()
    with pytest.raises(catalogues.NoWords, match="install Lắng Nghe again"):
        catalogues.bring_up_to_date(tmp_path)


def _facts(text: str) -> set[str]:
    named = string.Formatter().parse(text.replace("%%", "").replace("%(", "{").replace(")s", "}").replace(")d", "}"))
    return {name for _, name, _, _ in named if name}
