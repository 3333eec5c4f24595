"""Words that were given up stay given up: who takes the project over finds one word for one idea, and the word that the trade uses."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("retired_words.txt")
SOURCES = {".py", ".ts", ".tsx", ".css", ".html", ".toml", ".js"}


def retired(kind: str) -> list[str]:
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith(f"{kind} ")]
    assert lines, f"{LIST.name} names no {kind}"
    assert all(" → " in line for line in lines), "each line says what took the word's place"
    return [line.split()[1] for line in lines]


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listing.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("word", retired("path"))
def test_no_file_or_folder_is_called_so_again(word):
    assert not [str(path) for path in tracked() if word in {*path.parts[:-1], path.name.split(".")[0]}]


@pytest.fixture(scope="module")
def words_in_sources() -> dict[str, set[str]]:
    """The words of each source file, by its path."""
    return {
        str(path): set(re.findall(r"\w+", (ROOT / path).read_text("utf-8")))
        for path in tracked()
        if path.suffix in SOURCES
    }


@pytest.mark.parametrize("word", retired("name"))
def test_no_source_has_the_name_again(words_in_sources, word):
    assert not [path for path, words in words_in_sources.items() if word in words]


@pytest.mark.parametrize("word", retired("identifier"))
def test_no_variable_function_or_attribute_is_called_so_again(word):
    """Sentences may use the word."""
    bound = re.compile(rf"\b_?{word}\b *(=[^=]|\()|\.{word}\b|\bas {word}\b|\bfor {word} in\b")
    names = [path for path in tracked() if path.suffix in {".py", ".ts", ".tsx"}]
    code = {str(path): re.sub(r'"[^"\n]*"|`[^`]*`|#.*|//.*', "", (ROOT / path).read_text("utf-8")) for path in names}
    assert not [path for path, text in code.items() if bound.search(text)]


def test_a_word_that_comes_back_is_found(words_in_sources):
    assert any("STOP_SECONDS" in words for words in words_in_sources.values()), "the search reads the sources"
