"""How long the language takes: to read a survey, to check a response in Python, and to walk through it in the page."""

import json
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from schemas.answers import check_answers, relevant_names  # noqa: E402
from schemas.pack_reader import read_pack  # noqa: E402
from schemas.publishing import published  # noqa: E402
from schemas.survey import Question, Survey, load_survey  # noqa: E402
from tests.support.page_language import NODE  # noqa: E402

TODAY = date(2026, 11, 22)
PAGE = """
import { checkAnswers, relevantNames } from "./client/web/src/language/answers.ts";
const { survey, responses } = JSON.parse(await new Response(process.stdin).text());
const time = (work) => {
  let best = Infinity;
  for (let turn = 0; turn < 15; turn += 1) {
    const start = performance.now();
    for (const answers of responses) work(survey, answers, "2026-11-22");
    best = Math.min(best, (performance.now() - start) / responses.length);
  }
  return best * 1000;
};
console.log(JSON.stringify({ page_check_us: time(checkAnswers), page_relevance_us: time(relevantNames) }));
"""


def main(argv: list[str]) -> dict[str, Any]:
    """Microseconds per response of the pack ge_awareness, all questions answered, best of several rounds."""
    survey = read_pack(argv[0] if argv else "ge_awareness")
    responses = [_response(survey, random.Random(seed)) for seed in range(200)]
    document = published(survey)
    start = time.perf_counter()
    load_survey(document)
    loading = (time.perf_counter() - start) * 1e3
    best = min(_round(survey, responses) for _ in range(9))
    payload = json.dumps({"survey": document, "responses": responses}).encode()
    command = [NODE, "--no-warnings", "--input-type=module-typescript", "--eval", PAGE]
    done = subprocess.run(command, input=payload, capture_output=True, cwd=ROOT, check=True, timeout=60)
    answered = round(sum(map(len, responses)) / len(responses))
    return {"answers_per_response": answered, "load_ms": loading, "check_us": best * 1e6, **json.loads(done.stdout)}


def _round(survey: Survey, responses: list[dict[str, Any]]) -> float:
    start = time.perf_counter()
    for answers in responses:
        check_answers(survey, answers, today=TODAY)
    return (time.perf_counter() - start) / len(responses)


def _response(survey: Survey, chance: random.Random) -> dict[str, Any]:
    """Answers to everything that becomes relevant, in the order of the survey."""
    answers: dict[str, Any] = {}
    for _ in range(3):
        for name in sorted(
            relevant_names(survey, answers, today=TODAY) - answers.keys(), key=list(survey.by_name).index
        ):
            if (answer := _answer(survey.question(name), chance)) is not None:
                answers[name] = answer
        relevant = relevant_names(survey, answers, today=TODAY)
        answers = {name: answer for name, answer in answers.items() if name in relevant}
    return answers


def _answer(question: Question, chance: random.Random) -> Any:
    names = [choice.name for choice in question.choices if not choice.exclusive]
    match question.type:
        case "select_one":
            return chance.choice(names)
        case "select_multiple":
            return chance.sample(names, min(2, len(names)))
        case "integer" | "range":
            return question.range.start if question.range else 1
        case "text":
            return "Mong có phòng vắt sữa và chỗ nghỉ trưa."
        case "acknowledge":
            return "OK"
    return None


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:]), indent=1))
