/** One workplace, now: hand the device over, count who declined, finish. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Sitting } from "../device/store.ts";
import { addDeclined, allTallies, tallyDay } from "../device/tablet.ts";
import { Icon } from "../icons.tsx";
import { localized } from "../texts.ts";
import type { Campaign } from "../transport/wire.ts";
import { OutsidePeriodNotice } from "./campaigns.tsx";
import { tStaff } from "./staff_texts.ts";

interface PanelProps {
  readonly sitting: Sitting;
  readonly campaign: Campaign;
  readonly onHandOver: (sitting: Sitting) => Promise<void>;
  readonly onEnd: () => void;
}

export function SittingPanel({ sitting, campaign, onHandOver, onEnd }: PanelProps): JSX.Element {
  const [today, setToday] = useState<{ collected: number; refused: number } | undefined>(undefined);
  const [canUndo, allowUndo] = useState(false);
  const refreshCounts = async (): Promise<void> => {
    const day = tallyDay(sitting);
    const found = (await allTallies()).find((tally) => tally.campaign === sitting.campaign && tally.site === sitting.site && tally.day === day);
    setToday({ collected: found?.collected ?? 0, refused: found?.refused ?? 0 });
  };
  useEffect(() => void refreshCounts(), [sitting]);
  const addDeclinedPeople = async (people: 1 | -1): Promise<void> => {
    await addDeclined(sitting, people);
    allowUndo(people === 1);
    await refreshCounts();
  };
  const site = campaign.sites.find((candidate) => candidate.id === sitting.site);
  return (
    <section class="card sitting-panel" aria-labelledby="sitting">
      <h2 id="sitting" tabIndex={-1}>{tStaff("sitting.title", { site: site?.name ?? sitting.site })}</h2>
      <p>{localized(campaign.title)}</p>
      <OutsidePeriodNotice campaign={campaign} />
      <p class="today">{today && tStaff("sitting.today", today)}</p>
      <button type="button" class="primary wide" onClick={() => void onHandOver(sitting)}>
        {tStaff("sitting.hand_over")} <Icon name="next" />
      </button>
      <p class="hint">{tStaff("sitting.hand_over.hint")}</p>
      <button type="button" class="secondary wide" aria-describedby="refusal-hint" onClick={() => void addDeclinedPeople(1)}>
        {tStaff("sitting.refusal")} +1
      </button>
      <p class="hint" id="refusal-hint">
        {tStaff("sitting.refusal.hint")}
      </p>
      <p class="notice" role="status">
        {canUndo && (
          <>
            <Icon name="check" /> {tStaff("sitting.refusal.counted")}{" "}
            <button type="button" class="ghost" onClick={() => void addDeclinedPeople(-1)}>
              {tStaff("sitting.refusal.undo")}
            </button>
          </>
        )}
      </p>
      <button type="button" class="secondary wide" onClick={onEnd}>
        {tStaff("sitting.end")}
      </button>
    </section>
  );
}
