/** The exact record that leaves the device; what is shown to the person and what is sealed is this one value. */
import { coarseDay } from "../day.ts";
import type { ResponseDocument } from "../transport/wire.ts";
import { finalAnswers, type Interview } from "./interview.ts";
import type { Session } from "./session.ts";

export function recordOf(session: Session, interview: Interview, language: string, today: string): ResponseDocument {
  return {
    campaign: session.campaign.id,
    survey: interview.survey.id,
    version: interview.survey.version,
    site: session.site.id,
    day: coarseDay(today, session.campaign.day),
    mode: session.mode,
    language,
    answers: finalAnswers(interview, today),
  };
}
