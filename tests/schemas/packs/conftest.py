"""The packs as the tests read them: as their authors wrote them, and as the rest of the house sees them."""

from pathlib import Path

import pytest
import yaml

from schemas.pack_reader import pack_names, read_pack

FOLDER = Path(__file__).parents[3] / "schemas" / "packs"


@pytest.fixture(params=pack_names())
def pack(request):
    return read_pack(request.param)


@pytest.fixture
def written(pack):
    return yaml.safe_load((FOLDER / f"{pack.id}.yaml").read_text("utf-8"))


@pytest.fixture
def full():
    return read_pack("ge_awareness")


@pytest.fixture
def short():
    return read_pack("ge_awareness_short")


@pytest.fixture
def about_the_packs():
    return (FOLDER / "README.md").read_text("utf-8")
