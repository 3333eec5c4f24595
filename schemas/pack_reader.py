"""The packs: ready-made surveys that ship with the project, as YAML files in schemas/packs."""

from functools import cache
from importlib.resources import files

from schemas.file_reading import read_bytes
from schemas.survey import Survey, load_survey


def pack_names() -> list[str]:
    """The names of the packs, in order."""
    folder = files("schemas").joinpath("packs")
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def read_pack(name: str) -> Survey:
    """The pack of that name; KeyError when there is none."""
    if name not in pack_names():
        raise KeyError(name)
    data = files("schemas").joinpath("packs", f"{name}.yaml").read_bytes()
    return load_survey(read_bytes(data, as_json=False))
