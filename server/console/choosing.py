"""What can be chosen on the form of a breakdown: questions by section, scales, and the dimensions."""

from dataclasses import dataclass

from server.analysis.coding import COUNTED
from server.analysis.results import Results
from server.console.tongue import gettext
from server.console.wording import label_of, said

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Questions in groups, and dimensions; each with its name and label."""

    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    dimensions: tuple[Option, ...]

    def title(self, subject: str, by: str) -> str:
        """Say what is broken down by what."""
        labels = dict(option for _, options in self.groups for option in options)
        return gettext("%(what)s – by: %(by)s", what=labels.get(subject, subject), by=dict(self.dimensions).get(by, by))


def choices_of(results: Results) -> Choices:
    """List what can be chosen in a campaign."""
    survey = results.facts.survey
    groups = [
        (
            said(section.title) or section.name,
            tuple((one.name, said(one.label)) for one in section.questions if one.type in COUNTED),
        )
        for section in survey.sections
    ]
    scales = tuple((scale.name, said(scale.title)) for scale in survey.scales)
    everything = (*groups, *(((gettext("Scales"), scales),) if scales else ()))
    return Choices(
        tuple(group for group in everything if group[1]),
        tuple((member.key, label_of(member)) for member in results.dimensions),
    )
