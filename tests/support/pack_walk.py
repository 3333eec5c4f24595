"""A worker who answers any survey to its end on her own phone, by taps and keys, and never gives up at a question."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page

from schemas.answers import check_answers
from schemas.model import Choice, Question, Survey

SCREEN = """main => ({
  head: main.dataset.at ??= String(performance.now()),
  names: [...document.querySelectorAll('[id$=-label]')].map(one => one.id.replace(/-label$/, '')),
  statements: [...document.querySelectorAll('.statement [aria-labelledby]')].map(one => one.getAttribute('aria-labelledby')),
  mayLeaveOut: document.querySelector('.actions .notice button') !== null,
  isTheEnd: document.querySelector('.column > .ghost .icon') !== null,
})"""
"""What has to be known of a screen, all at once: to ask a browser costs more than its answer."""
MOST_SCREENS = 400
NUMBERS = (1, 2, 3, 5, 0)
Pick = Callable[[list[Choice]], list[Choice]]


def first_way(choices: list[Choice]) -> list[Choice]:
    """She takes what stands first, as long as it is allowed: agreeing little, yes, true."""
    return choices


def last_way(choices: list[Choice]) -> list[Choice]:
    """She takes what stands last on the scale, as long as it is allowed."""
    return choices[::-1]


@dataclass
class Respondent:
    """Somebody before the first question; `pick` says in which order she would take the choices."""

    page: Page
    survey: Survey
    pick: Pick
    answers: dict[str, Any] = field(default_factory=dict)
    screen: dict[str, Any] = field(default_factory=dict)

    def screens(self) -> Iterator[tuple[str, ...]]:
        """Answer screen after screen, stopping at each once it is filled in; the last one is the review, named by nothing."""
        for _ in range(MOST_SCREENS):
            self.page.locator(".actions").wait_for()
            self.screen = self._look()
            names = tuple(
                name for name in self.screen["names"] if name in self.survey.by_name and name not in self.answers
            )
            for name in names:
                self._answer(self.survey.by_name[name])
            yield names
            if self.screen["isTheEnd"]:
                return
            self._go_on(names)
        raise AssertionError("the survey has no end")

    def _look(self) -> dict[str, Any]:
        return dict(self.page.locator("main").evaluate(SCREEN))

    def _go_on(self, names: tuple[str, ...]) -> None:
        """Press the way on; where an answer is not taken, say nothing instead, as everybody may."""
        if any(self.survey.by_name[name].appearance == "gate" for name in names):
            return
        self.page.locator(".actions .primary").last.click()
        after = self._look()
        if after["mayLeaveOut"]:
            self.page.locator(".actions .notice button").click()
            after = self._look()
        if after["head"] != self.screen["head"]:
            return
        self.page.locator(".column > .ghost.wide").last.click()
        for name in names:
            self.answers.pop(name, None)

    def _answer(self, question: Question) -> None:
        answer = _ANSWERS.get(question.type)
        if answer is not None:
            answer(self, question, self.page.locator(f"[aria-labelledby~='{question.name}-label']").first)

    def _fits(self, question: Question, value: Any) -> bool:
        """Whether the survey takes this answer, after all that was answered before."""
        given = {name: answer for name, answer in self.answers.items() if answer is not None}
        found = check_answers(self.survey, given | {question.name: value}, today=date.today())
        return all(problem.question != question.name for problem in found)

    def _one(self, question: Question, at: Locator) -> None:
        scale = [choice for choice in question.choices if not choice.off_scale]
        ordered = [*scale, *(choice for choice in question.choices if choice.off_scale)]
        taken = next((choice for choice in self.pick(scale) if self._fits(question, choice.name)), scale[0])
        if question.appearance == "gate":
            self.page.locator(".ways button").first.click()
            self.answers[question.name] = "enter"
            return
        if question.appearance == "minimal":
            at.select_option(taken.name)
        elif f"{question.name}-label" in self.screen["statements"]:
            at.locator("label").nth(ordered.index(taken)).click()
        else:
            at.locator(f"label:has(input[value='{taken.name}'])").click()
        self.answers[question.name] = taken.name
        for companion in self.survey.questions:  # what opens under "other" is filled in at once
            if companion.specifies == question.name and taken.other:
                self._answer(companion)

    def _many(self, question: Question, at: Locator) -> None:
        plain = [choice for choice in question.choices if not choice.exclusive and not choice.off_scale]
        wanted = self.pick(plain or list(question.choices))
        taken = next((choice for choice in wanted if self._fits(question, [choice.name])), wanted[0])
        at.locator(f"label:has(input[value='{taken.name}'])").click()
        self.answers[question.name] = [taken.name]
        for companion in self.survey.questions:
            if companion.specifies == question.name and taken.other:
                self._answer(companion)

    def _rank(self, question: Question, at: Locator) -> None:
        for _ in question.choices:
            at.locator(".rank-row:not(.ranked) .rank-choice").first.click()
        self.answers[question.name] = at.locator(".rank-row").evaluate_all("all => all.map(one => one.dataset.name)")

    def _number(self, question: Question, at: Locator) -> None:
        tried = (*NUMBERS, *((int(question.range.start), int(question.range.end)) if question.range else ()))
        number = next((value for value in tried if self._fits(question, value)), tried[0])
        at.fill(str(number))
        self.answers[question.name] = number

    def _range(self, question: Question, at: Locator) -> None:
        if at.locator(".rate").count():
            at.locator(".rate").first.click()
        else:
            at.focus()
            at.press("Home")
            at.press("ArrowRight")
        self.answers[question.name] = None  # whichever step that is

    def _date(self, question: Question, at: Locator) -> None:
        if question.appearance == "year":
            at.fill("2026")
            self.answers[question.name] = "2026-01-01"
        elif question.appearance == "month-year":
            at.locator("select").select_option("11")
            at.locator("input").fill("2026")
            self.answers[question.name] = "2026-11-01"
        else:
            at.fill("2026-11-20")
            self.answers[question.name] = "2026-11-20"

    def _text(self, question: Question, at: Locator) -> None:
        at.fill("Xin thêm quạt ở khu may.")
        self.answers[question.name] = "Xin thêm quạt ở khu may."

    def _acknowledge(self, question: Question, _at: Locator) -> None:
        self.page.locator(".choice").first.click()
        self.answers[question.name] = "OK"


_ANSWERS: dict[str, Callable[[Respondent, Question, Locator], None]] = {
    "select_one": Respondent._one,
    "select_multiple": Respondent._many,
    "rank": Respondent._rank,
    "integer": Respondent._number,
    "decimal": Respondent._number,
    "range": Respondent._range,
    "date": Respondent._date,
    "text": Respondent._text,
    "acknowledge": Respondent._acknowledge,
}
