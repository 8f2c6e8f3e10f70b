import { useSearch } from '@tanstack/react-router'
import { lastSafeDays } from '../../../src/campaign/contract.ts'
import { riskBoard } from '../../../src/statistics/risk/contract.ts'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goTo } from '../base/router-handle.ts'
import { writeSearch } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import { among, type Campaign, type CampaignSearch, campaignAt, defined } from '../campaign/search.ts'
import { LastSafeDays } from '../law/last-safe-days.tsx'
import { DayField } from '../parts/day-field.tsx'
import { Sentence } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { chanceText, RiskPupils } from './risk-pupils.tsx'
import type { RiskSearch } from './search.ts'

const groupings = ['unit', 'school', 'class'] as const
const riskAt = (search: RiskSearch) => at(`/chien-dich/nguy-co${writeSearch(search)}`)

type Risk = Answer<typeof riskBoard>
type Group = Risk['whole']

/** How likely each pupil has card and account in time, and what would rescue whom. */
export function RiskPage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich/nguy-co' })
  return (
    <WithCampaign search={search} title={say('board-title')}>
      {campaign => <Board search={search} campaign={campaign} />}
    </WithCampaign>
  )
}

/** A school's classes, a ward's schools, else units: unless the address says otherwise. */
const groupingOf = ({ gop, truong }: RiskSearch) => among(groupings, gop) ?? (truong ? 'class' : 'unit')

function Board({ search, campaign }: { search: RiskSearch; campaign: Campaign }) {
  const say = useSay()
  const unit = useUnitName()
  const mayList = useMay('campaign.lists')
  const by = groupingOf(search)
  const query = { ...defined({ unit: search.dv, school: search.truong, day: search.ngay }), by }
  const { data, error, refetch } = useAsk(riskBoard, { params: { id: campaign.id }, query }, { keep: true })
  const back: CampaignSearch = { cd: search.cd, dv: search.dv, ngay: search.ngay }
  return (
    <Page
      title={say('board-title')}
      standing={
        <>
          <p>{campaign.title}</p>
          {data && <p>{say('as-of', { day: dayText(data.day) })}</p>}
        </>
      }
      strip={[data?.whole.name || unit, data ? say('as-of', { day: dayText(data.day) }) : '']}
      margin={<Margin search={search} campaign={campaign} data={data} by={by} />}
      foot={
        <>
          {(search.dv || search.truong) && <Go to={riskAt({ cd: search.cd, ngay: search.ngay })}>{unit}</Go>}
          <Go to={campaignAt(back)}>{say('people-back')}</Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('board-reading')} />}
      {data && data.whole.pupils === 0 && <State so={say('board-none')} todo={say('board-none-todo')} />}
      {data && data.whole.pupils > 0 && (
        <div className="stack">
          <Whole data={data} />
          <Groups data={data} search={search} by={by} />
          {mayList && <RiskPupils search={search} campaign={campaign} />}
          <p className="small">{say('board-basis')}</p>
        </div>
      )}
    </Page>
  )
}

type MarginProps = {
  readonly search: RiskSearch
  readonly campaign: Campaign
  readonly data: Risk | undefined
  readonly by: (typeof groupings)[number]
}

function Margin({ search, campaign, data, by }: MarginProps) {
  const say = useSay()
  return (
    <>
      <section className="stack">
        <Field
          label={say('board-by')}
          value={by}
          onChange={gop => goTo(riskAt({ ...search, gop }))}
          choices={groupings.map(one => [one, say(`board-by-${one}`)] as const)}
        />
        <DayField
          label={say('as-of-day')}
          value={search.ngay ?? data?.day ?? ''}
          onChange={ngay => goTo(riskAt({ ...search, ngay: ngay || undefined }))}
        />
      </section>
      {data && data.deadlines.length > 0 && (
        <section>
          <h2 className="quiet">{say('new-deadlines')}</h2>
          {data.deadlines.map(({ name, on, proof }) => (
            <p key={`${name} ${on}`}>
              {say('board-deadline', { name, day: dayText(on), proof: say(`proof-${proof}`) })}
            </p>
          ))}
        </section>
      )}
      {data && <SafeDays search={search} campaign={campaign} day={data.day} />}
    </>
  )
}

/** What the law's limits allow, beside the estimate of how long offices take. */
function SafeDays({ search, campaign, day }: Pick<MarginProps, 'search' | 'campaign'> & { day: string }) {
  const query = { ...defined({ unit: search.dv }), campaign: campaign.id, day }
  const { data } = useAsk(lastSafeDays, { query }, { keep: true })
  return data ? <LastSafeDays days={data.days} today={day} /> : null
}

/** Whom we may lose is told as a whole number of pupils, rounded up: a half is somebody. */
const missingOf = ({ pupils, expected }: Group) => Math.max(0, Math.ceil(pupils - expected - 1e-9))

function Whole({ data: { whole, lastSafeDay } }: { data: Risk }) {
  const say = useSay()
  const n = (value: number) => <b className="figures">{numberText(value)}</b>
  const missing = missingOf(whole)
  return (
    <div className="part">
      <Sentence>
        <Said
          of="board-sentence"
          parts={{
            pupils: n(whole.pupils),
            inHand: n(whole.inHand),
            expected: n(whole.pupils - missing),
            missing: n(missing),
          }}
        />
      </Sentence>
      <p className="risk-last-day">
        {lastSafeDay ? say('board-last-day', { day: dayText(lastSafeDay) }) : say('board-no-last-day')}{' '}
        {whole.late > 0 && <span className="late-text">{say('board-late', { n: numberText(whole.late) })}</span>}
      </p>
    </div>
  )
}

function Groups({ data, search, by }: { data: Risk; search: RiskSearch; by: (typeof groupings)[number] }) {
  const say = useSay()
  const rows = data.groups.toSorted((a, b) => missingOf(b) - missingOf(a) || a.chanceOfAll - b.chanceOfAll)
  const heads = ['board-pupils', 'board-in-hand', 'board-missing', 'board-chance', 'board-late-head'] as const
  /** One level down: a unit to its parts, a school to its classes, a class to its pupils. */
  const down = (key: string): RiskSearch =>
    by === 'unit'
      ? { ...search, dv: key, gop: undefined }
      : by === 'school'
        ? { ...search, truong: key, gop: 'class' }
        : { ...search, lop: key }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways risk-groups" aria-label={say('board-by')} tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{say(`board-by-${by}`)}</th>
            {heads.map(head => (
              <th scope="col" className="end" key={head}>
                {say(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.key}>
              <th scope="row" className={by === 'class' ? 'own-figures' : ''}>
                <Go to={riskAt(down(row.key))} current={by === 'class' && search.lop === row.key}>
                  {row.name}
                </Go>
              </th>
              <td className="end">{numberText(row.pupils)}</td>
              <td className="end">{numberText(row.inHand)}</td>
              <td className="end">
                <b>{numberText(missingOf(row))}</b>
              </td>
              <td className="end">{chanceText(row.chanceOfAll)}</td>
              <td className="end">{row.late > 0 ? <span className="late-text">{numberText(row.late)}</span> : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
