"""Sections that several surveys share: `{include: men}` among a survey's sections stands for those of a module that ships here.

Resolved before anything else is looked at; a loaded survey, and so a published one, is whole and knows nothing of modules.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.file_reading import read_bytes
from schemas.findings import Finding, SurveyInvalid, error
from schemas.words import say

MERGED = ("scales", "indicators")
MODULE_KEYS = frozenset({"module", "choice_lists", "sections", *MERGED})


def module_names() -> list[str]:
    """The names of the modules, in order."""
    folder = files("schemas").joinpath("packs", "modules")
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def with_modules(document: object) -> object:
    """The document with every include replaced; raises SurveyInvalid for a module that is not there or does not fit."""
    sections = document.get("sections") if isinstance(document, Mapping) else None
    if not isinstance(document, Mapping) or not isinstance(sections, list) or not any(map(_is_include, sections)):
        return document
    whole: dict[str, Any] = {**document, "sections": []}
    problems: list[Finding] = []
    for number, section in enumerate(sections, 1):
        if not _is_include(section):
            whole["sections"].append(section)
        elif (module := _module(section)) is None:
            known = ", ".join(module_names())
            message = say(
                "{{include: name}} takes one of the modules {known}, and nothing else stands beside it", known=known
            )
            problems.append(error("include.unknown", f"section #{number}", message))
        else:
            problems += _merge(whole, module)
    if problems:
        raise SurveyInvalid(problems)
    return whole


def _is_include(section: object) -> bool:
    return isinstance(section, Mapping) and "include" in section


def _module(section: Mapping[str, Any]) -> Mapping[str, Any] | None:
    name = section["include"]
    return _read(name) if len(section) == 1 and isinstance(name, str) and name in module_names() else None


@cache
def _read(name: str) -> Mapping[str, Any]:
    data = files("schemas").joinpath("packs", "modules", f"{name}.yaml").read_bytes()
    module = read_bytes(data, as_json=False)
    if not isinstance(module, Mapping) or module.keys() - MODULE_KEYS:
        raise ValueError(
            say(
                "the module {name} has other keys than {module_keys}",
                name=name,
                module_keys=", ".join(sorted(MODULE_KEYS)),
            )
        )
    return module


def _merge(whole: dict[str, Any], module: Mapping[str, Any]) -> list[Finding]:
    """Put the module's parts in; what is already there under the same name must mean the same."""
    problems = []
    whole["sections"] += module.get("sections", [])
    lists = dict(whole.get("choice_lists") or {})
    for name, choices in module.get("choice_lists", {}).items():
        if lists.setdefault(name, choices) != choices:
            message = say("the module {module} brings a list of this name with other choices", module=module["module"])
            problems.append(error("include.differs", f"choice list {name}", message))
    whole["choice_lists"] = lists
    for key in MERGED:
        if key in module:
            own = whole.get(key)
            whole[key] = [*(own if isinstance(own, list) else []), *module[key]]
    return problems
