/** The screen with one question, or with a short matrix of them: cards on a narrow screen, a table on a wide one. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { said, t } from "../texts.ts";
import { type Answering, change } from "./answering.ts";
import { Field } from "./fields.tsx";
import { Heading } from "./heading.tsx";
import { answered, back, canGoBack, choicesFor, declined, forward, garbled, type Interview, passed, type Shown, unanswered } from "./interview.ts";
import { repeating } from "./in_words.ts";
import { Matrix } from "./matrix.tsx";
import { Media } from "./media.tsx";
import { bounds, Problems } from "./problems.tsx";
import { partOf, sayFor } from "./seldom.ts";
import { choicesOf, isGate, offersRefusal } from "./steps.ts";
import { Support } from "./support.tsx";
import { today, type Visit } from "./visit.ts";

type Asking = Extract<Shown, { kind: "questions" }>;

export function Questions({ visit, interview, shown }: { visit: Visit; interview: Interview; shown: Asking }): JSX.Element {
  const section = interview.survey.sections.find((candidate) => candidate.name === shown.step.section);
  const isMatrix = shown.step.kind === "questions" && shown.step.isMatrix;
  const title = repeating(section?.title, interview, today());
  const gate = shown.questions.find(isGate);
  const answering: Answering = {
    interview,
    answer: (name, value) => change(visit, (now) => answered(now, name, value)),
    garble: (name) => change(visit, (now) => garbled(now, name)),
  };
  const open = interview.isReminded ? unanswered(interview, shown).length : 0;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const found = (where: string): HTMLElement | null | undefined => form.current?.querySelector<HTMLElement>(where);
    (found("[aria-invalid=true]") ?? found(".has-problem :is(input, .rank-row:not(.ranked) button)"))?.focus();
    found(".problem:not(:empty)")?.scrollIntoView({ block: "nearest" });
  }, [interview.problems]);
  return (
    <form ref={form} class="screen" autocomplete="off" noValidate onSubmit={(event) => submit(event, visit)}>
      <main class="column">
        {isMatrix ? <Heading>{title}</Heading> : title && <p class="section-name">{title}</p>}
        {isMatrix ? (
          <Matrix questions={shown.questions} answering={answering} />
        ) : (
          shown.questions.map((question) => <Single key={question.name} question={question} answering={answering} isCompanion={question.specifies === shown.questions[0]?.name} />)
        )}
        {gate && <Ways visit={visit} interview={interview} gate={gate} />}
        {!gate && canDecline(interview, shown) && (
          <button type="button" class="ghost wide" onClick={() => change(visit, (now) => declined(now, today()))}>
            {sayFor(interview.survey, "sitting.decline_answer")}
          </button>
        )}
        <p class="notice" role="status">
          {open > 0 && (
            <>
              <Icon name="alert" /> {t("sitting.unanswered", { count: open })}
            </>
          )}
        </p>
        {shown.step.isSensitive && interview.survey.support?.length ? <Support lines={interview.survey.support} isFolded /> : null}
      </main>
      <Onward visit={visit} interview={interview} isGate={gate !== undefined} />
    </form>
  );
}

interface SingleProps {
  readonly question: Question;
  readonly answering: Answering;
  /** Whether it stands under the choices of another question ("other, namely"), whose screen this is. */
  readonly isCompanion: boolean;
}

function Single({ question, answering, isCompanion }: SingleProps): JSX.Element {
  const { interview } = answering;
  const problems = interview.problems[question.name] ?? [];
  const label = repeating(question.label, interview, today());
  const hint = question.hint ? repeating(question.hint, interview, today()) : hintOf(question);
  const id = `${question.name}-label`;
  return (
    <div class={`question${problems.length ? " has-problem" : ""}`}>
      {isCompanion ? (
        <p class="companion" id={id}>
          {label}
        </p>
      ) : (
        <Heading id={id}>{label}</Heading>
      )}
      <Media survey={interview.survey} of={question} text={label} />
      {question.required === true && <p class="tag">{t("sitting.required")}</p>}
      {hint && (
        <p class="hint" id={`${question.name}-hint`}>
          {hint}
        </p>
      )}
      <Media survey={interview.survey} of={question} slot="hint_" text={hint} />
      {!isGate(question) && <Field question={question} answering={answering} />}
      <Problems question={question} codes={problems} interview={interview} />
    </div>
  );
}

/** The three ways at a gate, alike in size and colour: a look from aside does not tell which was taken. */
function Ways({ visit, interview, gate }: { visit: Visit; interview: Interview; gate: Question }): JSX.Element {
  return (
    <div class="ways" role="group" aria-labelledby={`${gate.name}-label`}>
      {choicesFor(interview, gate, today()).map((way) => (
        <div class="way" key={way.name}>
          <button type="button" class="secondary wide" onClick={() => change(visit, (now) => passed(now, gate, way.name, today()))}>
            {said(way.label)}
          </button>
          <Media survey={interview.survey} of={way} only="audio" text={said(way.label)} />
        </div>
      ))}
    </div>
  );
}

/** What a question's kind asks for, where it has no hint of its own. */
function hintOf(question: Question): string {
  if (question.type === "select_multiple") return t("question.choose_many");
  if (question.type === "text") return t("question.text");
  if (question.type === "integer") return question.range ? t("question.number", bounds(question)) : t("question.number_only");
  if (question.type === "range") return t("question.range", bounds(question));
  return partOf(question)?.hintOf(question) ?? "";
}

/** Where the choices themselves offer not to answer, or where an answer is needed, there is no button for it. */
function canDecline(interview: Interview, shown: Asking): boolean {
  const asked = shown.questions.filter((question) => question.type !== "note");
  return asked.length > 0 && asked.every((question) => !question.required) && !asked.every((question) => offersRefusal(choicesOf(interview.survey, question)));
}

/** The two ways out of a screen, always in the same place; at a gate the answers themselves lead on. */
export function Onward({ visit, interview, isGate = false }: { visit: Visit; interview: Interview; isGate?: boolean }): JSX.Element {
  return (
    <footer class="actions">
      {canGoBack(interview, today()) && (
        <button type="button" class="secondary" onClick={() => change(visit, (now) => back(now, today()))}>
          <Icon name="back" /> {t("sitting.back")}
        </button>
      )}
      {!isGate && (
        <button type="submit" class="primary">
          {t("sitting.next")} <Icon name="next" />
        </button>
      )}
    </footer>
  );
}

export function submit(event: Event, visit: Visit): void {
  event.preventDefault();
  change(visit, (now) => forward(now, today()));
}
