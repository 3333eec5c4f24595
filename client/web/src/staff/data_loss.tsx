/** The browser erased what this device held: staff are told what may be gone, until they have read it. */
import type { JSX } from "preact";
import { acknowledgeLoss, missingEnvelopes } from "../device/data_loss.ts";
import { outboxCounts } from "../device/sending.ts";
import { tStaff } from "./staff_texts.ts";

export function DataLoss(): JSX.Element | null {
  const waiting = missingEnvelopes.value;
  if (waiting === undefined) return null;
  return (
    <section class="card" role="alert" aria-labelledby="lost">
      <h2 id="lost">{tStaff("home.lost.title")}</h2>
      <p class="notice">{waiting > 0 ? tStaff("home.lost.body", { count: waiting }) : tStaff("home.lost.none")}</p>
      <button type="button" class="secondary" onClick={() => acknowledgeLoss(outboxCounts.value)}>
        {tStaff("home.lost.seen")}
      </button>
    </section>
  );
}
