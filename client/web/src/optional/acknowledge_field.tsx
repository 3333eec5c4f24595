/** A statement to confirm: one box to tick. */
import type { JSX } from "preact";
import { t } from "../texts.ts";
import { answerTo, type FieldProps } from "../worker/field.ts";

export function AcknowledgeField(props: FieldProps): JSX.Element {
  const { question, answering } = props;
  const isChecked = answerTo(props) === "OK";
  return (
    <div class="choices">
      <label class="choice">
        <input
          type="checkbox"
          autocomplete="off"
          checked={isChecked}
          aria-describedby={`${question.name}-label ${question.name}-required ${question.name}-problem`}
          onChange={() => answering.answer(question.name, isChecked ? undefined : "OK")}
        />
        <span class="mark square" />
        <span>{t("question.acknowledge")}</span>
      </label>
    </div>
  );
}
