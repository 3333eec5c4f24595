/** Which campaigns may be asked where. A tap on a campaign shows its workplaces, a tap on a workplace opens its sitting. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { canAsk, type Period, periodOf, shelf } from "../device/campaigns.ts";
import { counts } from "../device/sending.ts";
import { isListOld, tallies } from "../device/tablet.ts";
import { type Sitting, type Tally } from "../device/store.ts";
import { Icon } from "../icons.tsx";
import type { Campaign } from "../road/wire.ts";
import { language, said } from "../texts.ts";
import { dayOf } from "../worker/day.ts";
import { arriveAt } from "./arriving.ts";
import { Card, Entry } from "./form.tsx";
import { inDays, inMoments, inPeriods } from "./moments.ts";
import { s } from "./words.ts";

const MANY_SITES = 8;
const MANY_CAMPAIGNS = 6;
const ORDER: readonly Period[] = ["open", "not_open", "closed"];

const periodToday = (campaign: Campaign): Period => periodOf(campaign, dayOf(new Date()));

export function Campaigns({ onStart }: { onStart: (sitting: Sitting) => void }): JSX.Element {
  const [wanted, want] = useState("");
  const [counted, setCounted] = useState<readonly Tally[]>([]);
  useEffect(() => void tallies().then(setCounted), [counts.value]);
  const all = shelf.value?.campaigns ?? [];
  const inOrder = ORDER.flatMap((period) => all.filter((campaign) => periodToday(campaign) === period));
  const found = inOrder.filter(({ title, id }) => isLike(`${said(title)} ${id}`, wanted));
  return (
    <Card id="campaigns" title={s("home.campaigns.title")}>
      {all.length === 0 && <p>{s("home.campaigns.empty")}</p>}
      {all.length > MANY_CAMPAIGNS && <Entry id="find-campaign" label={s("home.campaigns.find")} value={wanted} onValue={want} />}
      {found.map((campaign) => (
        <CampaignCard key={campaign.id} campaign={campaign} counted={counted.filter((tally) => tally.campaign === campaign.id)} isOnly={all.length === 1} onStart={onStart} />
      ))}
      {all.length > 0 && found.length === 0 && <p>{s("home.campaigns.none_found")}</p>}
      {isListOld.value && <p class="notice">{s("home.campaigns.old_list")}</p>}
      {shelf.value && <p class="hint">{s("home.campaigns.fetched", { when: inMoments(shelf.value.fetched) })}</p>}
    </Card>
  );
}

interface CampaignProps {
  readonly campaign: Campaign;
  readonly counted: readonly Tally[];
  readonly onStart: (sitting: Sitting) => void;
}

function CampaignCard({ campaign, counted, isOnly, onStart }: CampaignProps & { isOnly: boolean }): JSX.Element {
  const card = useRef<HTMLDetailsElement>(null);
  const [wish, open] = useState<boolean | undefined>(undefined);
  const isOpen = wish ?? isOnly;
  useEffect(() => {
    if (wish) arriveAt(card.current?.querySelector<HTMLElement>(".small-title, .notice"), card.current);
  }, [wish]);
  const toggle = (event: Event): void => {
    event.preventDefault();
    open(!isOpen);
  };
  return (
    <details ref={card} class="campaign" open={isOpen}>
      <summary onClick={toggle}>
        <h3>{said(campaign.title)}</h3>
        <Icon name="next" />
        <p class="hint">
          <span>{inPeriods(campaign.from, campaign.to)}</span> <span>{s("home.campaigns.site_count", { count: campaign.sites.length })}</span> <PeriodBadge campaign={campaign} />
        </p>
        {counted.length > 0 && <p class="hint">{sayCounted(counted)}</p>}
      </summary>
      <NotNow campaign={campaign} />
      {canAsk(campaign) ? <Sites campaign={campaign} counted={counted} onStart={onStart} /> : <p class="notice">{s("home.campaigns.unreadable")}</p>}
    </details>
  );
}

function PeriodBadge({ campaign }: { campaign: Campaign }): JSX.Element | null {
  const period = periodToday(campaign);
  return period === "open" ? null : <strong class="badge">{s(`home.campaigns.${period}`)}</strong>;
}

/** Said before anybody is asked; the device's clock may be what is wrong, so staff decide. */
export function NotNow({ campaign }: { campaign: Campaign }): JSX.Element | null {
  const period = periodToday(campaign);
  if (period === "open") return null;
  const facts = { today: inDays(dayOf(new Date())), from: inDays(campaign.from), to: inDays(campaign.to) };
  return (
    <p class="notice" tabIndex={-1}>
      {s(`home.campaigns.${period}.body`, facts)} {s("home.campaigns.clock", facts)}
    </p>
  );
}

function Sites({ campaign, counted, onStart }: CampaignProps): JSX.Element {
  const [wanted, want] = useState("");
  const sites = campaign.sites.filter((site) => isLike(site.name, wanted));
  return (
    <>
      <p class="small-title" tabIndex={-1}>
        {s("home.campaigns.sites")}
      </p>
      {campaign.sites.length > MANY_SITES && <Entry id={`find-${campaign.id}`} label={s("home.campaigns.search")} value={wanted} onValue={want} />}
      <ul class="sites">
        {sites.map((site) => (
          <li key={site.id}>
            <button
              type="button"
              class="site"
              aria-label={s("home.campaigns.start", { site: site.name })}
              aria-describedby={`count-${campaign.id}-${site.id}`}
              onClick={() => onStart({ campaign: campaign.id, site: site.id })}
            >
              <Icon name="site" />
              <span>
                {site.name}
                <small id={`count-${campaign.id}-${site.id}`}>{sayCounted(counted.filter((tally) => tally.site === site.id))}</small>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      {sites.length === 0 && <p>{s("home.campaigns.no_site")}</p>}
    </>
  );
}

/** How many answered and how many declined on this device; nothing where nobody was asked yet. */
function sayCounted(counted: readonly Tally[]): string {
  if (!counted.length) return "";
  const sum = (of: "collected" | "refused"): number => counted.reduce((total, tally) => total + tally[of], 0);
  return s("home.campaigns.counted", { collected: sum("collected"), refused: sum("refused") });
}

const isLike = (name: string, wanted: string): boolean => plain(name).includes(plain(wanted.trim()));

/** "may song hong" finds "May Sông Hồng": thumbs seldom type tone marks. */
const plain = (name: string): string =>
  name.toLocaleLowerCase(language.value).normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/đ/g, "d");
