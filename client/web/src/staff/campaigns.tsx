/** Which campaigns may be asked where. A tap on a workplace opens its sitting. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { canAsk, periodOf, shelf } from "../device/campaigns.ts";
import type { Sitting } from "../device/store.ts";
import { Icon } from "../icons.tsx";
import type { Campaign } from "../road/wire.ts";
import { language, said } from "../texts.ts";
import { dayOf } from "../worker/day.ts";
import { Card, Entry } from "./form.tsx";
import { inDays, inMoments } from "./moments.ts";
import { s } from "./words.ts";

const MANY_SITES = 8;

export function Campaigns({ onStart }: { onStart: (sitting: Sitting) => void }): JSX.Element {
  const campaigns = shelf.value?.campaigns ?? [];
  return (
    <Card id="campaigns" title={s("home.campaigns.title")}>
      {campaigns.length === 0 && <p>{s("home.campaigns.empty")}</p>}
      {campaigns.map((campaign) => (
        <CampaignCard key={campaign.id} campaign={campaign} onStart={onStart} />
      ))}
      {shelf.value && <p class="hint">{s("home.campaigns.fetched", { when: inMoments(shelf.value.fetched) })}</p>}
    </Card>
  );
}

interface CampaignProps {
  readonly campaign: Campaign;
  readonly onStart: (sitting: Sitting) => void;
}

function CampaignCard({ campaign, onStart }: CampaignProps): JSX.Element {
  const period = periodOf(campaign, dayOf(new Date()));
  return (
    <article class="campaign">
      <h3>{said(campaign.title)}</h3>
      <p class="hint">
        {s("home.campaigns.period", { from: inDays(campaign.from), to: inDays(campaign.to) })}
        {period !== "open" && <strong class="badge">{s(`home.campaigns.${period}`)}</strong>}
      </p>
      {period !== "open" && <p class="notice">{s("home.campaigns.clock", { today: inDays(dayOf(new Date())) })}</p>}
      {canAsk(campaign) ? <Sites campaign={campaign} onStart={onStart} /> : <p class="notice">{s("home.campaigns.unreadable")}</p>}
    </article>
  );
}

function Sites({ campaign, onStart }: CampaignProps): JSX.Element {
  const [wanted, want] = useState("");
  const sites = campaign.sites.filter((site) => plain(site.name).includes(plain(wanted)));
  return (
    <>
      <p class="small-title">{s("home.campaigns.sites")}</p>
      {campaign.sites.length > MANY_SITES && <Entry id={`find-${campaign.id}`} label={s("home.campaigns.search")} value={wanted} onValue={want} />}
      <ul class="sites">
        {sites.map((site) => (
          <li key={site.id}>
            <button type="button" class="site" aria-label={s("home.campaigns.start", { site: site.name })} onClick={() => onStart({ campaign: campaign.id, site: site.id })}>
              <Icon name="site" />
              <span>{site.name}</span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      {sites.length === 0 && <p>{s("home.campaigns.no_site")}</p>}
    </>
  );
}

/** "may song hong" finds "May Sông Hồng": thumbs seldom type tone marks. */
const plain = (name: string): string =>
  name.toLocaleLowerCase(language.value).normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/đ/g, "d");
