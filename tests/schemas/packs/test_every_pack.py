"""Every pack that ships can be read, linted, published and found."""

import json
import re

from schemas.canonical import canonical_json
from schemas.linting import lint
from schemas.pack_reader import pack_names
from schemas.publishing import published
from schemas.survey import load_survey


def test_both_forms_of_the_awareness_survey_ship():
    assert {"ge_awareness", "ge_awareness_short"} <= set(pack_names())


def test_lint_finds_no_error(pack):
    assert [finding for finding in lint(pack) if finding.severity == "error"] == []


def test_lint_warns_only_of_what_the_readme_explains(pack, about_the_packs):
    warned = {finding.code for finding in lint(pack)}
    assert warned == {"support.unverified", "target.unverified", "dimensions.many"}
    assert [code for code in warned if f"`{code}`" not in about_the_packs] == []


def test_what_is_published_reads_as_the_same_survey(pack):
    document = json.loads(canonical_json(published(pack)))
    again = load_survey(document)
    assert again == pack
    assert canonical_json(published(again)) == canonical_json(document)


def test_a_pack_is_named_as_its_file(pack, written):
    assert pack.id == written["id"]
    assert pack.id in pack_names()


def test_names_are_short_and_of_plain_letters(pack):
    names = [section.name for section in pack.sections]
    names += [question.name for question in pack.questions]
    names += [scale.name for scale in pack.scales] + [indicator.name for indicator in pack.indicators]
    names += [choice.name for choices in pack.choice_lists.values() for choice in choices]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9_]{1,24}", name)] == []


def test_every_choice_list_is_used(pack):
    assert set(pack.choice_lists) == {question.list_name for question in pack.questions if question.list_name}


def test_the_readme_lists_every_pack_with_its_indicators(pack, about_the_packs):
    row = next(line for line in about_the_packs.splitlines() if line.startswith(f"| `{pack.id}` "))
    assert " ".join(indicator.name for indicator in pack.indicators) in row
    assert f"| {pack.minutes} |" in row
