/** The exact record that leaves the device; what is shown to the person and what is sealed is this one value. */
import type { ResponseDocument } from "../road/wire.ts";
import { coarseDay } from "./day.ts";
import { finalAnswers, type Interview } from "./interview.ts";
import type { Place } from "./place.ts";

export function recordOf(place: Place, interview: Interview, language: string, today: string): ResponseDocument {
  return {
    campaign: place.campaign.id,
    survey: interview.survey.id,
    version: interview.survey.version,
    site: place.site.id,
    day: coarseDay(today, place.campaign.day),
    mode: place.mode,
    language,
    answers: finalAnswers(interview, today),
  };
}
