/** The published survey document, as schemas/publishing.py writes it. What says nothing is left out. */

export type Text = Readonly<Record<string, string>>;

/** A syntax tree: the operator, then its operands. */
export interface Tree extends ReadonlyArray<string | number | Tree> {
  readonly 0: string;
}

export interface Expression {
  /** What its author wrote; links leave it out. */
  readonly text?: string;
  readonly tree: Tree;
}

export interface Choice {
  readonly name: string;
  readonly label: Text;
  readonly score?: number;
  readonly exclusive?: boolean;
  readonly off_scale?: boolean;
  /** Opens a text of its own: the question that `specifies` this one's question. */
  readonly other?: boolean;
  /** What a choice_filter may ask of the choice. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly audio?: Files;
  readonly image?: Files;
}

/** Names of files in `Survey.media` by language; "*" stands for every language. */
export type Files = Readonly<Record<string, string>>;

/** A quiz question's right answer from one ISO day until another, both included. */
export interface DatedKey {
  readonly choice: string;
  readonly from?: string;
  readonly until?: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export interface Question {
  /** One of kinds.ts, or one that only newer pages know. */
  readonly type: string;
  readonly name: string;
  readonly label?: Text;
  readonly hint?: Text;
  readonly list?: string;
  readonly appearance?: string;
  readonly required?: true | Expression;
  readonly relevant?: Expression;
  readonly constraint?: Expression;
  readonly constraint_message?: Text;
  readonly calculation?: Expression;
  readonly range?: Range;
  readonly dimension?: true | { readonly bands: readonly number[] };
  readonly randomize?: boolean;
  readonly sensitive?: boolean;
  readonly choice_filter?: Expression;
  readonly correct?: string | readonly DatedKey[];
  readonly explain?: Text;
  readonly fact?: string;
  readonly specifies?: string;
  readonly audio?: Files;
  readonly image?: Files;
  readonly hint_audio?: Files;
  readonly hint_image?: Files;
  readonly constraint_audio?: Files;
  readonly constraint_image?: Files;
}

export interface Section {
  readonly name: string;
  readonly title?: Text;
  readonly sensitive?: boolean;
  readonly relevant?: Expression;
  readonly appearance?: string;
  readonly randomize?: boolean;
  readonly questions: readonly Question[];
}

export interface SupportLine {
  readonly label: Text;
  readonly phone: string;
  readonly note?: Text;
  readonly verified?: boolean;
  readonly checked_on?: string;
}

export interface Survey {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly title: Text;
  readonly languages: readonly string[];
  readonly minutes?: number;
  readonly consent?: Text;
  readonly about?: Text;
  readonly closing?: Text;
  readonly support?: readonly SupportLine[];
  readonly choice_lists?: Readonly<Record<string, readonly Choice[]>>;
  readonly sections: readonly Section[];
  readonly show_answers?: boolean;
  /** Pictures and sounds as data URIs by file name. */
  readonly media?: Readonly<Record<string, string>>;
}

const primary = (code: string): string => code.replace(/-.*/, "");

/** What is there for a language, or for a kin of it: British English is served by English, and the other way round. */
export const nearest = <Value>(all: Readonly<Record<string, Value>>, code: string): Value | undefined =>
  all[code] ?? all[Object.keys(all).find((key) => primary(key) === primary(code)) ?? ""];

/** The text in the language, else in the first of the survey's languages that it has, else in any. */
export const inLanguage = (text: Text, language: string, languages: readonly string[] = []): string =>
  [language, ...languages].map((code) => nearest(text, code)).find(Boolean) ?? Object.values(text)[0] ?? "";
