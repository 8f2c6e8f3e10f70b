import { TriangleAlert } from 'lucide-react'
import { lastSafeDays } from '../../../src/campaign/contract.ts'
import { figureFunnel } from '../../../src/statistics/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, decimalText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { LastSafeDays } from '../law/last-safe-days.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import { CampaignChoices, UnitPath } from './campaign-choices.tsx'
import { Counted } from './campaign-figure.tsx'
import { FirstPageChoice } from './first-page-note.tsx'
import { lossesOf } from './funnel-losses.ts'
import {
  asQuery,
  type Campaign,
  type CampaignSearch,
  campaignAt,
  countsPeople,
  peopleAt,
  type QuickSheet,
} from './search.ts'
import { fasterBy, type Verdict as VerdictWord, verdictOf } from './verdict.ts'

export type MarginProps = {
  readonly search: CampaignSearch
  readonly campaign: Campaign
  readonly all: readonly Campaign[]
  readonly sheet: QuickSheet | undefined
}

/** What the figures are worth: of which day, known when, of which edition. */
export function Standing({ campaign, sheet }: { campaign: Campaign; sheet: QuickSheet }) {
  const say = useSay()
  return (
    <>
      <p>{say('campaign-known-at', { day: dayText(sheet.day), time: instantText(sheet.knownAt).time })}</p>
      <p>
        <b>{campaign.title}</b>, {say(`basis-${campaign.basis}`)}
      </p>
      {campaign.state === 'closed' && <p>{say('campaign-closed')}</p>}
      {sheet.waiting > 0 && <p>{say('campaign-waiting', { n: numberText(sheet.waiting) })}</p>}
    </>
  )
}

/** The margin of the campaign's page: the verdict (verdict.ts decides it), the choices, and what is in doubt. */
export function CampaignMargin({ search, campaign, all, sheet }: MarginProps) {
  return (
    <>
      {sheet && <VerdictSection search={search} campaign={campaign} sheet={sheet} />}
      <CampaignChoices search={search} campaign={campaign} all={all} sheet={sheet} page="/chien-dich" />
      <FirstPageChoice campaign={campaign} />
      {sheet && <UnitPath search={search} sheet={sheet} page="/chien-dich" />}
      {sheet && <SafeDays campaign={campaign} sheet={sheet} />}
      {sheet && <Doubts search={search} campaign={campaign} sheet={sheet} />}
    </>
  )
}

/** By the law's time limits, for the unit that the sheet is of. */
function SafeDays({ campaign, sheet }: Omit<Told, 'search'>) {
  const query = { campaign: campaign.id, unit: sheet.whole.unit.id, day: sheet.day }
  const { data } = useAsk(lastSafeDays, { query }, { keep: true })
  return data ? <LastSafeDays days={data.days} today={data.day} /> : null
}

type Told = { readonly search: CampaignSearch; readonly campaign: Campaign; readonly sheet: QuickSheet }

/** The verdict before any picture, and what would help most. */
function VerdictSection({ search, campaign, sheet }: Told) {
  return (
    <section>
      <Verdict sheet={sheet} />
      <Ease search={search} campaign={campaign} sheet={sheet} />
    </section>
  )
}

function Verdict({ sheet }: { sheet: QuickSheet }) {
  const say = useSay()
  const verdict = verdictOf(sheet.whole, sheet)
  return (
    <>
      <p className={`verdict ${verdict}`}>
        <VerdictIcon verdict={verdict} />
        {say(`verdict-${verdict}`)}
      </p>
      <VerdictWhy sheet={sheet} />
    </>
  )
}

const VerdictIcon = ({ verdict }: { verdict: VerdictWord }) =>
  verdict === 'late' || verdict === 'over' ? <TriangleAlert size={18} aria-hidden /> : null

/** What the verdict rests on. */
export function VerdictWhy({ sheet }: { sheet: QuickSheet }) {
  const say = useSay()
  const verdict = verdictOf(sheet.whole, sheet)
  const faster = fasterBy(sheet.whole)
  const why =
    verdict === 'reached' || verdict === 'no-data'
      ? undefined
      : say(`verdict-${verdict}-why`, { n: numberText(sheet.whole.remaining ?? 0) })
  return (
    <p>
      {why} {faster !== undefined && verdict !== 'in-time' && say('verdict-faster', { n: decimalText(faster, 1) })}
    </p>
  )
}

function Ease({ search, campaign, sheet }: Told) {
  const say = useSay()
  const mayList = useMay('campaign.lists')
  const { data } = useAsk(
    figureFunnel,
    { params: { id: campaign.id }, query: asQuery(search, campaign.metrics) },
    { keep: true },
  )
  const loss = data && lossesOf(data, sheet.metric).toSorted((a, b) => b.stopped - a.stopped)[0]
  if (!loss || loss.stopped === 0 || sheet.whole.remaining === 0 || !countsPeople(sheet.metric)) return null
  const to = { ...search, ...loss.search }
  return (
    <div className="ease">
      <p className="quiet">{say('ease-most')}</p>
      <p>
        <b>{say(`ease-${loss.step}`)}</b>
      </p>
      <p>{say('ease-for', { n: numberText(loss.stopped), stop: say(`stop-${loss.step}`).toLowerCase() })}</p>
      {mayList && (
        <Button look={['primary', 'wide']} href={peopleAt(to)}>
          {say('ease-open')}
        </Button>
      )}
    </div>
  )
}

/** What the figures leave open: who entered nothing, what is not handed down, and how the denominators differ. */
function Doubts({ search, campaign, sheet }: Told) {
  const say = useSay()
  const { whole, below, metric } = sheet
  const silent = below.filter(row => row.silent)
  return (
    <section>
      <dl>
        <dt>{say('campaign-silent')}</dt>
        <dd>
          {silent.length === 0 ? (
            <span className="quiet">
              {say(below.length ? 'campaign-silent-none' : whole.silent ? 'due-silent-one' : 'campaign-silent-none')}
            </span>
          ) : (
            <details>
              <summary>{say('campaign-silent-count', { n: numberText(silent.length) })}</summary>
              <ul>
                {silent.map(({ unit }) => (
                  <li key={unit.id}>
                    <Go to={campaignAt({ ...search, dv: unit.id })}>{unit.name}</Go>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </dd>
        {whole.target !== null && below.length > 0 && (
          <>
            <dt>{say('campaign-not-handed')}</dt>
            <dd>
              <Go to={campaignAt({ ...search, cs: metric }, '/chien-dich/chi-tieu')}>
                {say('campaign-not-handed-of', { n: numberText(whole.notHandedDown), all: numberText(whole.target) })}
              </Go>
            </dd>
          </>
        )}
        <dt>{say('campaign-members')}</dt>
        <dd>
          <Counted
            value={whole.members}
            metric={metric}
            search={{ ...search, cd: campaign.id, kieu: 'members' }}
            label={say('campaign-members')}
          />
        </dd>
        <dd className="plain">{say('campaign-frozen', { n: numberText(whole.frozen) })}</dd>
      </dl>
    </section>
  )
}
