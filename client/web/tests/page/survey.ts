/** A small survey with one of everything, and a person who answers it. */
import type { AnswerValue } from "../../src/language/answers.ts";
import type { Question, Section, Survey } from "../../src/language/survey.ts";
import { answered, beginInterview, goForward, type Interview, type ShownScreen, shownScreen } from "../../src/worker/interview.ts";

export const TODAY = "2026-11-22";

const say = (vi: string): { vi: string; en: string } => ({ vi, en: vi });

const pick = (name: string, list: string, more: Partial<Question> = {}): Question => ({ type: "select_one", name, list, label: say(name), ...more });

const isWoman = { text: "${gender} = 'female'", tree: ["=", ["ref", "gender"], ["str", "female"]] } as const;

export const sections: Section[] = [
  {
    name: "about",
    title: say("Về Anh/Chị"),
    questions: [
      pick("gender", "genders", { required: true }),
      { type: "integer", name: "age", label: say("age"), range: { start: 15, end: 80, step: 1 } },
      pick("pregnant", "yes_no", { relevant: isWoman }),
    ],
  },
  { name: "views", title: say("Ý kiến"), appearance: "table-list", questions: ["a", "b", "c", "d", "e", "f"].map((name) => pick(name, "yes_no")) },
  {
    name: "private",
    title: say("Chuyện riêng"),
    sensitive: true,
    questions: [pick("seen", "yes_no"), pick("told", "yes_no", { relevant: { text: "${seen} = 'yes'", tree: ["=", ["ref", "seen"], ["str", "yes"]] } })],
  },
  { name: "end", questions: [{ type: "text", name: "wish", label: say("wish") }] },
];

export const survey: Survey = {
  id: "thu",
  version: 1,
  kind: "survey",
  title: say("Thử"),
  languages: ["vi", "en"],
  choice_lists: {
    genders: [
      { name: "female", label: say("Nữ") },
      { name: "male", label: say("Nam") },
    ],
    yes_no: [
      { name: "yes", label: say("Có") },
      { name: "no", label: say("Không") },
    ],
  },
  sections,
};

export const begun = (of: Survey = survey, seed = 7): Interview => beginInterview(of, seed, TODAY);

export const shown = (interview: Interview): ShownScreen => shownScreen(interview, TODAY);

export function names(interview: Interview): string[] {
  const now = shown(interview);
  return now.kind === "questions" ? now.questions.map((question) => question.name) : [now.kind];
}

/** Answer what is on the screen and press Next, as often as there are answers. */
export function walked(interview: Interview, ...screens: Record<string, AnswerValue>[]): Interview {
  return screens.reduce((now, answers) => {
    const filledIn = Object.entries(answers).reduce((state, [name, value]) => answered(state, name, value), now);
    return goForward(filledIn, TODAY);
  }, interview);
}

/** Press Next, and leave out what the page mentions as still open. */
export function pressed(interview: Interview): Interview {
  const next = goForward(interview, TODAY);
  return next.position === interview.position ? goForward(next, TODAY, true) : next;
}
