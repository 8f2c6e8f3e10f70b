import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Eye, ListChecks, Printer, TriangleAlert } from 'lucide-react'
import { inspectedOfficers, inspectionOverview } from '../../../src/inspection/contract.ts'
import { daysBetween } from '../../../src/platform/day.ts'
import { listUnits } from '../../../src/units/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { Field } from '../../parts/field.tsx'
import { dayInYearText, dayText, instantText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { Said, useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { goInstead, goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Figure, Sentence } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useToday, useUnitName } from '../shell/session.tsx'
import {
  type InspectionSearch,
  inspectionAt,
  inspectionPaperAt,
  type OfficerRow,
  type Overview,
  ruleIn,
  shareOf,
  spanQuery,
  trailAt,
} from './inspection.ts'
import { keyOf, OfficerTable } from './officer-table.tsx'
import { PatternPanel } from './pattern-panel.tsx'

/** Whom to ask: what stands out first, then untied readings. */
export function InspectionPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/kiem-toan' })
  const { data, error, refetch } = useAsk(inspectionOverview, { query: spanQuery(search) }, { keep: true })
  const span = data ? say('inspection-span', { from: dayInYearText(data.from), to: dayText(data.to) }) : ''
  const readTo = data?.readTo && instantText(data.readTo)
  return (
    <Page
      title={say('inspection-title')}
      standing={
        <>
          <p>{span}</p>
          {readTo && <p>{say('inspection-read-to', readTo)}</p>}
        </>
      }
      strip={[unit, span]}
      margin={data && <Margin search={search} overview={data} />}
      foot={<Foot search={search} />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('inspection-reading')} />}
      {data && <Told overview={data} search={search} />}
      {data && <Officers overview={data} search={search} />}
    </Page>
  )
}

/** Seals and derived rows first, in red where they do not hold; then what officers read, in one sentence. */
export function Told({ overview, search }: { overview: Overview; search: InspectionSearch }) {
  const say = useSay()
  const { verification, differences } = overview
  const n = (value: number) => <b className="figures">{numberText(value)}</b>
  const link = (value: number, loai: string) => <Figure value={value} to={trailAt({ ...spanOf(search), loai })} />
  return (
    <>
      {verification && !verification.holds && (
        <div className="note late" role="alert">
          <TriangleAlert size={16} aria-hidden />
          <p>
            {say('inspection-broken', {
              n: numberText(verification.findings),
              chain: verification.first?.chain ?? '–',
              place: verification.first?.place ?? '–',
              batch: verification.first?.batch ?? verification.first?.kind ?? '–',
            })}
          </p>
        </div>
      )}
      {differences.map(({ day, toldAt, ...counts }) => (
        <p key={`${day} ${toldAt}`} className="note late">
          {say('inspection-differed', { day: dayText(day), ...counts })}
        </p>
      ))}
      {overview.readings > 0 && (
        <Sentence>
          <Said
            of="inspection-sentence"
            parts={{
              days: n(daysBetween(overview.from as never, overview.to as never) + 1),
              officers: n(overview.officers),
              deeds: link(overview.deeds, 'viec'),
              readings: n(overview.readings),
              tied: n(overview.tied),
              share: <b>{shareOf(overview.tied, overview.readings)}</b>,
              unusual: <Figure value={overview.unusualOfficers} to={inspectionAt({ ...spanOf(search) })} />,
            }}
          />
        </Sentence>
      )}
    </>
  )
}

const spanOf = ({ tu, den, dv }: InspectionSearch) => ({ tu, den, dv })
const pageOf = 50

function useOfficers(search: InspectionSearch) {
  const rule = ruleIn(search.luat)
  const query = { ...spanQuery(search), ...(rule && { rule }), limit: pageOf }
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: [inspectedOfficers.path, inspectedOfficers.method, query],
    queryFn: ({ pageParam, signal }) =>
      call(inspectedOfficers, { query: { ...query, ...(pageParam && { after: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
  })
  const rows = data?.pages.flatMap(({ officers }) => officers) ?? []
  const total = data?.pages[0]?.total ?? 0
  return { rows, total, error, isRead: data !== undefined, refetch, hasNextPage, isFetching, fetchNextPage }
}

/** The row of the address, else the first that stands out, else the first. */
const currentOf = (rows: readonly OfficerRow[], { cb }: InspectionSearch) =>
  rows.find(row => keyOf(row) === cb || row.officer.id === cb) ?? rows[0]

function Officers({ overview, search }: { overview: Overview; search: InspectionSearch }) {
  const say = useSay()
  const { rows, total, error, isRead, refetch, hasNextPage, isFetching, fetchNextPage } = useOfficers(search)
  const current = currentOf(rows, search)
  const go = (step: number) => {
    const next = rows[(current ? rows.indexOf(current) : -1) + step]
    if (next) goInstead(inspectionAt({ ...search, cb: keyOf(next), nep: undefined }))
  }
  useKeys([
    { key: 'j', said: say('key-next'), run: () => go(1) },
    { key: 'k', said: say('key-previous'), run: () => go(-1) },
    {
      key: 'Enter',
      said: say('readings-more'),
      run: () => current && goTo(trailAt({ cb: current.officer.id, loai: 'khong-gan', ...spanOf(search) })),
    },
  ])
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!isRead) return <Loading what={say('inspection-reading')} />
  const usual = overview.rules.every(({ patterns }) => patterns === 0)
  return (
    <>
      {overview.readings > 0 && (usual || rows.length === 0) && (
        <State
          so={say('inspection-usual')}
          todo={say('inspection-usual-todo', {
            readings: numberText(overview.readings),
            officers: numberText(overview.officers),
            n: overview.rules.length,
          })}
        />
      )}
      {overview.readings === 0 && <State so={say('inspection-none')} todo={say('inspection-none-todo')} />}
      {current && (
        <div className="split inspection-split">
          <div>
            <OfficerTable rows={rows} current={current} search={search} night={overview.night} />
            {hasNextPage && (
              <Button look="row" onPress={() => void fetchNextPage()} {...(isFetching && { disabled: true })}>
                {say('inspection-more', { n: numberText(total - rows.length) })}
              </Button>
            )}
            <p className="small">{say('inspection-foot')}</p>
          </div>
          <PatternPanel key={keyOf(current)} row={current} search={search} />
        </div>
      )}
    </>
  )
}

function Margin({ search, overview }: { search: InspectionSearch; overview: Overview }) {
  const say = useSay()
  const rule = ruleIn(search.luat)
  const total = overview.rules.reduce((sum, { patterns }) => sum + patterns, 0)
  const found = overview.rules.filter(one => one.patterns > 0 || one.rule === rule)
  const clear = overview.rules.filter(one => !found.includes(one))
  const to = (luat?: string) => inspectionAt({ ...search, luat, cb: undefined, nep: undefined })
  return (
    <>
      <section>
        <nav className="sections rule-counts" aria-label={say('inspection-by-rule')}>
          <Go to={to()} current={rule === undefined}>
            <span>{say('inspection-patterns')}</span>
            <span className="figures">{numberText(total)}</span>
          </Go>
          {found.map(one => (
            <Go key={one.rule} to={to(one.rule)} current={rule === one.rule}>
              <span title={say('inspection-tested', { n: numberText(one.least) })}>{say(`rule-${one.rule}`)}</span>
              <span className="figures">{numberText(one.patterns)}</span>
            </Go>
          ))}
        </nav>
        {clear.length > 0 && overview.readings > 0 && (
          <p className="small">
            {say('inspection-clear', { rules: clear.map(one => say(`rule-${one.rule}`)).join(', ') })}
          </p>
        )}
      </section>
      <section className="stack">
        <UnitField search={search} />
        <DayField
          label={say('inspection-from')}
          value={search.tu ?? overview.from}
          onChange={tu => goTo(inspectionAt({ ...search, tu: tu || undefined }))}
        />
        <DayField
          label={say('inspection-to')}
          value={search.den ?? overview.to}
          onChange={den => goTo(inspectionAt({ ...search, den: den || undefined }))}
        />
      </section>
      <section>
        <p className="quiet">{say('inspection-seals')}</p>
        <Seals overview={overview} />
      </section>
    </>
  )
}

function Seals({ overview: { verification } }: { overview: Overview }) {
  const say = useSay()
  if (!verification) return <Chip kind="not-begun">{say('inspection-seals-never')}</Chip>
  return (
    <>
      <Chip kind={verification.holds ? 'done' : 'late'}>
        {say(verification.holds ? 'inspection-seals-hold' : 'inspection-seals-broken')}
      </Chip>
      <p className="small">{say('inspection-seals-at', instantText(verification.at))}</p>
    </>
  )
}

/** One's own unit, or one directly below it. */
function UnitField({ search }: { search: InspectionSearch }) {
  const say = useSay()
  const { post } = useSession()
  const { data } = useAsk(listUnits, { query: { day: useToday(), ...(post && { below: post.unitId }) } })
  const units = data?.units.filter(({ id }) => id !== post?.unitId) ?? []
  return (
    <Field
      label={say('inspection-see-by')}
      value={search.dv ?? ''}
      onChange={dv => goTo(inspectionAt({ ...search, dv: dv || undefined, cb: undefined, nep: undefined }))}
      choices={[['', say('inspection-every-unit')], ...units.map(({ id, name }) => [id, name] as const)]}
    />
  )
}

function Foot({ search }: { search: InspectionSearch }) {
  const say = useSay()
  const mayAsk = useMay('audit.ask')
  return (
    <>
      <Go className="exit" to={trailAt({ ...spanOf(search), loai: 'viec' })}>
        <ListChecks size={16} aria-hidden />
        {say('inspection-trail')}
      </Go>
      {mayAsk && (
        <Go className="exit" to={at('/kiem-toan/nguoi')}>
          <Eye size={16} aria-hidden />
          {say('inspection-person')}
        </Go>
      )}
      <Go className="exit" to={inspectionPaperAt(spanOf(search))}>
        <Printer size={16} aria-hidden />
        {say('inspection-print')}
      </Go>
    </>
  )
}
