/** The browser erased what this device held: staff are told what may be gone, until they have read it. */
import type { JSX } from "preact";
import { forgetLoss, lost } from "../device/loss.ts";
import { counts } from "../device/sending.ts";
import { s } from "./words.ts";

export function Lost(): JSX.Element | null {
  const waiting = lost.value;
  if (waiting === undefined) return null;
  return (
    <section class="card" role="alert" aria-labelledby="lost">
      <h2 id="lost">{s("home.lost.title")}</h2>
      <p class="notice">{waiting > 0 ? s("home.lost.body", { count: waiting }) : s("home.lost.none")}</p>
      <button type="button" class="secondary" onClick={() => forgetLoss(counts.value)}>
        {s("home.lost.seen")}
      </button>
    </section>
  );
}
