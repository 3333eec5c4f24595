/** One workplace, now: hand the device over, count who refused, finish. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { handOver } from "../app.ts";
import { type Sitting } from "../device/store.ts";
import { countRefused, tallyDay, tallies } from "../device/tablet.ts";
import { Icon } from "../icons.tsx";
import type { Campaign } from "../road/wire.ts";
import { said } from "../texts.ts";
import { NotNow } from "./campaigns.tsx";
import { s } from "./words.ts";

interface PanelProps {
  readonly sitting: Sitting;
  readonly campaign: Campaign;
  readonly onEnd: () => void;
}

export function SittingPanel({ sitting, campaign, onEnd }: PanelProps): JSX.Element {
  const [today, setToday] = useState<{ collected: number; refused: number } | undefined>(undefined);
  const [canUndo, allowUndo] = useState(false);
  const recount = async (): Promise<void> => {
    const day = tallyDay(sitting);
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
      <h2 id="sitting" tabIndex={-1}>{s("sitting.title", { site: site?.name ?? sitting.site })}</h2>
      <p>{said(campaign.title)}</p>
      <NotNow campaign={campaign} />
      <p class="today">{today && s("sitting.today", today)}</p>
      <button type="button" class="primary wide" onClick={() => void handOver(sitting)}>
        {s("sitting.hand_over")} <Icon name="next" />
      </button>
      <p class="hint">{s("sitting.hand_over.hint")}</p>
      <button type="button" class="secondary wide" aria-describedby="refusal-hint" onClick={() => void refuse(1)}>
        {s("sitting.refusal")} +1
      </button>
      <p class="hint" id="refusal-hint">
        {s("sitting.refusal.hint")}
      </p>
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
      <button type="button" class="secondary wide" onClick={onEnd}>
        {s("sitting.end")}
      </button>
    </section>
  );
}
