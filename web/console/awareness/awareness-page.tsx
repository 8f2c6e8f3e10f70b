import { useSearch } from '@tanstack/react-router'
import { FileText, Megaphone } from 'lucide-react'
import { activityList } from '../../../src/awareness/contract.ts'
import { metrics } from '../../../src/campaign/cohorts/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayInYearText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { among, defined } from '../campaign/search.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { type Activity, type AwarenessSearch, activityAt, awarenessAt, materialsAt, newActivityAt } from './activity.ts'
import { shortEffect } from './effect-texts.ts'

const most = 200

/** What was done to tell people, where, how many it reached, and what moved there since. */
export function AwarenessPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/tuyen-truyen' })
  const mayRecord = useMay('awareness.record')
  const query = { limit: most, ...awarenessQuery(search) }
  const { data, error, refetch } = useAsk(activityList, { query }, { keep: true })
  const record = mayRecord && (
    <Button look={['primary', 'wide']} icon={Megaphone} href={newActivityAt(search)}>
      {say('awareness-record')}
    </Button>
  )
  return (
    <Page
      title={say('awareness-title')}
      standing={<p>{[unit, data?.campaign.title].filter(Boolean).join('. ')}</p>}
      strip={[unit, say('awareness-title')]}
      margin={data && <Choices search={search} data={data} />}
      foot={
        data && (
          <>
            {!!data.total && record}
            <Go className="exit" to={materialsAt({ cd: data.campaign.id })}>
              <FileText size={16} aria-hidden />
              {say('materials-title')}
            </Go>
          </>
        )
      }
      still={!!data?.total}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('awareness-reading')} />}
      {data?.total === 0 && <State so={say('awareness-none')} todo={say('awareness-none-todo')} buttons={record} />}
      {data && data.total > 0 && (
        <>
          <p className="sentence">
            {data.reached
              .map(({ kind, activities, people }) =>
                say('awareness-reached', {
                  kind: say(`activity-${kind}`),
                  n: numberText(activities),
                  people: numberText(people),
                }),
              )
              .join(' · ')}
          </p>
          <Rows rows={data.activities} search={search} />
          {data.total > most && <p className="note">{say('awareness-more', { n: numberText(most) })}</p>}
        </>
      )}
    </Page>
  )
}

export const awarenessQuery = ({ cd, cs, nhom }: AwarenessSearch) =>
  defined({ campaign: cd, metric: among(metrics, cs), band: Number(nhom) > 0 ? Number(nhom) : undefined })

type ChoicesProps = {
  readonly search: AwarenessSearch
  readonly data: {
    readonly campaign: { readonly id: string }
    readonly campaigns: readonly { readonly id: string; readonly title: string }[]
    readonly metric: (typeof metrics)[number]
    readonly metrics: readonly (typeof metrics)[number][]
    readonly bands: readonly { readonly band: number; readonly name: string }[]
  }
}

/** Of which campaign, counted by which figure, for which part: pupils, their parents, a school's staff. */
function Choices({ search, data }: ChoicesProps) {
  const say = useSay()
  return (
    <section className="stack">
      {data.campaigns.length > 1 && (
        <Field
          label={say('campaign-choose')}
          value={data.campaign.id}
          onChange={cd => goTo(awarenessAt({ cd }))}
          choices={data.campaigns.map(({ id, title }) => [id, title] as const)}
        />
      )}
      <EffectChoices
        metric={data.metric}
        metrics={data.metrics}
        bands={data.bands}
        band={search.nhom}
        onChange={change => goTo(awarenessAt({ ...search, ...change }))}
      />
    </section>
  )
}

type EffectChoicesProps = {
  readonly metric: (typeof metrics)[number]
  readonly metrics: readonly (typeof metrics)[number][]
  readonly bands: readonly { readonly band: number; readonly name: string }[]
  readonly band: string | undefined
  readonly onChange: (change: AwarenessSearch) => void
}

export function EffectChoices({ metric, metrics: counted, bands, band, onChange }: EffectChoicesProps) {
  const say = useSay()
  return (
    <>
      <Field
        label={say('awareness-by-figure')}
        value={metric}
        onChange={cs => onChange({ cs })}
        choices={counted.map(one => [one, say(`metric-${one}`)] as const)}
      />
      {bands.length > 1 && (
        <Field
          label={say('campaign-band')}
          value={band ?? ''}
          onChange={nhom => onChange({ nhom: nhom || undefined })}
          choices={[
            ['', say('campaign-band-all')] as const,
            ...bands.map(({ band: id, name }) => [String(id), name] as const),
          ]}
        />
      )}
    </>
  )
}

const placesText = ({ places }: Activity) => places.map(({ name }) => name).join(', ')

function Rows({ rows, search }: { rows: readonly Activity[]; search: AwarenessSearch }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Activity>[] = [
    {
      id: 'day',
      head: say('awareness-day'),
      width: narrow ? '64px' : '92px',
      onPhone: true,
      isDay: 'in-year',
      show: ({ heldOn }) => dayInYearText(heldOn),
    },
    {
      id: 'kind',
      head: say('awareness-kind'),
      width: 'minmax(150px, 1.2fr)',
      onPhone: true,
      show: one => (
        <Go to={activityAt(one.id, search)} quietly>
          <TwoLines second={narrow ? placesText(one) : one.audiences.map(who => say(`audience-${who}`)).join(', ')}>
            {one.withdrawn ? <s>{say(`activity-${one.kind}`)}</s> : say(`activity-${one.kind}`)}
          </TwoLines>
        </Go>
      ),
    },
    { id: 'place', head: say('awareness-place'), width: 'minmax(160px, 1.6fr)', wraps: 'smaller', show: placesText },
    {
      id: 'people',
      head: say('awareness-people'),
      width: '104px',
      end: true,
      show: ({ people, counted }) => `${counted ? '' : '≈ '}${numberText(people)}`,
    },
    {
      id: 'effect',
      head: say('awareness-since'),
      width: narrow ? '96px' : 'minmax(130px, 1fr)',
      end: true,
      onPhone: true,
      show: one => (one.withdrawn ? <span className="quiet">–</span> : shortEffect(say, one.effect)),
    },
  ]
  return (
    <Table
      label={say('awareness-title')}
      rows={rows}
      columns={columns}
      idOf={({ id }) => id}
      onOpen={({ id }) => goTo(activityAt(id, search))}
    />
  )
}
