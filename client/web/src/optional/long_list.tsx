/** Choices in little room: the device's own drop-down where that is asked for, a field to search in where there are very many. */
import type { JSX } from "preact";
import { today } from "../day.ts";
import { localized } from "../texts.ts";
import { answerTo, described, type FieldProps } from "../worker/field.ts";
import { choicesFor } from "../worker/interview.ts";
import { isDropDown } from "../worker/optional_parts.ts";
import { tRankings } from "./rankings_and_media_texts.ts";
import { SearchableChoices } from "./searchable_choices.tsx";

const MOST_IN_DROP_DOWN = 200;

export function LongList(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const isShort = choicesFor(answering.interview, question, today()).length <= MOST_IN_DROP_DOWN;
  return isDropDown(question) && isShort ? <DropDown {...props} /> : <SearchableChoices {...props} />;
}

function DropDown(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const answer = answerTo(props);
  return (
    <select autocomplete="off" value={String(answer ?? "")} onChange={(event) => answering.answer(question.name, event.currentTarget.value)} {...described(props)}>
      <option value="">{tRankings("choose_one")}</option>
      {choicesFor(answering.interview, question, today()).map((choice) => (
        <option key={choice.name} value={choice.name}>
          {localized(choice.label)}
        </option>
      ))}
    </select>
  );
}
