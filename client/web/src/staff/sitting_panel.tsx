/** One workplace, now: hand the device over, count who refused, finish. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { handOver } from "../app.ts";
import { type Sitting, tallies } from "../device/store.ts";
import { countRefused } from "../device/tally.ts";
import { Icon } from "../icons.tsx";
import type { Campaign } from "../road/wire.ts";
import { said } from "../texts.ts";
import { dayOf } from "../worker/day.ts";
import { s } from "./words.ts";

interface PanelProps {
  readonly sitting: Sitting;
  readonly campaign: Campaign;
  readonly onEnd: () => void;
}

export function SittingPanel({ sitting, campaign, onEnd }: PanelProps): JSX.Element {
  const [today, setToday] = useState({ collected: 0, refused: 0 });
  const [canUndo, allowUndo] = useState(false);
  const recount = async (): Promise<void> => {
    const day = dayOf(new Date());
    const found = (await tallies()).find((tally) => tally.campaign === sitting.campaign && tally.site === sitting.site && tally.day === day);
    setToday({ collected: found?.collected ?? 0, refused: found?.refused ?? 0 });
  };
  useEffect(() => void recount(), [sitting]);
  const refuse = async (people: 1 | -1): Promise<void> => {
    await countRefused(sitting, people);
    allowUndo(people === 1);
    await recount();
  };
  const site = campaign.sites.find((candidate) => candidate.id === sitting.site);
  return (
    <section class="card sitting-panel" aria-labelledby="sitting">
      <h2 id="sitting">{s("sitting.title", { site: site?.name ?? sitting.site })}</h2>
      <p>{said(campaign.title)}</p>
      <p class="today">{s("sitting.today", today)}</p>
      <button type="button" class="primary wide" onClick={() => void handOver(sitting)}>
        {s("sitting.hand_over")} <Icon name="next" />
      </button>
      <p class="hint">{s("sitting.hand_over.hint")}</p>
      <div class="row">
        <button type="button" class="secondary" onClick={() => void refuse(1)}>
          {s("sitting.refusal")} +1
        </button>
        <button type="button" class="secondary" onClick={onEnd}>
          {s("sitting.end")}
        </button>
      </div>
      <p class="hint">{s("sitting.refusal.hint")}</p>
      <p class="notice" role="status">
        {canUndo && (
          <>
            <Icon name="check" /> {s("sitting.refusal.counted")}{" "}
            <button type="button" class="ghost" onClick={() => void refuse(-1)}>
              {s("sitting.refusal.undo")}
            </button>
          </>
        )}
      </p>
    </section>
  );
}
