"""What can be chosen on the form of a breakdown: the tables that the edition has, questions by section, scales and indicators."""

from dataclasses import dataclass

from schemas.model import Survey
from schemas.texts import Text
from server.analysis.counting.axes import CROSSED, UNIT
from server.console.campaign_results import CampaignResults
from server.console.translation import gettext
from server.console.wording import own_labels, said

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Subjects in groups, and axes; each with its name and label."""

    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    axes: tuple[Option, ...]

    def title(self, subject: str, by: str) -> str:
        """Say what is broken down by what."""
        labels = dict(option for _, options in self.groups for option in options)
        return gettext("%(what)s – by: %(by)s", what=labels.get(subject, subject), by=dict(self.axes).get(by, by))


def why_not(found: CampaignResults, choices: Choices, subject: str, by: str) -> str:
    """Say why there is no breakdown of a subject by an axis, though both were asked for."""
    if subject in by.split(CROSSED):
        return gettext("A question cannot be broken down by itself. Please choose another one.")
    if by in found.absent_axes:
        return _absent(found, by)
    if by not in dict(choices.axes):
        return gettext("Results are not broken down by this.")
    if subject not in {name for _, options in choices.groups for name, _ in options}:
        return gettext(
            "There is no breakdown of this in any group: it is no question, scale or indicator that is counted by person."
        )
    return gettext("The edition has no breakdown of this by that.")


def not_divided_by(found: CampaignResults, choices: Choices) -> list[str]:
    """Say of the axes that cannot be chosen why not."""
    there = dict(choices.axes)
    return [_absent(found, name) for name in found.absent_axes if name not in there]


def _absent(found: CampaignResults, by: str) -> str:
    axis = label_of_axis(found.survey, by)
    if found.absent_axes[by] == "same":
        return gettext(
            "“%(axis)s”: the groups of workplaces are the same as those of “%(unit)s”, where they can be seen.",
            axis=axis,
            unit=label_of_axis(found.survey, UNIT),
        )
    return gettext(
        "“%(axis)s”: groups that are large enough leave a single one, so there is nothing to compare.", axis=axis
    )


def choices_of(found: CampaignResults) -> Choices:
    """List what can be chosen in a campaign."""
    there = [one for one in found.listed if one.kind == "breakdown"]
    titles = {one.subject: one.title for one in there}
    survey = found.survey
    groups = [
        (said(part.title) or part.name, [one.name for one in part.questions if one.name in titles])
        for part in survey.sections
    ]
    groups.append((gettext("Scales"), [name for name in titles if name.startswith("scale/")]))
    groups.append((gettext("Indicators"), [name for name in titles if name.startswith("indicator/")]))
    axes = dict.fromkeys(one.by for one in there)
    return Choices(
        tuple(
            (title, tuple((name, _label(survey, name, titles)) for name in names)) for title, names in groups if names
        ),
        tuple((name, label_of_axis(survey, name)) for name in axes),
    )


def label_of_axis(survey: Survey, name: str) -> str:
    """Name an axis: a question's words, ours, or the two axes of a crossing."""
    if name in survey.by_name:
        return said(survey.by_name[name].label)
    own = own_labels().get(name)
    if own is not None or CROSSED not in name:
        return own or name
    return " × ".join(label_of_axis(survey, one) for one in name.split(CROSSED, 1))


def _label(survey: Survey, name: str, titles: dict[str, Text]) -> str:
    return said(survey.by_name[name].label if name in survey.by_name else titles[name]) or name
