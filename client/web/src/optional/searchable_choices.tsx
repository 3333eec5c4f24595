/** Choices out of a long list: a field to search in, and a window of what was found, since a slow phone cannot draw thousands. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { today } from "../day.ts";
import { fieldOf } from "../language/kinds.ts";
import type { Choice } from "../language/survey.ts";
import { language, localized } from "../texts.ts";
import { answerTo, described, type FieldProps } from "../worker/field.ts";
import { choicesFor, toggled } from "../worker/interview.ts";
import { found, indexedForSearch } from "./choice_search.ts";
import { tRankings } from "./rankings_and_media_texts.ts";

const WINDOW = 30;

export function SearchableChoices(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const choices = choicesFor(answering.interview, question, today());
  const [typed, type] = useState("");
  const [shown, show] = useState(WINDOW);
  const entries = useMemo(() => indexedForSearch(choices, (choice) => localized(choice.label)), [language.value, choices.length, choices[0], choices[choices.length - 1]]);
  const matches = useMemo(() => found(entries, typed), [entries, typed]);
  const answer = answerTo(props);
  const isOne = fieldOf(question) === "one";
  const chosen = [answer].flat();
  const isChosen = ({ name }: Choice): boolean => chosen.includes(name);
  const choose = (choice: Choice): void =>
    answering.answer(question.name, isOne ? (isChosen(choice) ? undefined : choice.name) : toggled(choices, Array.isArray(answer) ? answer : [], choice.name));
  const search = (text: string): void => {
    type(text);
    show(WINDOW);
  };
  const isSearching = typed.trim() !== "";
  const inSight = matches.slice(0, shown);
  const left = matches.length - inSight.length;
  const { "aria-invalid": _, ...labels } = described(props);
  const option = (choice: Choice): JSX.Element => (
    <label key={choice.name} class="choice">
      <input
        type={isOne ? "radio" : "checkbox"}
        name={question.name}
        value={choice.name}
        autocomplete="off"
        checked={isChosen(choice)}
        onClick={() => isOne && isChosen(choice) && choose(choice)}
        onChange={() => choose(choice)}
      />
      <span class={isOne ? "mark" : "mark square"} />
      <span class="choice-words">{localized(choice.label)}</span>
    </label>
  );
  const pick = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const [only, ...others] = matches;
    if (only && !others.length && !isChosen(only)) choose(only);
  };
  return (
    <>
      <label class="search">
        <span class="hint">{tRankings("search.label")}</span>
        <input type="text" autocomplete="off" spellcheck={false} enterkeyhint="search" value={typed} onInput={(event) => search(event.currentTarget.value)} onKeyDown={pick} />
      </label>
      <p class="hint" role="status">
        {isSearching && tRankings(matches.length ? "search.found" : "search.none", { count: matches.length })}
      </p>
      <div class="choices" role={isOne ? "radiogroup" : "group"} {...labels}>
        {choices.filter((choice) => isChosen(choice) && !inSight.includes(choice)).map(option)}
        {inSight.map(option)}
      </div>
      {left > 0 && (
        <button type="button" class="ghost wide" onClick={() => show(shown + WINDOW)}>
          {tRankings("search.more", { count: left })}
        </button>
      )}
    </>
  );
}
