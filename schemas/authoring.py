"""A survey as its author writes it: the published document with expressions as plain text, and as YAML to read and edit."""

from collections.abc import Mapping
from typing import Any

import yaml

from schemas import quick
from schemas.model import Survey
from schemas.publishing import published


def authored(survey: Survey) -> dict[str, Any]:
    """The author's document; loading it gives the same survey again."""
    document: dict[str, Any] = quick.unsaid(_plain(published(survey)))
    return document


def as_yaml(survey: Survey) -> str:
    """The author's document as YAML, without the bytes of pictures and sounds: those belong into the folder media beside it."""
    document = authored(survey)
    document.pop("media", None)
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=UNBROKEN)


UNBROKEN = 1_000_000  # a text stays on its line, however long: a break in the middle of a sentence helps nobody


class _Dumper(yaml.SafeDumper):
    """Short mappings and lists of plain values stand on one line, as people write them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's shape
        return True


def _represent_mapping(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    short = all(isinstance(value, str | int | float) for value in data.values()) and len(str(data)) < 100
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=short or None)


def _represent_list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    short = all(isinstance(value, str | int | float) for value in data) and len(str(data)) < 100
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short or None)


def _represent_text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
    style = '"' if "\n" not in data and (" " in data or data in _LOOKALIKES) else "|" if "\n" in data else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style)


_LOOKALIKES = frozenset({"yes", "no", "on", "off", "y", "n"})
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)
_Dumper.add_representer(str, _represent_text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"text", "tree"}:
            return value["text"]
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value
