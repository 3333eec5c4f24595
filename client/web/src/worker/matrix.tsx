/**
 * Several statements on one scale. One structure for all screens: each statement is a group of its own with its scale; a wide
 * screen lays the groups out as rows under one head, a narrow one as cards. Scales keep their place, nothing is colour alone.
 */
import type { JSX } from "preact";
import type { Choice, Question } from "../language/survey.ts";
import { said } from "../texts.ts";
import type { Answering } from "./answering.ts";
import { choicesFor } from "./interview.ts";
import { repeating } from "./in_words.ts";
import { Media } from "./media.tsx";
import { Problems } from "./problems.tsx";
import { today } from "./visit.ts";

const MOST_SIDE_BY_SIDE = 5;
/** Letters of the longest word, once for each choice: as many stand in a row on a phone, and as many more in smaller letters. */
const ROOM = { usual: 33, tight: 46 };

export function Matrix({ questions, answering }: { questions: readonly Question[]; answering: Answering }): JSX.Element {
  const first = questions[0];
  const choices = first ? choicesFor(answering.interview, first, today()) : [];
  const scale = choices.filter((choice) => !choice.off_scale);
  const beside = choices.filter((choice) => choice.off_scale);
  return (
    <div class={`matrix of-${scale.length} ${layoutOf(scale)}`}>
      <div class="matrix-head" aria-hidden="true">
        <span />
        <Heads choices={scale} />
        <Heads choices={beside} isApart />
      </div>
      {questions.map((question) => (
        <Statement key={question.name} question={question} scale={scale} beside={beside} answering={answering} />
      ))}
    </div>
  );
}

/** On a phone a scale stands in a row only if its words fit there; else it is a list. */
function layoutOf(scale: readonly Choice[]): string {
  const room = scale.length * Math.max(...scale.flatMap((choice) => said(choice.label).split(/\s+/)).map((word) => word.length));
  if (scale.length > MOST_SIDE_BY_SIDE || room > ROOM.tight) return "in-column";
  return room > ROOM.usual ? "in-row tight" : "in-row";
}

const Heads = ({ choices, isApart = false }: { choices: readonly Choice[]; isApart?: boolean }): JSX.Element => (
  <>
    {choices.map((choice, index) => (
      <span key={choice.name} class={isApart && index === 0 ? "apart" : undefined}>
        {said(choice.label)}
      </span>
    ))}
  </>
);

interface StatementProps {
  readonly question: Question;
  readonly scale: readonly Choice[];
  readonly beside: readonly Choice[];
  readonly answering: Answering;
}

function Statement({ question, scale, beside, answering }: StatementProps): JSX.Element {
  const { interview } = answering;
  const problems = interview.problems[question.name] ?? [];
  const label = repeating(question.label, interview, today());
  const option = (choice: Choice): JSX.Element => (
    <label key={choice.name} class="cell">
      <input
        type="radio"
        name={question.name}
        autocomplete="off"
        checked={interview.answers[question.name] === choice.name}
        onChange={() => answering.answer(question.name, choice.name)}
      />
      <span class="mark" />
      <span class="cell-label">{said(choice.label)}</span>
    </label>
  );
  return (
    <div class={problems.length ? "statement has-problem" : "statement"}>
      <p class="statement-label" id={`${question.name}-label`}>
        {label}
        {question.hint && <small>{repeating(question.hint, interview, today())}</small>}
      </p>
      <Media survey={interview.survey} of={question} text={label} />
      <Media survey={interview.survey} of={question} slot="hint_" text={label} />
      <div class="cells" role="radiogroup" aria-labelledby={`${question.name}-label`} aria-describedby={`${question.name}-problem`}>
        <div class="scale">{scale.map(option)}</div>
        {beside.length > 0 && <div class="beside">{beside.map(option)}</div>}
      </div>
      <Problems question={question} codes={problems} interview={interview} />
    </div>
  );
}
