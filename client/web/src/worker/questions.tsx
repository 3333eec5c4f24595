/** The screen with one question, or with a short matrix of them: cards on a narrow screen, a table on a wide one. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import { fieldOf, kindOf } from "../language/kinds.ts";
import type { Question } from "../language/survey.ts";
import { localized, t } from "../texts.ts";
import { piped } from "./answers_in_words.ts";
import type { Answering } from "./field.ts";
import { Field } from "./fields.tsx";
import { Heading } from "./heading.tsx";
import { answered, goBack, canGoBack, choicesFor, declined, goForward, withMalformed, type Interview, passGate, type ShownScreen, unansweredQuestions } from "./interview.ts";
import { Matrix } from "./matrix.tsx";
import { Media } from "./media.tsx";
import { fieldChunkOf, sayFor } from "./optional_parts.ts";
import { bounds, Problems } from "./problems.tsx";
import { Support } from "./support.tsx";
import { choicesOf, isGate, offersRefusal } from "./survey_screens.ts";
import type { Visit } from "./visit.ts";

type Asking = Extract<ShownScreen, { kind: "questions" }>;

export function Questions({ visit, interview, shown }: { visit: Visit; interview: Interview; shown: Asking }): JSX.Element {
  const section = interview.survey.sections.find((candidate) => candidate.name === shown.screen.section);
  const isMatrix = shown.screen.kind === "questions" && shown.screen.isMatrix;
  const title = piped(section?.title, interview, today());
  const open = interview.reminders ? unansweredQuestions(interview, shown) : [];
  const [first] = shown.questions;
  const label = piped(first?.label, interview, today());
  /** A section's title that is the very question, about a situation that each screen tells; or one that only says the label again. */
  const asks = title === label || (title.endsWith("?") && !label.endsWith("?"));
  const gate = shown.questions.find(isGate);
  const answering: Answering = {
    interview,
    answer: (name, value) => visit.change((now) => answered(now, name, value)),
    markMalformed: (name) => visit.change((now) => withMalformed(now, name)),
    open,
    // Where neutral screens fill gaps every screen is left in the same way.
    goOn: shown.screen.isSensitive ? undefined : (name, value) => visit.change((now) => goForward(answered(now, name, value), today())),
  };
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const found = (where: string): HTMLElement | null | undefined => form.current?.querySelector<HTMLElement>(where);
    (found("[aria-invalid=true]") ?? found(".has-problem :is(input, .rank-row:not(.ranked) button)"))?.focus();
    found(".problem:not(:empty)")?.scrollIntoView({ block: "nearest" });
  }, [interview.problems]);
  useEffect(() => meet(form.current, open[0]), [interview.reminders]);
  return (
    <form ref={form} class="screen" autocomplete="off" noValidate onSubmit={(event) => submit(event, visit)}>
      <main class="column">
        {isMatrix ? <Heading>{title}</Heading> : title && !asks && <p class="section-name">{title}</p>}
        {isMatrix ? (
          <Matrix questions={shown.questions} answering={answering} />
        ) : (
          shown.questions.map((question) => (
            <Single key={question.name} question={question} answering={answering} isCompanion={question.specifies === first?.name} asks={asks ? title : ""} />
          ))
        )}
        {gate && <Ways visit={visit} interview={interview} gate={gate} />}
        {!gate && canDecline(interview, shown) && (
          <button type="button" class="ghost wide" onClick={() => visit.change((now) => declined(now, today()))}>
            {sayFor(interview.survey, "sitting.decline_answer")}
          </button>
        )}
        {shown.screen.isSensitive && interview.survey.support?.length ? <Support lines={interview.survey.support} isFolded /> : null}
      </main>
      <NavigationButtons visit={visit} interview={interview} isGate={gate !== undefined} open={open.length} />
    </form>
  );
}

/** Bring what is still open before the eyes and under the keyboard. */
function meet(form: HTMLElement | null, name: string | undefined): void {
  const label = name === undefined ? null : form?.querySelector(`[id="${name}-label"]`);
  const question = label?.closest<HTMLElement>(".statement, .question");
  question?.querySelector<HTMLElement>("input, select, textarea, .rank-row button")?.focus({ preventScroll: true });
  question?.scrollIntoView({ block: question.offsetHeight < innerHeight / 2 ? "center" : "start" });
}

interface SingleProps {
  readonly question: Question;
  readonly answering: Answering;
  /** Whether it stands under the choices of another question ("other, namely"), whose screen this is. */
  readonly isCompanion: boolean;
  /** The section's title, where that is the question. */
  readonly asks: string;
}

function Single({ question, answering, isCompanion, asks }: SingleProps): JSX.Element {
  const { interview } = answering;
  const problems = interview.problems[question.name] ?? [];
  const isOpen = answering.open.includes(question.name);
  const label = piped(question.label, interview, today());
  const hint = question.hint ? piped(question.hint, interview, today()) : hintOf(question);
  const id = `${question.name}-label`;
  return (
    <div class={`question${problems.length || isOpen ? " has-problem" : ""}`}>
      {isCompanion ? (
        <p class="companion" id={id}>
          {label}
        </p>
      ) : (
        <Heading id={id}>
          {asks && asks !== label && <span class="asks">{asks} </span>}
          {asks && asks !== label ? <span class="question-text">{label}</span> : label}
        </Heading>
      )}
      {isOpen && <p class="problem">{t("sitting.open")}</p>}
      <Media survey={interview.survey} of={question} text={label} />
      {question.required === true && (
        <p class="tag" id={`${question.name}-required`}>
          {t("sitting.required")}
        </p>
      )}
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
          <button type="button" class="secondary wide" onClick={() => visit.change((now) => passGate(now, gate, way.name, today()))}>
            {localized(way.label)}
          </button>
          <Media survey={interview.survey} of={way} only="audio" text={localized(way.label)} />
        </div>
      ))}
    </div>
  );
}

/** What a question's kind asks for, where it has no hint of its own. */
function hintOf(question: Question): string {
  const field = fieldOf(question);
  if (field === "several") return t("question.choose_many");
  if (field === "text") return t("question.text");
  if (field === "number") return question.range ? t("question.number", bounds(question)) : t("question.number_only");
  return fieldChunkOf(question)?.hintOf(question) ?? "";
}

/** Where the choices themselves offer not to answer, or where an answer is needed, there is no button for it. */
function canDecline(interview: Interview, shown: Asking): boolean {
  const asked = shown.questions.filter(kindOf);
  return asked.length > 0 && asked.every((question) => !question.required) && !asked.every((question) => offersRefusal(choicesOf(interview.survey, question)));
}

/** The two ways out of a screen, always in the same place; at a gate the answers themselves lead on. */
export function NavigationButtons({ visit, interview, isGate = false, open = 0 }: { visit: Visit; interview: Interview; isGate?: boolean; open?: number }): JSX.Element {
  return (
    <footer class="actions">
      <div role="status" class={open ? "notice" : "unseen"}>
        {open > 0 && (
          <>
            <span>
              <Icon name="alert" /> {t("sitting.unanswered", { count: open })}
            </span>
            <button type="button" class="ghost" onClick={() => visit.change((now) => goForward(now, today(), true))}>
              {t("sitting.leave_out", { count: open })}
            </button>
          </>
        )}
      </div>
      {canGoBack(interview, today()) && (
        <button type="button" class="secondary" onClick={() => visit.change((now) => goBack(now, today()))}>
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
  visit.change((now) => goForward(now, today()));
}
