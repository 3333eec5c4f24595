/** The last screen before sealing, and the exact record for whoever wants to see what leaves the device. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "../day.ts";
import { Icon } from "../icons.tsx";
import { language, languageName, localized, t, type TextKey } from "../texts.ts";
import type { ResponseDocument } from "../transport/wire.ts";
import { answeredCountInWords, answerInWords, dayInWords, piped } from "./answers_in_words.ts";
import { Dialog } from "./dialog.tsx";
import { Heading } from "./heading.tsx";
import { goBack, type Interview, questionOf, questionsMet, revisited } from "./interview.ts";
import { sayFor, tabletModule } from "./optional_parts.ts";
import { recordOf } from "./record.ts";
import { isSharedDevice } from "./session.ts";
import type { Visit } from "./visit.ts";

export function Review({ visit, interview }: { visit: Visit; interview: Interview }): JSX.Element {
  const [dialog, open] = useState<"answers" | "record" | "">("");
  const isSending = visit.stage.value === "sending";
  return (
    <div class="screen">
      <main class="column">
        <span class="roundel large">
          <Icon name="lock" />
        </span>
        <Heading>{sayFor(interview.survey, "review.title")}</Heading>
        <p class="lead">{answeredCountInWords(interview, today())}</p>
        <p class="prose">{sayFor(interview.survey, "review.body")}</p>
        <button type="button" class="ghost wide" onClick={() => open("answers")}>
          {t("review.answers")}
        </button>
        <button type="button" class="ghost wide" onClick={() => open("record")}>
          <Icon name="eye" /> {t("review.what_leaves")}
        </button>
        <p class="problem" role="alert">
          {visit.handInFailure.value && (
            <>
              <Icon name="alert" /> {t(`review.${visit.handInFailure.value}`)}
            </>
          )}
        </p>
        {visit.handInFailure.value && isSharedDevice(visit.session) && (
          <button type="button" class="ghost wide" onClick={() => visit.callOfficer()}>
            <Icon name="staff" /> {tabletModule.value?.tTablet("review.call_officer")}
          </button>
        )}
      </main>
      <footer class="actions">
        <button type="button" class="secondary" disabled={isSending} onClick={() => visit.change((now) => goBack(now, today()))}>
          <Icon name="back" /> {t("sitting.back")}
        </button>
        <button type="button" class="primary" disabled={isSending} onClick={() => void visit.send()}>
          {isSending ? t("review.sending") : t("review.send")}
        </button>
      </footer>
      {dialog === "record" && <RecordDialog visit={visit} interview={interview} onClose={() => open("")} />}
      {dialog === "answers" && <AnswersDialog visit={visit} interview={interview} onClose={() => open("")} />}
    </div>
  );
}

interface ReviewDialogProps {
  readonly visit: Visit;
  readonly interview: Interview;
  readonly onClose: () => void;
}

/** Every question that was met, with what was answered; each leads to its screen. Only in sight for whoever opens it. */
function AnswersDialog({ visit, interview, onClose }: ReviewDialogProps): JSX.Element {
  const { survey, answers } = interview;
  return (
    <Dialog title={t("review.answers")} close={t("record.close")} onClose={onClose}>
      <p>{t("review.answers.body")}</p>
      <ul class="answers">
        {questionsMet(interview, today()).map(({ name, label }) => {
          const value = answers[name];
          return (
            <li key={name}>
              <button type="button" onClick={() => visit.change((now) => revisited(now, name, today()))}>
                <span>{piped(label, interview, today())}</span> <b>{value === undefined ? t("sitting.open") : answerInWords(survey, name, value)}</b>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function RecordDialog({ visit, interview, onClose }: ReviewDialogProps): JSX.Element {
  const { session } = visit;
  const record = recordOf(session, interview, language.value, today());
  const facts: [TextKey, string, string][] = [
    ["record.campaign", localized(session.campaign.title), record.campaign],
    ["record.survey", localized(interview.survey.title), record.survey],
    ["record.version", String(record.version), ""],
    ["record.site", session.site.name, record.site],
    [`record.${session.campaign.day}`, dayInWords(record.day), record.day],
    ["record.mode", t(`record.mode.${record.mode}`), record.mode],
    ["record.language", languageName(record.language), record.language],
  ];
  return (
    <Dialog title={t("record.title")} close={t("record.close")} onClose={onClose}>
      <p>{t("record.body")}</p>
      <dl class="record">
        {facts.map(([key, words, code]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              {words} {code && <code>{code}</code>}
            </dd>
          </div>
        ))}
      </dl>
      <h3 class="small-title">{t("record.answers")}</h3>
      <Answers record={record} interview={interview} />
      <p class="absent">
        <Icon name="check" /> {sayFor(interview.survey, "record.absent")}
      </p>
      <details class="fold">
        <summary>{t("record.raw")}</summary>
        <pre tabIndex={0}>{JSON.stringify(record, null, 1)}</pre>
      </details>
    </Dialog>
  );
}

function Answers({ record, interview }: { record: ResponseDocument; interview: Interview }): JSX.Element {
  const answers = Object.entries(record.answers);
  if (answers.length === 0) return <p>{t("record.no_answers")}</p>;
  return (
    <dl class="record">
      {answers.map(([name, value]) => (
        <div key={name}>
          <dt>{piped(questionOf(interview.survey, name)?.label, interview, today())}</dt>
          <dd>{answerInWords(interview.survey, name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
