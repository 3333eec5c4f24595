/** One person after another in front of the page: what each of them sees, does and leaves behind (nothing). */
import { type Signal, signal } from "@preact/signals";
import { countCollected, countRefused } from "../device/tally.ts";
import type { Survey } from "../language/survey.ts";
import { newId } from "../road/identifiers.ts";
import { DEFAULT_LANGUAGE, fallbacks, language, speak } from "../texts.ts";
import { dayOf } from "./day.ts";
import { type HandedIn, handIn } from "./handing_in.ts";
import { type Watch, watchOver } from "./idle.ts";
import { beginInterview, firstProblem, type Interview } from "./interview.ts";
import { newSeed } from "./order.ts";
import { isShared, type Place } from "./place.ts";
import { recordOf } from "./record.ts";
import { seldom } from "./seldom.ts";

export type Stage = "welcome" | "consent" | "questions" | "sending" | "thanks" | "declined" | "left";

export const today = (): string => dayOf(new Date());

export class Visit {
  readonly place: Place;
  readonly stage: Signal<Stage> = signal<Stage>("welcome");
  readonly interview: Signal<Interview | undefined> = signal<Interview | undefined>(undefined);
  readonly isCovered = signal(false);
  readonly secondsLeft = signal<number | undefined>(undefined);
  readonly failure: Signal<Exclude<HandedIn, "done"> | undefined> = signal<Exclude<HandedIn, "done"> | undefined>(undefined);
  #watch: Watch | undefined;
  #id = newId();

  constructor(place: Place) {
    this.place = place;
    fallbacks.value = this.survey.languages;
    this.#speakFirstLanguage();
  }

  get survey(): Survey {
    return this.place.campaign.survey;
  }

  start(): void {
    this.stage.value = "consent";
    this.#watch ??= watchOver({
      isShared: isShared(this.place),
      warn: (left) => {
        this.secondsLeft.value = left;
      },
      wipe: () => this.nextPerson(),
    });
  }

  agree(): void {
    this.interview.value = beginInterview(this.survey, newSeed(), today());
    this.stage.value = "questions";
  }

  async refuse(): Promise<void> {
    this.#wipe();
    this.stage.value = "declined";
    if (isShared(this.place)) await countRefused({ campaign: this.place.campaign.id, site: this.place.site.id });
  }

  /** On a shared device back to an innocent screen; on one's own phone away from the page, with no way back to it. */
  exit(): void {
    this.#wipe();
    this.stage.value = "left";
    if (!isShared(this.place)) location.replace("about:blank");
  }

  async send(): Promise<void> {
    const interview = this.interview.value;
    if (!interview || this.stage.value === "sending") return;
    const unsettled = firstProblem(interview, today());
    if (unsettled) {
      this.interview.value = unsettled;
      return;
    }
    this.failure.value = undefined;
    this.stage.value = "sending";
    const outcome = await handIn(recordOf(this.place, interview, language.value, new Date(), today()), this.place, this.#id);
    if (outcome === "done") {
      this.#wipe();
      this.stage.value = "thanks";
      if (isShared(this.place)) await countCollected({ campaign: this.place.campaign.id, site: this.place.site.id });
    } else if (this.interview.value) {
      this.failure.value = outcome;
      this.stage.value = "questions";
    }
  }

  nextPerson(): void {
    this.#wipe();
    this.#speakFirstLanguage();
    this.stage.value = "welcome";
  }

  /** Drop everything that this person said. */
  #wipe(): void {
    this.#watch?.stop();
    this.#watch = undefined;
    seldom.value?.hush();
    this.interview.value = undefined;
    this.#id = newId();
    this.isCovered.value = false;
    this.secondsLeft.value = undefined;
    this.failure.value = undefined;
  }

  #speakFirstLanguage(): void {
    speak(this.survey.languages[0] ?? DEFAULT_LANGUAGE);
  }

  close(): void {
    this.#wipe();
  }
}
