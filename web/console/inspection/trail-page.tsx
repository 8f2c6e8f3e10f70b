import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { FileLock2 } from 'lucide-react'
import { useState } from 'react'
import { deedKinds, officerDeeds, officerReadings, patternReadings } from '../../../src/inspection/contract.ts'
import { sayDeed } from '../../../src/inspection/words-deed.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { inspectionAt, type Reading, spanQuery, type TrailSearch, trailAt } from './inspection.ts'
import { OpenNamesDialog } from './pattern-dialogs.tsx'
import { ReadingsTable } from './readings-table.tsx'

const kinds = ['viec', 'luot', 'khong-gan', 'ngoai-gio', 'nep'] as const
type Kind = (typeof kinds)[number]
const kindOf = ({ loai, nep, cb }: TrailSearch): Kind =>
  kinds.find(one => one === loai && (one !== 'nep' || nep) && (one === 'viec' || cb || nep)) ?? 'viec'

const words = {
  viec: 'trail-deeds',
  luot: 'trail-readings',
  'khong-gan': 'trail-untied',
  'ngoai-gio': 'trail-off',
  nep: 'trail-pattern',
} as const

/** Deeds and readings, line by line: of an officer, a unit, some days. */
export function TrailPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/kiem-toan/nhat-ky' })
  const kind = kindOf(search)
  const [saving, setSaving] = useState(false)
  const mayExport = useMay('audit.export') && kind !== 'nep'
  return (
    <Page
      title={say('trail-title')}
      standing={<p>{say(words[kind])}</p>}
      strip={[unit, say(words[kind])]}
      margin={<Margin search={search} kind={kind} />}
      foot={
        <>
          {mayExport && (
            <Button look="wide" icon={FileLock2} onPress={() => setSaving(true)}>
              {say('export-open')}
            </Button>
          )}
          <Go className="exit" to={inspectionAt({ dv: search.dv, tu: search.tu, den: search.den })}>
            {say('inspection-back')}
          </Go>
        </>
      }
    >
      {saving && <ExportDialog asked={exportQuery(search, kind)} onClose={() => setSaving(false)} />}
      {kind === 'viec' ? <Deeds search={search} /> : <Readings search={search} kind={kind} />}
    </Page>
  )
}

function Margin({ search, kind }: { search: TrailSearch; kind: Kind }) {
  const say = useSay()
  const offered = kinds.filter(one => one === 'viec' || (one === 'nep' ? search.nep : search.cb))
  return (
    <section className="stack">
      <Field
        label={say('trail-kind')}
        value={kind}
        onChange={loai => goTo(trailAt({ ...search, loai }))}
        choices={offered.map(one => [one, say(words[one])] as const)}
      />
      {kind === 'viec' && <KindOfDeed search={search} />}
      {kind !== 'nep' && (
        <>
          <DayField
            label={say('inspection-from')}
            value={search.tu ?? ''}
            onChange={tu => goTo(trailAt({ ...search, tu: tu || undefined }))}
          />
          <DayField
            label={say('inspection-to')}
            value={search.den ?? ''}
            onChange={den => goTo(trailAt({ ...search, den: den || undefined }))}
          />
        </>
      )}
      {kind !== 'nep' && <p className="small">{say('trail-default')}</p>}
      {!search.cb && <p className="small">{say('trail-every')}</p>}
    </section>
  )
}

/** What is searched, as the file is asked for. */
const exportQuery = (search: TrailSearch, kind: Kind) => ({
  ...spanQuery(search),
  ...(search.cb && { officer: search.cb }),
  ...(kind === 'viec'
    ? { what: 'deeds' as const, ...(search.viec && { deed: search.viec }) }
    : { what: 'readings' as const, which: whichOf(kind) }),
})

const whichOf = (kind: Kind): 'all' | 'untied' | 'off-hours' =>
  kind === 'khong-gan' ? 'untied' : kind === 'ngoai-gio' ? 'off-hours' : 'all'

/** The kinds of deeds that there are in these days, each with how many, in the order of their names. */
function KindOfDeed({ search }: { search: TrailSearch }) {
  const { say, language } = useLanguage()
  const nameOf = sayDeed(language)
  const query = { ...spanQuery(search), ...(search.cb && { officer: search.cb }) }
  const { data } = useAsk(deedKinds, { query }, { keep: true })
  const kinds = [...(data?.kinds ?? [])].sort((one, other) =>
    nameOf(one.deed).localeCompare(nameOf(other.deed), language),
  )
  const chosen = search.viec ?? ''
  const isMissing = chosen !== '' && !kinds.some(({ deed }) => deed === chosen)
  return (
    <Field
      label={say('trail-deed')}
      value={chosen}
      onChange={viec => goTo(trailAt({ ...search, viec: viec || undefined }))}
      choices={[
        ['', say('trail-every-deed')],
        ...kinds.map(({ deed, count }) => [deed, `${nameOf(deed)} (${numberText(count)})`] as const),
        ...(isMissing ? [[chosen, `${nameOf(chosen)} (0)`] as const] : []),
      ]}
    />
  )
}

type Pages<Row> = { readonly rows: readonly Row[]; readonly next?: string | undefined }

/** Pages that follow each other by their keys. */
function usePages<Row>(key: readonly unknown[], read: (after: string, signal: AbortSignal) => Promise<Pages<Row>>) {
  const { data, error, refetch, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: '',
    getNextPageParam: last => last.next,
  })
  const rows = data?.pages.flatMap(page => page.rows) ?? []
  return { rows, isRead: data !== undefined, error, refetch, hasNextPage, isFetching, fetchNextPage }
}

const marked = (after: string) => (after ? { after } : {})

function Readings({ search, kind }: { search: TrailSearch; kind: Exclude<Kind, 'viec'> }) {
  const say = useSay()
  const mayAsk = useMay('audit.ask')
  const [opening, setOpening] = useState(false)
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const { cb = '', nep = '', tu, den } = search
  const span = spanQuery({ tu, den })
  const which = whichOf(kind)
  const pages = usePages<Reading>(['readings', kind, cb, nep, span], async (after, signal) => {
    const { readings, next } =
      kind === 'nep'
        ? await call(patternReadings, { params: { id: nep }, query: marked(after), signal })
        : await call(officerReadings, { params: { id: cb }, query: { ...span, which, ...marked(after) }, signal })
    return { rows: readings, next }
  })
  const unopened = pages.rows.filter(({ id, officer }) => !names.has(id) && (!cb || officer.id === cb)).slice(0, 50)
  const [first] = unopened
  return (
    <Listed pages={pages}>
      <h2>{pages.rows[0]?.officer.name}</h2>
      <ReadingsTable readings={pages.rows} names={names} withDay withOfficer={kind === 'nep'} />
      {mayAsk && first && (
        <Button look="row" onPress={() => setOpening(true)}>
          {say('inspection-open-names')}
        </Button>
      )}
      {opening && first && (
        <OpenNamesDialog
          officer={first.officer.id}
          pattern={kind === 'nep' ? nep : undefined}
          readings={unopened.filter(({ officer }) => officer.id === first.officer.id)}
          onOpened={more => setNames(known => new Map([...known, ...more]))}
          onClose={() => setOpening(false)}
        />
      )}
    </Listed>
  )
}

type Deed = Answer<typeof officerDeeds>['deeds'][number]

function Deeds({ search }: { search: TrailSearch }) {
  const query = {
    ...spanQuery(search),
    ...(search.cb && { officer: search.cb }),
    ...(search.viec && { deed: search.viec }),
  }
  const pages = usePages<Deed>(['deeds', query], async (after, signal) => {
    const { deeds, next } = await call(officerDeeds, { query: { ...query, ...marked(after) }, signal })
    return { rows: deeds, next }
  })
  return (
    <Listed pages={pages}>
      <DeedTable deeds={pages.rows} />
    </Listed>
  )
}

/** Deeds in words, and by their own codes, which are those of the audit. */
export function DeedTable({ deeds }: { deeds: readonly Deed[] }) {
  const { say, language } = useLanguage()
  const nameOf = sayDeed(language)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too
    <section className="sideways" aria-label={say('trail-deeds')} tabIndex={0}>
      <table className="plain-table readings">
        <thead>
          <tr>
            <th scope="col">{say('reading-when')}</th>
            <th scope="col">{say('trail-officer')}</th>
            <th scope="col">{say('trail-deed')}</th>
            <th scope="col">{say('inspection-see-by')}</th>
          </tr>
        </thead>
        <tbody>
          {deeds.map(({ id, at: moment, officer, deed, unit }) => {
            const { day, time } = instantText(moment)
            return (
              <tr key={id}>
                <td>
                  <span className="small">{day}</span> {time}
                </td>
                <th scope="row">{officer.name}</th>
                <td>
                  {nameOf(deed)} <code className="small">{deed}</code>
                </td>
                <td>{unit?.name}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

type ListedProps = { readonly pages: ReturnType<typeof usePages<Reading | Deed>>; readonly children: React.ReactNode }

function Listed({ pages, children }: ListedProps) {
  const say = useSay()
  const { rows, isRead, error, refetch, hasNextPage, isFetching, fetchNextPage } = pages
  if (error) return <Failed error={error} retry={() => void refetch()} />
  if (!isRead) return <Loading what={say('inspection-reading')} />
  if (rows.length === 0) return <State so={say('trail-none')} todo={say('trail-none-todo')} />
  return (
    <div className="stack">
      {children}
      {hasNextPage && (
        <Button look="row" onPress={() => void fetchNextPage()} {...(isFetching && { disabled: true })}>
          {say('readings-more')}
        </Button>
      )}
    </div>
  )
}
