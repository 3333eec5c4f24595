"""Every word of the console stands in both catalogues, nothing is left over, and the words around numbers fit."""

import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from server.web import languages

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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_compiled_says_what_its_source_says(language: str):
    with (SERVER / "translations" / language / "LC_MESSAGES" / "messages.mo").open("rb") as compiled:
        read = {_hashable(message.id): _hashable(message.string) for message in read_mo(compiled) if message.id}
    assert read == {message.id: message.string for message in _catalogue(language) if message.id}


def _hashable(said: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    return said if isinstance(said, str) else tuple(said)


def test_a_server_without_its_catalogues_says_so_at_its_start(tmp_path: Path):
    with pytest.raises(languages.NoCatalogues, match="make page"):
        languages._refuse_without_catalogues(tmp_path)


def _facts(text: str) -> set[str]:
    named = string.Formatter().parse(text.replace("%%", "").replace("%(", "{").replace(")s", "}").replace(")d", "}"))
    return {name for _, name, _, _ in named if name}
