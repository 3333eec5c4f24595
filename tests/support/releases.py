"""Made-up releases of a campaign, stored as an edition: what pages read, without counting anybody.

The figures are drawn from the names of rows, so that each is itself wherever it is shown.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Flask

from schemas.model import Choice, Indicator, Question, Survey
from schemas.texts import Text
from server.analysis.counting.axes import Member
from server.analysis.edition.documents import document_of
from server.analysis.edition.figures import Comparison, Count, Figure, Mean, Missing, Quantile, Share, Span, Target
from server.analysis.edition.release import Column, Release, Row, issue
from server.analysis.edition.store import Edition, Work, note_work, write
from server.database import transaction
from server.fieldwork.campaigns import find_campaign
from server.surveys.publishing import find_survey
from tests.support.answered_campaign import CAMPAIGN, SITES

ABSENT = Missing("absent")
NUMBERED = frozenset({"integer", "decimal", "range", "date"})
COUNTED = frozenset({"select_one", "select_multiple", "rank", "acknowledge", *NUMBERED})
SCALES = {"vi": "Thang đo", "en": "Scales"}
GENDERS = (("female", {"vi": "Nữ", "en": "Woman"}), ("male", {"vi": "Nam", "en": "Man"}))


@dataclass(frozen=True)
class Press:
    """Prints the releases of one campaign. `people` stand behind the edition."""

    survey: Survey
    people: int = 310
    edition: int = 2
    bracket: int = 5
    campaign: str = CAMPAIGN

    def release(
        self, kind: str, subject: str, title: Text, columns: Sequence[Column], rows: Sequence[Row], **more: Any
    ) -> Release:
        """Make a release of this edition."""
        given = {
            "campaign": self.campaign,
            "edition": self.edition,
            "counted": self.edition,
            "by": "",
            "people": self.people,
            "bracket": self.bracket,
        } | more
        return issue(kind=kind, subject=subject, title=title, columns=tuple(columns), rows=tuple(rows), **given)

    def share(self, name: str, people: int | None = None, part: float | None = None) -> Share:
        """Draw a share of some people, from a name."""
        of = people or self.people
        count = int((_drawn(name) if part is None else part) * of)
        low = count // self.bracket * self.bracket
        span = Span(low, min(low + self.bracket - 1, of))
        value = round((span.low + span.high) / 2 / of, 3 if of > 200 else 2)
        reach = 1.96 * (max(value * (1 - value), 0.002) / of) ** 0.5 + self.bracket / 2 / of
        end = "under" if low == 0 else "at_least" if low + self.bracket > of else ""
        return Share(value, max(0.0, round(value - reach, 3)), min(1.0, round(value + reach, 3)), span, end)  # type: ignore[arg-type]

    def mean(self, name: str, least: float = 0, most: float = 100, people: int | None = None) -> Mean:
        """Draw a mean on a scale."""
        value = least + (0.2 + 0.6 * _drawn(name)) * (most - least)
        reach = (most - least) / (people or self.people) ** 0.5 / 2
        digits = 1 if most - least > 20 else 2
        ends = (round(value, digits), round(value - reach, digits), round(value + reach, digits))
        return Mean(*ends, least, most, Span((people or self.people) - 5, people or self.people))

    def question(self, question: Question, *, some: bool = False) -> Release:
        """Make the one-way table of a question; `some`: it was not asked of everybody."""
        asked = Span(120, 129) if some or question.relevant is not None else None
        base = "asked" if asked else "everybody"
        parts = _split(question.name, len(_answers(question)) + 1)
        rows = []
        for (key, label), part in zip(_answers(question), parts, strict=False):
            drawn = None if question.type == "select_multiple" else part
            people = asked.high if asked else None
            rows.append(Row(key, label, (self.share(f"{question.name}/{key}", people, drawn),), asked=asked, base=base))  # type: ignore[arg-type]
        rows.append(
            Row("@unanswered", {}, (self.share("", asked.high if asked else None, 0.02),), asked=asked, base=base)
        )  # type: ignore[arg-type]
        if question.type in NUMBERED - {"date"}:
            rows += [
                Row("@mean", {}, (self.mean(question.name, 0, 30),)),
                Row("@lower_quartile", {}, (Quantile(8.0, 7.0, 9.0),)),
                Row("@median", {}, (Quantile(12.5, 11.0, 13.5),)),
                Row("@upper_quartile", {}, (Quantile(19.0, 17.0, None),)),
            ]
        notes = ("several_answers",) if question.type == "select_multiple" else ()
        return self.release(
            "question",
            question.name,
            question.label,
            (Column("@all"),),
            rows,
            notes=notes,
            sensitive=question.sensitive,
        )

    def likert(self, section: str, questions: Sequence[Question]) -> Release:
        """Make the table of statements with the same answers."""
        rows = [Row(one.name, one.label, self._rated(one, one.name)) for one in questions]
        title = next(part.title for part in self.survey.sections if part.name == section) or {}
        subject = f"{section}:{questions[0].name}"
        return self.release("likert", subject, title, _rated_columns(questions[0].choices), rows)

    def _rated(self, question: Question, name: str, people: int | None = None) -> tuple[Figure, ...]:
        parts = _split(name, len(question.choices) + 1)
        shares = tuple(self.share("", people, part) for part in parts)
        best = sum(
            part for part, one in zip(parts, question.choices, strict=False) if one.name in _best(question.choices)
        )
        scores = [one.score for one in question.choices if one.score is not None]
        return (*shares, self.share("", people, best), self.mean(name, min(scores), max(scores), people))

    def scales(self) -> Release:
        """Make the table of scales: scores, and right and wrong answers of a quiz."""
        keys = ("@mean", "@correct", "@wrong", "@dont_know")
        rows = []
        for scale in self.survey.scales:
            if scale.score == "percent_correct":
                parts = _split(scale.name, 3)
                figures: tuple[Figure, ...] = (ABSENT, *(self.share("", None, part) for part in parts))
            else:
                figures = (self.mean(scale.name), ABSENT, ABSENT, ABSENT)
            rows.append(Row(scale.name, scale.title, figures, base="answered"))
        return self.release("scales", "scales", SCALES, [Column(key) for key in keys], rows)

    def indicators(self) -> Release:
        """Make the table of indicators beside their targets."""
        rows = [
            Row(one.name, one.title, (self._indicator(one), _target(one)), base=_base(one))
            for one in self.survey.indicators
        ]
        columns = (Column("@number"), Column("@target"))
        return self.release("indicators", "indicators", {"vi": "Chỉ báo", "en": "Indicators"}, columns, rows)

    def _indicator(self, one: Indicator) -> Figure:
        if one.kind == "compare" and one.comparison:
            return (
                Comparison(1.4, 1.1, 1.8, "ratio")
                if one.comparison.form == "ratio"
                else Comparison(-6.0, -14.0, 2.0, "points")
            )
        made: dict[str, Figure] = {
            "mean": self.mean(one.name),
            "average": self.mean(one.name, 0, 24),
            "ratio": Missing("unworked"),
        }
        return made.get(one.kind, self.share(one.name))

    def gap(self) -> Release:
        """Make the table of women beside men: rows as the edition has them."""
        rows = []
        for section in self.survey.sections:
            heading = (Member(section.name, section.title or {}),)
            for question in section.questions:
                for key, label, form in _compared(question):
                    rows.append(self._apart(f"{question.name}/{key}", label, form, heading))
        rows += [self._apart(f"indicator/{one.name}", one.title, "points") for one in self.survey.indicators]
        rows += [self._apart(f"scale/{one.name}", one.title, "score") for one in self.survey.scales]
        columns = (Column("@first", GENDERS[0][1]), Column("@second", GENDERS[1][1]), Column("@difference"))
        return self.release("gap", "gap", {"vi": "Nữ và nam", "en": "Women and men"}, columns, rows, by="gender")

    def _apart(self, key: str, label: Text, form: str, members: tuple[Member, ...] = ()) -> Row:
        first, second = (self.share(f"{key}{who}", people) for who, people in (("w", 180), ("m", 125)))
        value, reach = round((first.value - second.value) * 100), 11.0
        figures: tuple[Figure, Figure] = (first, second)
        if form == "score":
            figures = women, men = self.mean(f"{key}w", people=180), self.mean(f"{key}m", people=125)
            value, reach = round(women.value - men.value, 1), 7.1
        apart = Comparison(value, round(value - reach, 1), round(value + reach, 1), form)  # type: ignore[arg-type]
        return Row(key, label, (*figures, apart), members=members)

    def breakdown(self, question: Question, by: str) -> Release:
        """Make a question's table by groups."""
        rated = _is_rated(question)
        columns = (
            _rated_columns(question.choices)
            if rated
            else [*(Column(*one) for one in _answers(question)), Column("@unanswered")]
        )
        rows = [
            Row(
                "+".join(one.key for one in members),
                {},
                self._of_group(question, by, at, people),
                people,
                members=members,
            )
            for at, (members, people) in enumerate(self.groups(by))
        ]
        rows.append(Row("@all", {}, self._of_group(question, by, 99, self.people), self.people))
        return self.release("breakdown", question.name, question.label, columns, rows, by=by, bracket=10)

    def _of_group(self, question: Question, by: str, at: int, people: int) -> tuple[Figure, ...]:
        if _is_rated(question):
            return self._rated(question, f"{question.name}{by}{at}", people)
        parts = _split(f"{question.name}{by}{at}", len(_answers(question)) + 1)
        return tuple(self.share("", people, part) for part in parts)

    def score_by(self, subject: str, title: Text, by: str) -> Release:
        """Make a scale's or an indicator's table by groups."""
        rows = [
            Row(
                str(at), {}, (self.mean(f"{subject}{by}{at}", people=people),), people, members=members, base="answered"
            )
            for at, (members, people) in enumerate(self.groups(by))
        ]
        return self.release("breakdown", subject, title, (Column("@number"),), rows, by=by)

    def groups(self, by: str) -> list[tuple[tuple[Member, ...], int]]:
        """Divide the people by an axis; of longer ones the last two members stand together."""
        members = [Member(key, label) for key, label in self.members(by)]
        apart = members if len(members) < 4 else members[:-2]
        together = [tuple(members[len(apart) :])] if len(apart) < len(members) else []
        members_of = [*((one,) for one in apart), *together]
        each = self.people // len(members_of)
        sizes = [each] * (len(members_of) - 1) + [self.people - each * (len(members_of) - 1)]
        return list(zip(members_of, sizes, strict=True))

    def members(self, by: str) -> list[tuple[str, Text]]:
        """Name the members of an axis."""
        if by == "site":
            return [(name, {"vi": profile.name, "en": profile.name}) for name, profile in SITES.items()]
        question = self.survey.by_name[by]
        return _answers(question)

    def overview(self) -> Release:
        """Make the table of who took part."""
        sizes = (180, 130)
        rows = []
        for (name, label), responses in zip(self.members("site"), sizes, strict=True):
            rows.append(Row(name, label, _took_part(3200, responses), responses))
        rows.append(Row("@all", {}, _took_part(6400, sum(sizes)), sum(sizes)))
        keys = ("@headcount", "@responses", "@collected", "@refused", "@participation", "@cooperation", "@margin")
        title = {"vi": "Tham gia", "en": "Taking part"}
        return self.release("overview", "responses", title, [Column(key) for key in keys], rows, by="site", bracket=0)

    def everything(self) -> Iterator[Release]:
        """Make every release of an edition."""
        yield self.overview()
        for section in self.survey.sections:
            yield from self._section(section.name, [one for one in section.questions if one.type in COUNTED])
        if self.survey.scales:
            yield self.scales()
        if self.survey.indicators:
            yield self.indicators()
        if "gender" in self.survey.by_name:
            yield self.gap()
        for by in (*(one.name for one in self.survey.dimensions), "site"):
            for question in self.survey.questions:
                if question.type in COUNTED and question.name != by and _answers(question):
                    yield self.breakdown(question, by)
            for scale in self.survey.scales:
                yield self.score_by(f"scale/{scale.name}", scale.title, by)
            for one in self.survey.indicators:
                yield self.score_by(f"indicator/{one.name}", one.title, by)

    def _section(self, name: str, questions: Sequence[Question]) -> Iterator[Release]:
        for _, run in groupby(questions, key=lambda one: one.list_name if _is_rated(one) else one.name):
            together = list(run)
            yield (
                self.likert(name, together)
                if _is_rated(together[0]) and len(together) > 1
                else self.question(together[0])
            )


def publish_edition(
    app: Flask,
    press: Press,
    releases: Sequence[Release] | None = None,
    *,
    breakdowns: bool = True,
    absent: Mapping[str, str] | None = None,
) -> None:
    """Store an edition in an app's database."""
    made = list(press.everything()) if releases is None else releases
    with app.app_context(), transaction() as session:
        document = document_of(press.survey.version, {}, absent or {}, (), {})
        write(session, press.campaign, Edition(press.edition, press.people, breakdowns, document), (), made)


def note(app: Flask, work: Work, campaign: str = CAMPAIGN) -> None:
    """Say how far the making of the next edition is."""
    with app.app_context(), transaction() as session:
        note_work(session, campaign, work)


def press_of(app: Flask, campaign: str = CAMPAIGN, **more: Any) -> Press:
    """Make a press for a campaign that is planned on a server."""
    with app.app_context(), transaction() as session:
        row = find_campaign(session, campaign)
        return Press(find_survey(session, row.survey_id, row.survey_version), campaign=campaign, **more)


def _answers(question: Question) -> list[tuple[str, Text]]:
    if question.type in NUMBERED:
        return [(key, {}) for key in ("..20", "20..30", "30..40", "40..50", "50..")]
    if question.type == "acknowledge":
        return [("OK", {})]
    return [(one.name, one.label) for one in question.choices]


def _is_rated(question: Question) -> bool:
    return question.type == "select_one" and sum(one.score is not None for one in question.choices) > 2


def _compared(question: Question) -> list[tuple[str, Text, str]]:
    """List what women and men are compared by."""
    if _is_rated(question):
        return [("@mean", question.label, "score"), ("@top_two", question.label, "points")]
    if question.type not in {"select_one", "select_multiple"} or question.name == "gender":
        return []
    return [(one.name, one.label, "points") for one in question.choices if not one.off_scale]


def _rated_columns(choices: Sequence[Choice]) -> list[Column]:
    answers = [Column(one.name, one.label, one.score, one.off_scale) for one in choices]
    return [*answers, Column("@unanswered"), Column("@top_two"), Column("@mean")]


def _best(choices: Sequence[Choice]) -> set[str]:
    on_scale = [one for one in choices if one.score is not None and not one.off_scale]
    return {one.name for one in sorted(on_scale, key=lambda one: one.score or 0.0)[-2:]}


def _target(one: Indicator) -> Figure:
    if one.target is None:
        return ABSENT
    return Target(one.target.value, one.target.year, one.target.source, one.target.verified)


def _base(one: Indicator) -> Any:
    return "belongs" if one.base is not None else "asked"


def _took_part(headcount: int, responses: int) -> tuple[Figure, ...]:
    rate, margin = round(responses / headcount, 3), round(0.98 / responses**0.5, 3)
    at = Span(responses, responses)
    return (
        Count(headcount),
        Count(responses),
        Count(responses + 51),
        Count(38),
        Share(rate, rate, rate, at),
        Share(0.9, 0.86, 0.93, at),
        Share(margin, margin, margin, at),
    )


def _drawn(name: str) -> float:
    return int(hashlib.sha256(name.encode()).hexdigest()[:6], 16) / 0xFFFFFF


def _split(name: str, parts: int) -> list[float]:
    weights = [0.1 + _drawn(f"{name}{at}") for at in range(parts)]
    weights[-1] = 0.05
    return [weight / sum(weights) for weight in weights]
