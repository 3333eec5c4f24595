/** Which campaigns may be asked where. A tap on a campaign shows its workplaces, a tap on a workplace opens its sitting. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { dayOf } from "../day.ts";
import { campaignCache, canAsk, type Period, periodOf } from "../device/campaigns.ts";
import { outboxCounts } from "../device/sending.ts";
import { type Sitting, type Tally } from "../device/store.ts";
import { allTallies, isCampaignListStale } from "../device/tablet.ts";
import { Icon } from "../icons.tsx";
import { language, localized } from "../texts.ts";
import type { Campaign } from "../transport/wire.ts";
import { dayInWords } from "../worker/answers_in_words.ts";
import { focusAndShow } from "./focusing.ts";
import { Card, TextInput } from "./form.tsx";
import { tStaff } from "./staff_texts.ts";
import { periodInWords, timeInWords } from "./times_in_words.ts";

const MANY_SITES = 8;
const MANY_CAMPAIGNS = 6;
const ORDER: readonly Period[] = ["open", "not_open", "closed"];

const periodToday = (campaign: Campaign): Period => periodOf(campaign, dayOf(new Date()));

export function Campaigns({ onStart }: { onStart: (sitting: Sitting) => void }): JSX.Element {
  const [wanted, want] = useState("");
  const [counted, setCounted] = useState<readonly Tally[]>([]);
  useEffect(() => void allTallies().then(setCounted), [outboxCounts.value]);
  const all = campaignCache.value?.campaigns ?? [];
  const inOrder = ORDER.flatMap((period) => all.filter((campaign) => periodToday(campaign) === period));
  const found = inOrder.filter(({ title, id }) => isLike(`${localized(title)} ${id}`, wanted));
  return (
    <Card id="campaigns" title={tStaff("home.campaigns.title")}>
      {all.length === 0 && <p>{tStaff("home.campaigns.empty")}</p>}
      {all.length > MANY_CAMPAIGNS && <TextInput id="find-campaign" label={tStaff("home.campaigns.find")} value={wanted} onValue={want} />}
      {found.map((campaign) => (
        <CampaignCard key={campaign.id} campaign={campaign} counted={counted.filter((tally) => tally.campaign === campaign.id)} isOnly={all.length === 1} onStart={onStart} />
      ))}
      {all.length > 0 && found.length === 0 && <p>{tStaff("home.campaigns.none_found")}</p>}
      {isCampaignListStale.value && <p class="notice">{tStaff("home.campaigns.old_list")}</p>}
      {campaignCache.value && <p class="hint">{tStaff("home.campaigns.fetched", { when: timeInWords(campaignCache.value.fetched) })}</p>}
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
    if (wish) focusAndShow(card.current?.querySelector<HTMLElement>(".small-title, .notice"), card.current);
  }, [wish]);
  const toggle = (event: Event): void => {
    event.preventDefault();
    open(!isOpen);
  };
  return (
    <details ref={card} class="campaign" open={isOpen}>
      <summary onClick={toggle}>
        <h3>{localized(campaign.title)}</h3>
        <Icon name="next" />
        <p class="hint">
          <span>{periodInWords(campaign.from, campaign.to)}</span> <span>{tStaff("home.campaigns.site_count", { count: campaign.sites.length })}</span> <PeriodBadge campaign={campaign} />
        </p>
        {counted.length > 0 && <p class="hint">{sayCounted(counted)}</p>}
      </summary>
      <OutsidePeriodNotice campaign={campaign} />
      {canAsk(campaign) ? <Sites campaign={campaign} counted={counted} onStart={onStart} /> : <p class="notice">{tStaff("home.campaigns.unreadable")}</p>}
    </details>
  );
}

function PeriodBadge({ campaign }: { campaign: Campaign }): JSX.Element | null {
  const period = periodToday(campaign);
  return period === "open" ? null : <strong class="badge">{tStaff(`home.campaigns.${period}`)}</strong>;
}

/** Said before anybody is asked; the device's clock may be what is wrong, so staff decide. */
export function OutsidePeriodNotice({ campaign }: { campaign: Campaign }): JSX.Element | null {
  const period = periodToday(campaign);
  if (period === "open") return null;
  const facts = { today: dayInWords(dayOf(new Date())), from: dayInWords(campaign.from), to: dayInWords(campaign.to) };
  return (
    <p class="notice" tabIndex={-1}>
      {tStaff(`home.campaigns.${period}.body`, facts)} {tStaff("home.campaigns.clock", facts)}
    </p>
  );
}

function Sites({ campaign, counted, onStart }: CampaignProps): JSX.Element {
  const [wanted, want] = useState("");
  const sites = campaign.sites.filter((site) => isLike(site.name, wanted));
  return (
    <>
      <p class="small-title" tabIndex={-1}>
        {tStaff("home.campaigns.sites")}
      </p>
      {campaign.sites.length > MANY_SITES && <TextInput id={`find-${campaign.id}`} label={tStaff("home.campaigns.search")} value={wanted} onValue={want} />}
      <ul class="sites">
        {sites.map((site) => (
          <li key={site.id}>
            <button
              type="button"
              class="site"
              aria-label={tStaff("home.campaigns.start", { site: site.name })}
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
      {sites.length === 0 && <p>{tStaff("home.campaigns.no_site")}</p>}
    </>
  );
}

/** How many answered and how many declined on this device; nothing where nobody was asked yet. */
function sayCounted(counted: readonly Tally[]): string {
  if (!counted.length) return "";
  const sum = (of: "collected" | "refused"): number => counted.reduce((total, tally) => total + tally[of], 0);
  return tStaff("home.campaigns.counted", { collected: sum("collected"), refused: sum("refused") });
}

const isLike = (name: string, wanted: string): boolean => plain(name).includes(plain(wanted.trim()));

/** "may song hong" finds "May Sông Hồng": thumbs seldom type tone marks. */
const plain = (name: string): string =>
  name.toLocaleLowerCase(language.value).normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/đ/g, "d");
