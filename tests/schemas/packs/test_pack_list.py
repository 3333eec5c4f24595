"""The list of packs is told without reading them, and never tells of a pack what it was before."""

import pytest

from schemas import pack_list
from schemas.pack_list import LIST, PackSummary, pack_summaries, packed_list, summary_of
from schemas.pack_reader import pack_names, read_pack


def test_the_list_beside_the_packs_is_what_the_packs_say() -> None:
    written = pack_list._folder().joinpath(LIST).read_text("utf-8")
    assert written == packed_list(), "write it anew: python -m schemas.pack_list"


def read_by(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[PackSummary]]:
    """Which packs were read whole to tell of all."""
    read: list[str] = []
    monkeypatch.setattr(pack_list, "read_pack", lambda name: read.append(name) or read_pack(name))
    return read, pack_summaries()


def test_no_pack_is_read_to_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    read, listed = read_by(monkeypatch)
    assert read == []
    assert [one.id for one in listed] == pack_names()


def test_a_pack_that_changed_since_is_read_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = pack_list._digest
    monkeypatch.setattr(pack_list, "_digest", lambda name, shared: "" if name == "pulse" else digest(name, shared))
    read, listed = read_by(monkeypatch)
    assert read == ["pulse"]
    assert next(one for one in listed if one.id == "pulse") == summary_of(read_pack("pulse"))
