/** One person after another in front of the page: what each of them sees, does and leaves behind (nothing). */
import { effect, type Signal, signal } from "@preact/signals";
import { answerWithin, today } from "../day.ts";
import type { Sitting } from "../device/store.ts";
import type { Survey } from "../language/survey.ts";
import { DEFAULT_LANGUAGE, fallbacks, language, setLanguage } from "../texts.ts";
import { newId } from "../transport/identifiers.ts";
import { type HandedIn, handIn } from "./handing_in.ts";
import { type IdleWatch, watchForIdle, type WipeReason } from "./idle.ts";
import { beginInterview, firstProblem, type Interview, openedAt } from "./interview.ts";
import { tabletModule } from "./optional_parts.ts";
import { newSeed } from "./random_order.ts";
import { recordOf } from "./record.ts";
import { isSharedDevice, type Session } from "./session.ts";
import { setTextSize } from "./text_size.tsx";
import { guardAnswers, releaseAnswers, stopGuarding, wasInterrupted } from "./unfinished.ts";

export type Stage = "welcome" | "consent" | "questions" | "sending" | "thanks" | "declined" | "left";

export class Visit {
  readonly session: Session;
  readonly stage: Signal<Stage> = signal<Stage>("welcome");
  readonly interview: Signal<Interview | undefined> = signal<Interview | undefined>(undefined);
  readonly isCovered = signal(false);
  /** Why the cover is there, if not at the person's own wish: nobody saw the screen, or an officer is asked to look. */
  readonly coverReason: Signal<"hidden" | "officer" | undefined> = signal<"hidden" | "officer" | undefined>(undefined);
  /** Why the answers that were here are gone, for whoever looks for them. */
  readonly wipeReason: Signal<WipeReason | undefined> = signal<WipeReason | undefined>(wasInterrupted() ? "left" : undefined);
  readonly secondsLeft = signal<number | undefined>(undefined);
  readonly handInFailure: Signal<Exclude<HandedIn, "done"> | undefined> = signal<Exclude<HandedIn, "done"> | undefined>(undefined);
  #watch: IdleWatch | undefined;
  #id = newId();
  #isDeclining = false;
  readonly #stopHolding: () => void;
  readonly #onWipe: () => void;

  /** `onWipe` is called whenever the answers go, for what else has to stop then. */
  constructor(session: Session, onWipe: () => void) {
    this.session = session;
    this.#onWipe = onWipe;
    answerWithin(session.campaign);
    fallbacks.value = this.survey.languages;
    this.#startAfresh();
    this.#stopHolding = effect(() => {
      if (this.hasAnswers) guardAnswers();
    });
    if (session.campaign.at) {
      this.start();
      this.agree();
    }
  }

  get survey(): Survey {
    return this.session.campaign.survey;
  }

  /** Whether something would be lost if the page went. */
  get hasAnswers(): boolean {
    return Object.keys(this.interview.value?.answers ?? {}).length > 0;
  }

  start(): void {
    if (this.#isDeclining) return;
    releaseAnswers();
    this.wipeReason.value = undefined;
    this.stage.value = "consent";
    this.#watch ??= watchForIdle({
      warn: (left) => {
        this.secondsLeft.value = left;
      },
      wipe: (why) => this.#cutOff(why),
      hide: () => this.#hide(),
    });
  }

  /** The interview may have been wiped between the tap and now; then there is nothing to change. */
  change(next: (interview: Interview) => Interview): void {
    if (this.interview.value) this.interview.value = next(this.interview.value);
  }

  agree(): void {
    if (this.#isDeclining) return;
    this.interview.value = openedAt(beginInterview(this.survey, newSeed(), today()), this.session.campaign.at, today());
    this.stage.value = "questions";
  }

  /**
   * Counted only once the person can no longer take it back. On a shared device it is written down before the screen says so: else a page
   * that closes now would lose her. Until then, some milliseconds, further taps do nothing: a second one would count a second person.
   */
  async decline(): Promise<void> {
    if (this.#isDeclining) return;
    this.#wipe();
    this.#isDeclining = true;
    if (isSharedDevice(this.session)) await tabletModule.value?.noteDeclined(this.#sitting).catch(() => undefined);
    this.#isDeclining = false;
    this.stage.value = "declined";
  }

  /** Taken back on the disk before she can begin: else a page that closes now would count her twice. */
  async undoDecline(): Promise<void> {
    if (isSharedDevice(this.session)) await tabletModule.value?.undoDeclined().catch(() => undefined);
    if (this.stage.value === "declined") this.stage.value = "welcome";
  }

  /** On a shared device back to an innocent screen; on one's own phone away from the page, with no way back to it. */
  exit(): void {
    this.#wipe();
    this.stage.value = "left";
    if (!isSharedDevice(this.session)) location.replace("about:blank");
  }

  /** Where that takes long the next person may have begun; her answers are not touched. */
  async send(): Promise<void> {
    const interview = this.interview.value;
    if (!interview || this.stage.value === "sending") return;
    const unsettled = firstProblem(interview, today());
    if (unsettled) {
      this.interview.value = unsettled;
      return;
    }
    this.handInFailure.value = undefined;
    this.stage.value = "sending";
    const outcome = await handIn(recordOf(this.session, interview, language.value, today()), this.session, this.#id);
    const now = this.interview.value;
    if (outcome === "done") {
      if (!now || now === interview) {
        this.#wipe();
        this.wipeReason.value = undefined;
        this.stage.value = "thanks";
      }
      if (isSharedDevice(this.session)) await tabletModule.value?.countCollected(this.#sitting);
    } else if (now === interview) {
      this.handInFailure.value = outcome;
      this.stage.value = "questions";
    }
  }

  nextPerson(): void {
    if (this.stage.value === "declined" && isSharedDevice(this.session)) void tabletModule.value?.countDeclined();
    this.#wipe();
    this.wipeReason.value = undefined;
    this.#startAfresh();
    this.stage.value = "welcome";
  }

  get #sitting(): Sitting {
    return { campaign: this.session.campaign.id, site: this.session.site.id };
  }

  /** Nobody is there any more. Who comes back reads why nothing is here; where the page itself goes, its next start says so. */
  #cutOff(why: WipeReason): void {
    const wasAnswering = this.interview.value !== undefined;
    if (why === "left") stopGuarding();
    this.#wipe(why !== "left");
    this.#startAfresh();
    this.stage.value = "welcome";
    this.wipeReason.value = wasAnswering ? why : undefined;
  }

  /** On a device that passes from hand to hand the next one to see the screen may be somebody else. */
  #hide(): void {
    if (!this.interview.value || !isSharedDevice(this.session)) return;
    this.coverReason.value ??= "hidden";
    this.isCovered.value = true;
  }

  /** The answers could not be kept: an officer sees what is wrong and nothing of them. */
  callOfficer(): void {
    this.coverReason.value = "officer";
    this.isCovered.value = true;
  }

  uncover(): void {
    this.isCovered.value = false;
    this.coverReason.value = undefined;
  }

  /** Drop everything that this person said. */
  #wipe(isSettled = true): void {
    this.#watch?.stop();
    this.#watch = undefined;
    this.#onWipe();
    this.interview.value = undefined;
    if (isSettled) releaseAnswers();
    this.#id = newId();
    this.uncover();
    this.secondsLeft.value = undefined;
    this.handInFailure.value = undefined;
  }

  /** In the survey's first language and in the usual letters. */
  #startAfresh(): void {
    setTextSize(0);
    setLanguage(this.survey.languages[0] ?? DEFAULT_LANGUAGE);
  }

  /** Another screen takes the place of this one; answers that were not handed in are explained at the next start. */
  close(): void {
    stopGuarding();
    this.#wipe(false);
    this.#stopHolding();
  }
}
