"""The table of scales: a mean score for each, and for quizzes how many answers were correct, wrong, or not knowing."""

from schemas.model import Scale
from server.analysis.edition.cells import QUIZ
from server.analysis.edition.figures import Figure, Missing, Span
from server.analysis.edition.material import Material
from server.analysis.edition.measures import measure_of_scale
from server.analysis.edition.release import MEAN, Column, Release, Row
from server.analysis.statistics.estimates import Estimate, figure_of
from server.analysis.statistics.known import Known
from server.analysis.statistics.quizzes import pooled_lines

SUBJECT = "scales"


def scales_release(material: Material) -> Release | None:
    """Make the table of all scales; None when a survey has none."""
    scales = material.facts.survey.scales
    if not scales:
        return None
    quiz = any(scale.score == "percent_correct" for scale in scales)
    rows: list[Row] = []
    names: list[str] = []
    for scale in scales:
        measure = measure_of_scale(material, scale)
        worked = measure.among_all(material)
        lines = _lines(material, scale) if quiz else ()
        people: Span | None = worked.people if isinstance(worked, Estimate) else None
        rows.append(Row(scale.name, scale.title, (figure_of(worked), *lines), asked=people, base="answered"))
        names += measure.items
    columns = (Column(MEAN), *(Column(key) for key in QUIZ if quiz))
    title = material.facts.survey.title
    notes = ("item_means", *(["quiz"] if quiz else []))
    return material.release("scales", SUBJECT, title, names, columns=columns, rows=tuple(rows), notes=notes)


def _lines(material: Material, scale: Scale) -> tuple[Figure, ...]:
    if scale.score != "percent_correct":
        return (Missing("absent"),) * len(QUIZ)
    held = {item.question: material.whole(item.question) for item in scale.items}
    parts = [(material.facts.survey.by_name[name], known) for name, known in held.items() if isinstance(known, Known)]
    if len(parts) < len(held):
        return (next(known for known in held.values() if isinstance(known, Missing)),) * len(QUIZ)
    return tuple(figure_of(line) for line in pooled_lines(parts, material.least(held)))
