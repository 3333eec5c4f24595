/** The published survey document, as schemas/publishing.py writes it. What says nothing is left out. */

export type Text = Readonly<Record<string, string>>;

/** A syntax tree: the operator, then its operands. */
export interface Tree extends ReadonlyArray<string | number | Tree> {
  readonly 0: string;
}

export interface Expression {
  readonly text: string;
  readonly tree: Tree;
}

export interface Choice {
  readonly name: string;
  readonly label: Text;
  readonly score?: number;
  readonly exclusive?: boolean;
  readonly off_scale?: boolean;
}

export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export type QuestionType = "select_one" | "select_multiple" | "integer" | "range" | "text" | "acknowledge" | "note" | "calculate";

export interface Question {
  readonly type: QuestionType;
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
  readonly correct?: string;
  readonly fact?: string;
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
}

/** The text in the language, else in the first that it has. */
export const inLanguage = (text: Text, language: string): string => text[language] || (Object.values(text)[0] ?? "");
