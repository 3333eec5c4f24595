"""A survey file, YAML or JSON, read without trust: bounded in size, depth and repetition, and plain data only.

YAML here is its JSON-like core: `yes`, `no`, `on`, dates and 010 stay the texts that their author typed, tags and aliases
are refused, and a key that stands twice is an error instead of a silent loss.
"""

import json
import re
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from schemas.findings import SurveyInvalid, error
from schemas.words import say, sentence

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # a PyYAML that was built without libyaml
    from yaml import SafeLoader as _Base  # type: ignore[assignment]

LARGEST_FILE = 1_000_000
LARGEST_JSON = 4_000_000  # what the program itself wrote may carry its pictures and sounds
LONGEST_REASON = 200
DEEPEST = 24
_CORE = {
    "tag:yaml.org,2002:null": (r"(?:~|null|)\Z", ["~", "n", ""]),
    "tag:yaml.org,2002:bool": (r"(?:true|false)\Z", list("tf")),
    "tag:yaml.org,2002:int": (r"-?(?:0|[1-9][0-9]{0,17})\Z", list("-0123456789")),
    "tag:yaml.org,2002:float": (r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}\Z", list("-0123456789")),
}


def read_file(path: Path) -> object:
    """The document in the file; raises SurveyInvalid with the reason if there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_JSON + 1)
    except OSError as broken:
        raise _refused(
            "file.unreadable",
            say("the file cannot be read: {reason}", reason=sentence(broken.strerror or "unknown reason")),
        ) from None
    return read_bytes(data, as_json=path.suffix.lower() == ".json")


def read_bytes(data: bytes, *, as_json: bool) -> object:
    """The document in the bytes of a file."""
    most = LARGEST_JSON if as_json else LARGEST_FILE
    if len(data) > most:
        raise _refused("file.too_large", say("a survey has at most {most:,} bytes", most=most))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as broken:
        line = data[: broken.start].count(b"\n") + 1
        raise _refused(
            "file.encoding", say("the file is not UTF-8 (line {line}); save it as UTF-8", line=line)
        ) from None
    return _read_json(text) if as_json else _read_yaml(text)


def _read_json(text: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant, parse_int=_whole)
    except json.JSONDecodeError as broken:
        raise _refused(
            "file.syntax",
            say("line {line}, column {column}: {problem}", line=broken.lineno, column=broken.colno, problem=broken.msg),
        ) from None
    except RecursionError:
        raise _refused("file.too_deep", "the file is nested too deeply") from None
    except ValueError as broken:
        raise _refused(
            "file.syntax", str(broken) if len(str(broken)) <= LONGEST_REASON else str(broken)[:LONGEST_REASON]
        ) from None


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(twice, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(say("the key {twice} stands twice in the same place", twice=twice[:40]))
    return found


def _whole(digits: str) -> int:
    if len(digits) > 30:
        raise ValueError(say("{digits}… is no number that a survey can use", digits=digits[:20]))
    return int(digits)


def _no_constant(name: str) -> object:
    raise ValueError(say("{name} is no number that a survey can use", name=name))


def _read_yaml(text: str) -> object:
    try:
        _bound(text)
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader, made stricter
    except SurveyInvalid:
        raise
    except yaml.MarkedYAMLError as broken:
        problem, mark = str(broken.problem or broken.context or "this is not YAML"), broken.problem_mark
        if mark is None:
            raise _refused("file.syntax", problem) from None
        message = say(
            "line {line}, column {column}: {problem}",
            line=mark.line + 1,
            column=mark.column + 1,
            problem=sentence(problem),
        )
        raise _refused("file.syntax", message) from None
    except yaml.YAMLError:
        raise _refused("file.syntax", "the file contains characters that YAML does not allow") from None
    except ValueError as broken:
        raise _refused(
            "file.syntax", str(broken) if len(str(broken)) <= LONGEST_REASON else str(broken)[:LONGEST_REASON]
        ) from None


def _bound(text: str) -> None:
    """Look at the events first: building the document of a hostile file could take all memory or stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise _refused(
                "file.alias", say("line {line}: aliases (*name) are not supported; write the value out", line=line)
            )
        if getattr(event, "tag", None) is not None:
            raise _refused("file.tag", say("line {line}: tags (!name) are not supported", line=line))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _refused(
                "file.too_deep",
                say("line {line}: the file is nested more than {deepest} deep", line=line, deepest=DEEPEST),
            )


class _PlainLoader(_Base):
    """Texts, numbers, true, false, null, lists and mappings; nothing else."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, Any]]] = {}  # noqa: RUF012 - PyYAML's own way

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        found = super().construct_mapping(node, deep=deep)
        if len(found) < len(node.value):
            [(twice, _)] = Counter(str(key.value) for key, _ in node.value).most_common(1)
            line = node.start_mark.line + 1
            raise ValueError(
                say("line {line}: the key {twice} stands twice in the same place", line=line, twice=str(twice)[:40])
            )
        return found


for _tag, (_pattern, _first) in _CORE.items():
    _PlainLoader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def _refused(code: str, message: str) -> SurveyInvalid:
    return SurveyInvalid([error(code, "", message)])
