"""A lake for tests of analysis: rows of answers, or many drawn at random, in just the files that intake writes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.expressions.evaluating import Scope
from schemas.publishing import fingerprint, published
from schemas.questions import kind_of
from schemas.survey import Survey
from server.analysis.counting.relevance import NO_DAY, Asked
from server.lake.columns import Columns, LakeRow
from server.lake.manifest import Manifest, read_manifest
from server.lake.storage import Folder
from server.lake.writing import LakeWriter
from sync.chance import SystemChance

DAY = date(2026, 11, 20)


def rows_of(answers: Sequence[Mapping[str, Any]], site: str | Sequence[str] = "may-10") -> list[LakeRow]:
    """Responses with these answers, all of one site or one site each."""
    sites = [site] * len(answers) if isinstance(site, str) else site
    return [LakeRow(where, DAY, "vi", "tablet", given) for where, given in zip(sites, answers, strict=True)]


def pour(lake: Path, campaign: str, survey: Survey, rows: Sequence[LakeRow] | pa.Table) -> None:
    """Add responses to the lake, as an opening run does."""
    table = rows if isinstance(rows, pa.Table) else Columns(survey).table(rows)
    before = read_manifest(Folder(lake), campaign)
    writer = LakeWriter(Folder(lake), campaign, SystemChance())
    writer.append(table, _manifest(campaign, survey, before, (before.responses if before else 0) + table.num_rows))


def rebuild(lake: Path, campaign: str, survey: Survey, rows: Sequence[LakeRow]) -> None:
    """Build the lake anew from all responses there are."""
    manifest = _manifest(campaign, survey, read_manifest(Folder(lake), campaign), len(rows))
    LakeWriter(Folder(lake), campaign, SystemChance()).replace([(None, Columns(survey).table(rows))], manifest)


def pin(lake: Path, campaign: str, edition: int) -> None:
    """Give an edition to all rows that are in none yet, as making an edition does."""
    before = read_manifest(Folder(lake), campaign)
    assert before is not None
    manifest = replace(before, generation=before.generation + 1)
    LakeWriter(Folder(lake), campaign, SystemChance()).pin(edition, manifest)


def parts_of(folder: Path) -> tuple[Path, ...]:
    """The files that make up a campaign's lake just now, in the order of its manifest."""
    manifest = read_manifest(Folder(folder.parent), folder.name)
    return tuple(folder / part.name for part in manifest.parts) if manifest else ()


def manifest_in(folder: Path) -> Manifest:
    """What a campaign's folder says that it holds."""
    manifest = read_manifest(Folder(folder.parent), folder.name)
    assert manifest is not None
    return manifest


def drawn(survey: Survey, people: int, sites: Sequence[str], seed: int = 1, silence: float = 0.03) -> pa.Table:
    """Answers drawn at random, each question on its own; some people leave some questions out."""
    chance = np.random.default_rng(seed)
    schema = Columns(survey).schema
    arrays = [_column(survey, field, people, sites, chance, silence) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def without_skipped(survey: Survey, table: pa.Table) -> pa.Table:
    """The same people, without their answers to what they would not have been asked."""
    asked = Asked(survey)
    skippable = {name for name in table.column_names if name in survey.by_name and asked.is_conditional(name)}
    columns = {name: table[name].to_pylist() for name in table.column_names}
    for at in range(table.num_rows):
        values: dict[str, str | None] = {}
        for question in survey.questions:
            if question.name not in columns or question.calculation is not None:
                continue
            if question.name in skippable and not asked.holds(question.name, _scope_of(survey, values)):
                columns[question.name][at] = None
            else:
                given = columns[question.name][at]
                values[question.name] = " ".join(given) if isinstance(given, list) else given
    arrays = [
        pa.array(columns[one.name], one.type) if one.name in skippable else table[one.name] for one in table.schema
    ]
    return pa.Table.from_arrays(arrays, schema=table.schema)


def _scope_of(survey: Survey, values: dict[str, str | None]) -> Scope:
    """Turn answers back into what an expression looks at; several choices stand side by side with spaces between."""
    typed: dict[str, str | float] = {}
    for name, value in values.items():
        if value:
            typed[name] = float(value) if kind_of(survey.by_name[name]).numeric else value
    return Scope(today=NO_DAY, values=typed)


def _manifest(campaign: str, survey: Survey, before: Manifest | None, responses: int) -> Manifest:
    mark = fingerprint(published(survey))
    generation = before.generation + 1 if before else 1
    return Manifest(campaign, survey.id, survey.version, mark, generation, responses, ())


def _column(
    survey: Survey, field: pa.Field, people: int, sites: Sequence[str], chance: np.random.Generator, silence: float
) -> pa.Array:
    places = {"site": list(sites), "language": ["vi", "en"], "mode": ["tablet", "link"]}
    if field.name in places:
        return _words(chance, people, places[field.name], 0)
    if field.name == "day":
        return pa.array(np.full(people, np.datetime64(DAY)), pa.date32())
    question = survey.by_name[field.name]
    names = [choice.name for choice in question.choices] or ["OK"]
    silent = chance.random(people) < silence
    if pa.types.is_dictionary(field.type):
        return _words(chance, people, names, silence)
    if pa.types.is_list(field.type):
        return _lists(chance, people, names, field.type)
    if pa.types.is_string(field.type):
        return pa.array([""] * people, field.type)
    numbers = chance.integers(18, 60, people)
    return pa.array(numbers, pa.int64(), mask=silent).cast(field.type)


def _lists(chance: np.random.Generator, people: int, names: Sequence[str], kind: pa.DataType) -> pa.Array:
    picked = chance.integers(1, 3, people)
    offsets = pa.array(np.concatenate([[0], np.cumsum(picked)]).astype("int32"))
    starts = chance.integers(0, len(names), people)
    flat = (np.repeat(starts, picked) + np.arange(picked.sum()) % 2) % len(names)
    inner = pa.DictionaryArray.from_arrays(pa.array(flat.astype("int32")), list(names))
    return pa.ListArray.from_arrays(offsets, inner, type=kind)


def _words(chance: np.random.Generator, people: int, names: Sequence[str], silence: float) -> pa.Array:
    weights = np.array([1 / (at + 2) for at in range(len(names))])
    chosen = chance.choice(len(names), people, p=weights / weights.sum()).astype("int32")
    mask = chance.random(people) < silence
    return pa.DictionaryArray.from_arrays(pa.array(chosen, mask=mask), list(names))
