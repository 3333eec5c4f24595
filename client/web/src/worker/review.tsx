/** The last screen before sealing, and the exact record for whoever wants to see what leaves the device. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icons.tsx";
import type { ResponseDocument } from "../road/wire.ts";
import { type Key, language, languageName, said, t } from "../texts.ts";
import { change } from "./answering.ts";
import { Dialog } from "./dialog.tsx";
import { Heading } from "./heading.tsx";
import { dayInWords, extentInWords, inWords, repeating } from "./in_words.ts";
import { back, type Interview, questionOf, questionsMet, revisited } from "./interview.ts";
import { recordOf } from "./record.ts";
import { isShared } from "./place.ts";
import { sayFor, tablet } from "./seldom.ts";
import { today, type Visit } from "./visit.ts";

export function Review({ visit, interview }: { visit: Visit; interview: Interview }): JSX.Element {
  const [sheet, open] = useState<"answers" | "record" | "">("");
  const isSending = visit.stage.value === "sending";
  return (
    <div class="screen">
      <main class="column">
        <span class="roundel large">
          <Icon name="lock" />
        </span>
        <Heading>{sayFor(interview.survey, "review.title")}</Heading>
        <p class="lead">{extentInWords(interview, today())}</p>
        <p class="prose">{sayFor(interview.survey, "review.body")}</p>
        <button type="button" class="ghost wide" onClick={() => open("answers")}>
          {t("review.answers")}
        </button>
        <button type="button" class="ghost wide" onClick={() => open("record")}>
          <Icon name="eye" /> {t("review.what_leaves")}
        </button>
        <p class="problem" role="alert">
          {visit.failure.value && (
            <>
              <Icon name="alert" /> {t(`review.${visit.failure.value}`)}
            </>
          )}
        </p>
        {visit.failure.value && isShared(visit.place) && (
          <button type="button" class="ghost wide" onClick={() => visit.callOfficer()}>
            <Icon name="staff" /> {tablet.value?.sayOnTablet("review.call_officer")}
          </button>
        )}
      </main>
      <footer class="actions">
        <button type="button" class="secondary" disabled={isSending} onClick={() => change(visit, (now) => back(now, today()))}>
          <Icon name="back" /> {t("sitting.back")}
        </button>
        <button type="button" class="primary" disabled={isSending} onClick={() => void visit.send()}>
          {isSending ? t("review.sending") : t("review.send")}
        </button>
      </footer>
      {sheet === "record" && <RecordSheet visit={visit} interview={interview} onClose={() => open("")} />}
      {sheet === "answers" && <AnswerSheet visit={visit} interview={interview} onClose={() => open("")} />}
    </div>
  );
}

interface SheetProps {
  readonly visit: Visit;
  readonly interview: Interview;
  readonly onClose: () => void;
}

/** Every question that was met, with what was answered; each leads to its screen. Only in sight for whoever opens it. */
function AnswerSheet({ visit, interview, onClose }: SheetProps): JSX.Element {
  const { survey, answers } = interview;
  return (
    <Dialog title={t("review.answers")} close={t("record.close")} onClose={onClose}>
      <p>{t("review.answers.body")}</p>
      <ul class="answers">
        {questionsMet(interview, today()).map(({ name, label }) => {
          const value = answers[name];
          return (
            <li key={name}>
              <button type="button" onClick={() => change(visit, (now) => revisited(now, name, today()))}>
                <span>{repeating(label, interview, today())}</span> <b>{value === undefined ? t("sitting.open") : inWords(survey, name, value)}</b>
              </button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}

function RecordSheet({ visit, interview, onClose }: SheetProps): JSX.Element {
  const { place } = visit;
  const record = recordOf(place, interview, language.value, today());
  const facts: [Key, string, string][] = [
    ["record.campaign", said(place.campaign.title), record.campaign],
    ["record.survey", said(interview.survey.title), record.survey],
    ["record.version", String(record.version), ""],
    ["record.site", place.site.name, record.site],
    [`record.${place.campaign.day}`, dayInWords(record.day), record.day],
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
          <dt>{repeating(questionOf(interview.survey, name)?.label, interview, today())}</dt>
          <dd>{inWords(interview.survey, name, value)}</dd>
        </div>
      ))}
    </dl>
  );
}
