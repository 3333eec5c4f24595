"""From what was decided of every item to the tables of an edition: all that pages, reports and exports will ever show.

Every figure is a function of stored brackets, exact group sizes, and the survey. Notes are codes of sentences for the foot of a
table: `several_answers` (shares add up to more than 100 %), `places` (share of first places, mean place, points), `on_scale` (top
two and mean are of those with an answer on the scale), `quiz` (not knowing is no wrong answer), `within_bands` (numbers are known
by bands), `item_means` (a scale is the mean of its items' means, or pooled; a rule for people who left items open cannot be held),
`merged` (groups counted together), `women_less_men`, `few_to_compare`, `strong` (some answers were replaced by others', which is
taken back on average), and the reasons of missing figures. Why people of an earlier edition are counted still: `still`, nothing
new passed the check; `still_few_asked`, that, or too few new people were asked; `still_changed`, `still_moved`, `still_regrouped` as in
`Missing`, of this question or of one that hangs together with it.
"""

from collections.abc import Iterator, Mapping, Sequence

from server.analysis.counting.axes import Axis
from server.analysis.counting.items import Item
from server.analysis.counting.profiles import Sizes
from server.analysis.edition.breakdowns import breakdown_of_measure, breakdown_of_question
from server.analysis.edition.deciding import Decision
from server.analysis.edition.gaps import gap_release
from server.analysis.edition.indicators import indicators_release
from server.analysis.edition.material import Material
from server.analysis.edition.measures import measures_of
from server.analysis.edition.overview import nonresponse_release, responses_release
from server.analysis.edition.questions import question_releases
from server.analysis.edition.release import Release
from server.analysis.edition.scales import scales_release
from server.analysis.facts import Facts
from server.analysis.grouping.groups import Groups


def releases_of(
    facts: Facts,
    items: Sequence[Item],
    axes: Sequence[Axis],
    decisions: Mapping[str, Decision],
    sizes: Sizes,
    edition: int,
    groups: Mapping[str, Groups],
) -> list[Release]:
    """Make all tables of an edition, in the order in which a reader meets them.

    `decisions` by item name; `groups`: those of the edition by axis; an axis that is not among them is not shown.
    """
    material = Material(
        facts,
        {item.name: item for item in items},
        {axis.name: axis for axis in axes},
        decisions,
        groups,
        sizes,
        edition,
    )
    one_way = (responses_release(material), nonresponse_release(material), *question_releases(material))
    tables = (scales_release(material), indicators_release(material), gap_release(material))
    return [*one_way, *(table for table in tables if table is not None), *_breakdowns(material)]


def _breakdowns(material: Material) -> Iterator[Release]:
    for by in material.groups:
        for question in material.facts.survey.questions:
            if material.names_of(question.name) and by not in (question.name, *_crossed(material, question.name)):
                yield breakdown_of_question(material, question, by)
        for measure in measures_of(material):
            if measure.lack is None and measure.only is None:
                yield breakdown_of_measure(material, measure, by)


def _crossed(material: Material, name: str) -> Iterator[str]:
    """Name the crossings in which a question is one of the two axes."""
    return (axis.name for axis in material.axes.values() if name in axis.columns)
