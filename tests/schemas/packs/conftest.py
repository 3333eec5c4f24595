"""The packs as the tests read them: as their authors wrote them, and as the rest of the house sees them."""

from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
import yaml

from schemas.pack_reader import pack_names, read_pack

FOLDER = Path(__file__).parents[3] / "schemas" / "packs"
ANONYMOUS = ("survey", "quiz", "event")


@pytest.fixture(params=pack_names())
def pack(request):
    return read_pack(request.param)


@pytest.fixture(params=[name for name in pack_names() if read_pack(name).kind in ANONYMOUS])
def anonymous(request):
    """A pack that persons answer without being known."""
    return read_pack(request.param)


@pytest.fixture(params=["ge_awareness", "ge_awareness_short"])
def awareness(request):
    """One of the two forms of the awareness survey."""
    return read_pack(request.param)


@pytest.fixture
def written(pack):
    """The pack as written, with the modules that it takes in."""
    return deepcopy(_written(pack.id))


@cache
def _written(name):
    document = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    included = [section["include"] for section in document["sections"] if "include" in section]
    modules = {
        module: yaml.safe_load((FOLDER / "modules" / f"{module}.yaml").read_text("utf-8")) for module in included
    }
    return {**document, "modules": modules}


@pytest.fixture
def full():
    return read_pack("ge_awareness")


@pytest.fixture
def short():
    return read_pack("ge_awareness_short")


@pytest.fixture
def about_the_packs():
    return (FOLDER / "README.md").read_text("utf-8")
