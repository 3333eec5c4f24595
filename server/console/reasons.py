"""Why a figure is not there, and why one still counts the people of an earlier edition: sentences for the foot of a table."""

from collections.abc import Iterable, Mapping
from datetime import date

from server.analysis.edition.figures import Missing
from server.analysis.edition.release import Release
from server.console.numbers import spell_date
from server.console.translation import gettext

ABOUT_MANY = frozenset({"likert", "gap", "indicators", "scales", "overview"})
"""Kinds of tables whose rows are of different questions, so that some may count other people than the rest."""


def why_missing(figures: Iterable[Missing]) -> list[str]:
    """Say of the figures that a table lacks why, each reason once."""
    lacking = list(dict.fromkeys(figures))
    missing = {figure.reason for figure in lacking}
    sentences = [sentence for reason, sentence in _sentences().items() if reason in missing]
    return [*sentences, *(_changed(figure) for figure in lacking if figure.reason == "changed")]


def why_earlier(release: Release) -> list[str]:
    """Say that a table counts people of an earlier edition, and why it has no newer figures."""
    if release.counted == release.edition:
        return []
    whose = (
        gettext(
            "Some rows still count the people of an earlier edition, at the earliest of edition %(n)s.",
            n=release.counted,
        )
        if release.kind in ABOUT_MANY
        else gettext("This table counts the people of edition %(n)s.", n=release.counted)
    )
    return [" ".join((whose, *(sentence for code, sentence in _still().items() if code in release.notes)))]


def _changed(figure: Missing) -> str:
    if figure.version is None:
        return gettext(
            "“The question changed”: its answers are others than those that earlier editions counted. Old and new ones cannot "
            "be counted together, so there is no figure."
        )
    return gettext(
        "“Changed with version %(n)s”: version %(n)s of the survey, published on %(day)s, gave this question other answers. "
        "Answers from before and after cannot be counted together, so there is no figure.",
        n=figure.version,
        day=spell_date(date.fromisoformat(figure.since)),
    )


def _sentences() -> Mapping[str, str]:
    return {
        "few": gettext("“Too few people”: a figure is shown only where enough people stand behind it."),
        "held": gettext("“Held back”: even told more coarsely, this could tell how somebody answered."),
        "moved": gettext(
            "“Workplaces changed”: since an earlier edition workplaces left the campaign, came to it, or moved to another unit. "
            "New figures beside the old ones could tell how somebody answered, so there are none."
        ),
        "regrouped": gettext(
            "“Groups changed”: a question that divides people has other answers than in an earlier edition. "
            "New figures beside the old ones could tell how somebody answered, so there are none."
        ),
        "coarse": gettext(
            "“For everybody only”: by group this could tell how somebody answered, however coarsely it was told."
        ),
        "few_asked": gettext(
            "“For everybody only”: not everybody is asked this. By group too few people were asked, or it could tell how somebody "
            "answered. Which of the two is not said, as that would tell something, too."
        ),
        "one_group": gettext(
            "“For everybody only”: this needs larger groups, and counted together they leave a single one."
        ),
        "place": gettext(
            "“For everybody only”: sensitive questions are not shown by workplace or unit, so that no place is set beside another."
        ),
        "undivided": gettext("“For everybody only”: this edition is not divided by workplace."),
        "total": gettext(
            "“In the total only”: told by itself, this number would give away another that is too small to be told."
        ),
        "unworked": gettext("“Not worked out in this version” does not mean that too few people answered."),
        "no_bounds": gettext(
            "“No greatest number set”: the survey does not say how great a number may be, "
            "so one person could move the mean as far as one likes."
        ),
    }


def _still() -> Mapping[str, str]:
    return {
        "still": gettext(
            "Since then nothing new could be told of it without the risk of showing how somebody answered."
        ),
        "still_few_asked": gettext(
            "Since then too few new people were asked, or what is new could show how somebody answered."
        ),
        "still_changed": gettext(
            "Since then a version of the survey gave the question, or one that it hangs together with, other answers: "
            "people who came later are not added."
        ),
        "still_moved": gettext(
            "Since then workplaces left the campaign, came to it, or moved to another unit: figures of more people beside these "
            "could show how somebody answered, so nobody is added."
        ),
        "still_regrouped": gettext(
            "Since then a question that divides people got other answers: figures of more people beside these could show how "
            "somebody answered, so nobody is added."
        ),
    }
