/** The screen with one question, or with a short matrix of them: cards on a narrow screen, a table on a wide one. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { Question } from "../language/survey.ts";
import { said, t } from "../texts.ts";
import { type Answering, change } from "./answering.ts";
import { Field } from "./fields.tsx";
import { Heading } from "./heading.tsx";
import { answered, back, canGoBack, declined, forward, garbled, type Interview, type Shown, unanswered } from "./interview.ts";
import { Matrix } from "./matrix.tsx";
import { bounds, Problems } from "./problems.tsx";
import { choicesOf, offersRefusal } from "./steps.ts";
import { Support } from "./support.tsx";
import { today, type Visit } from "./visit.ts";

type Asking = Extract<Shown, { kind: "questions" }>;

export function Questions({ visit, interview, shown }: { visit: Visit; interview: Interview; shown: Asking }): JSX.Element {
  const section = interview.survey.sections.find((candidate) => candidate.name === shown.step.section);
  const isMatrix = shown.step.kind === "questions" && shown.step.isMatrix;
  const answering: Answering = {
    interview,
    answer: (name, value) => change(visit, (now) => answered(now, name, value)),
    garble: (name) => change(visit, (now) => garbled(now, name)),
  };
  const open = interview.isReminded ? unanswered(interview, shown).length : 0;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true], .has-problem input, .has-problem textarea")?.focus();
  }, [interview.problems]);
  return (
    <form ref={form} class="screen" autocomplete="off" noValidate onSubmit={(event) => submit(event, visit)}>
      <main class="column">
        {isMatrix ? <Heading>{said(section?.title)}</Heading> : section?.title && <p class="section-name">{said(section.title)}</p>}
        {isMatrix ? (
          <Matrix questions={shown.questions} answering={answering} />
        ) : (
          shown.questions.map((question) => <Single key={question.name} question={question} answering={answering} />)
        )}
        {canDecline(interview, shown) && (
          <button type="button" class="ghost wide" onClick={() => change(visit, (now) => declined(now, today()))}>
            {t("sitting.decline_answer")}
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
      <Onward visit={visit} interview={interview} />
    </form>
  );
}

function Single({ question, answering }: { question: Question; answering: Answering }): JSX.Element {
  const problems = answering.interview.problems[question.name] ?? [];
  return (
    <div class={problems.length ? "question has-problem" : "question"}>
      <Heading id={`${question.name}-label`}>
        {said(question.label)}
      </Heading>
      {question.required === true && <p class="tag">{t("sitting.required")}</p>}
      {hintOf(question) && (
        <p class="hint" id={`${question.name}-hint`}>
          {hintOf(question)}
        </p>
      )}
      <Field question={question} answering={answering} />
      <Problems question={question} codes={problems} />
    </div>
  );
}

/** What stands under the question: its own hint, else what its kind asks for. */
function hintOf(question: Question): string {
  if (question.hint) return said(question.hint);
  if (question.type === "select_multiple") return t("question.choose_many");
  if (question.type === "text") return t("question.text");
  if (question.type === "integer") return question.range ? t("question.number", bounds(question)) : t("question.number_only");
  return question.type === "range" ? t("question.range", bounds(question)) : "";
}

/** Where the choices themselves offer not to answer, or where an answer is needed, there is no button for it. */
function canDecline(interview: Interview, shown: Asking): boolean {
  const asked = shown.questions.filter((question) => question.type !== "note");
  return asked.length > 0 && asked.every((question) => !question.required) && !asked.every((question) => offersRefusal(choicesOf(interview.survey, question)));
}

/** The two ways out of a screen, always in the same place. */
export function Onward({ visit, interview }: { visit: Visit; interview: Interview }): JSX.Element {
  return (
    <footer class="actions">
      {canGoBack(interview, today()) && (
        <button type="button" class="secondary" onClick={() => change(visit, (now) => back(now, today()))}>
          <Icon name="back" /> {t("sitting.back")}
        </button>
      )}
      <button type="submit" class="primary">
        {t("sitting.next")} <Icon name="next" />
      </button>
    </footer>
  );
}

export function submit(event: Event, visit: Visit): void {
  event.preventDefault();
  change(visit, (now) => forward(now, today()));
}
