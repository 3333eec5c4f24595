"""Whatever people answered and however coarse the brackets are: figures stay within their bounds, and intervals hold them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from server.analysis.edition.figures import Mean, Missing, Quantile, Share, figure_document, read_figure
from server.analysis.statistics.estimates import difference, figure_of, ratio
from server.analysis.statistics.quantiles import quantiles_of
from server.analysis.statistics.scores import average_of, mean_of
from server.analysis.statistics.shares import share_of
from tests.support.known import SCORES, bands, choice, known, likert

PEOPLE = st.integers(0, 400)
WIDTHS = st.sampled_from([1, 5, 10, 20])
STATEMENTS = st.tuples(st.lists(PEOPLE, min_size=5, max_size=5), PEOPLE, PEOPLE).filter(lambda made: sum(made[0]) >= 10)
CHOICES = st.tuples(st.lists(PEOPLE, min_size=2, max_size=6), st.none() | PEOPLE).filter(
    lambda made: sum(made[0]) >= 10
)


def kept(figure):
    """Store a figure and read it back."""
    return read_figure(json.loads(json.dumps(figure_document(figure))))


@given(CHOICES, WIDTHS)
def test_shares_lie_between_nought_and_one_inside_their_interval(made, width):
    counts, not_asked = made
    one = known(choice({f"a{at}": count for at, count in enumerate(counts)}, not_asked), width)
    for key, count in zip(one.item.categories, counts, strict=False):
        figure = figure_of(share_of(one, one.mask((key,)), one.base))
        assert kept(figure) == figure
        if isinstance(figure, Share):
            assert 0 <= figure.low <= figure.value <= figure.high <= 1
            assert figure.people.low <= count <= figure.people.high
            assert figure.low - 1e-9 <= count / sum(counts) <= figure.high + 1e-9


@given(STATEMENTS, WIDTHS)
def test_means_and_top_two_lie_inside_their_intervals(made, width):
    one = known(likert(*made), width)
    scale = one.mask(SCORES)
    mean = figure_of(mean_of(one, SCORES))
    top = figure_of(share_of(one, one.mask(("a", "sa")), scale))
    assert (kept(mean), kept(top)) == (mean, top)
    if isinstance(mean, Mean):
        assert 1 <= mean.low <= mean.value <= mean.high <= 5
        assert mean.people.low <= sum(made[0]) <= mean.people.high
    if isinstance(top, Share):
        assert 0 <= top.low <= top.value <= top.high <= 1


@given(st.lists(PEOPLE, min_size=4, max_size=4).filter(lambda counts: sum(counts) >= 10), WIDTHS)
def test_numbers_lie_inside_their_intervals(counts, width):
    one = known(bands([0, 5, 10, 20, 40], counts), width)
    for figure in quantiles_of(one, 1):
        assert kept(figure) == figure
        if isinstance(figure, Quantile):
            assert 0 <= figure.low <= figure.value <= figure.high <= 39
    average = figure_of(average_of(one, 1))
    if isinstance(average, Mean):
        assert 0 <= average.low <= average.value <= average.high <= 39


@given(STATEMENTS, STATEMENTS, WIDTHS)
def test_differences_and_ratios_lie_inside_their_intervals(first, second, width):
    ones = [known(likert(*made), width) for made in (first, second)]
    means = [mean_of(one, SCORES) for one in ones]
    tops = [share_of(one, one.mask(("a", "sa")), one.mask(SCORES)) for one in ones]
    for pair in (means, tops):
        for figure in (difference(*pair), ratio(*pair)):
            assert kept(figure) == figure
            assert isinstance(figure, Missing) or figure.low <= figure.value <= figure.high


@given(st.lists(st.integers(0, 60), min_size=3, max_size=3), st.integers(0, 4), st.integers(0, 4))
def test_people_in_the_same_brackets_have_the_same_figures(brackets, moved, back):
    """A print is a function of brackets and public sizes: five of one answer more or less inside a bracket change nothing."""
    first, second, third = (5 * at for at in brackets)
    counts = [{"a": first + one, "b": second + 4 - one, "c": third + 300} for one in (moved, back)]
    ones = [known(choice(made)) for made in counts]
    assert ones[0].low == ones[1].low
    shares = [[figure_of(share_of(one, one.mask((key,)), one.base)) for key in "abc"] for one in ones]
    assert shares[0] == shares[1]
