import { useSearch } from '@tanstack/react-router'
import { targetTree } from '../../../src/campaign/targets/contract.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { WithCampaign } from '../campaign/chosen-campaign.tsx'
import type { Metric } from '../campaign/search.ts'
import { type Campaign, type CampaignSearch, campaignAt, metricOf } from '../campaign/search.ts'
import { DayField } from '../parts/day-field.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { HandDown, OwnTarget } from './hand-down.tsx'
import { type Targets, TargetTable } from './target-table.tsx'

const here = '/chien-dich/chi-tieu'

/** What a unit is asked for, what of it is handed down, and what is not. */
export function TargetsPage() {
  const say = useSay()
  const search = useSearch({ from: '/chien-dich/chi-tieu' })
  return (
    <WithCampaign search={search} title={say('targets-title')}>
      {(campaign, all) => {
        const metric = metricOf(campaign, search)
        return (
          metric && (
            <Board
              key={`${campaign.id} ${metric} ${search.dv}`}
              search={search}
              campaign={campaign}
              all={all}
              metric={metric}
            />
          )
        )
      }}
    </WithCampaign>
  )
}

type BoardProps = {
  readonly search: CampaignSearch
  readonly campaign: Campaign
  readonly all: readonly Campaign[]
  readonly metric: Metric
}

function Board({ search, campaign, all, metric }: BoardProps) {
  const say = useSay()
  const unit = useUnitName()
  const query = { metric, ...(search.dv && { unit: search.dv }), ...(search.ngay && { day: search.ngay }) }
  const { data, error, refetch } = useAsk(targetTree, { params: { id: campaign.id }, query }, { keep: true })
  const go = (change: CampaignSearch) => goTo(campaignAt({ ...search, ...change }, here))
  return (
    <Page
      title={say('targets-title')}
      standing={
        <>
          <p>{campaign.title}</p>
          {data && <p>{say('as-of', { day: dayText(data.day) })}</p>}
          {data && <p>{data.whole.unit.name}</p>}
        </>
      }
      strip={[data?.whole.unit.name ?? unit, say(`metric-${metric}`)]}
      margin={
        <section className="stack">
          {all.length > 1 && (
            <Field
              label={say('campaign-choose')}
              value={campaign.id}
              onChange={cd => goTo(campaignAt({ cd }, here))}
              choices={all.map(({ id, title }) => [id, title] as const)}
            />
          )}
          <Field
            label={say('campaign-metric')}
            value={metric}
            onChange={cs => go({ cs })}
            choices={campaign.metrics.map(one => [one, say(`metric-${one}`)] as const)}
          />
          <DayField
            label={say('as-of-day')}
            value={search.ngay ?? data?.day ?? ''}
            onChange={ngay => go({ ngay: ngay || undefined })}
          />
        </section>
      }
      foot={
        <>
          {search.dv && <Go to={campaignAt({ ...search, dv: undefined }, here)}>{unit}</Go>}
          <Go to={campaignAt(search)}>{say('people-back')}</Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('targets-reading')} />}
      {data && <Tree data={data} search={search} campaign={campaign} metric={metric} />}
    </Page>
  )
}

function Tree({
  data: { whole, below },
  search,
  campaign,
  metric,
}: {
  data: Targets
  search: CampaignSearch
  campaign: Campaign
  metric: Metric
}) {
  const say = useSay()
  const mayIssue = useMay('campaign.targets') && campaign.state === 'open'
  const isTop = whole.unit.id === campaign.unit.id
  return (
    <div className="stack">
      {whole.value === null ? (
        <State so={say('targets-none')} todo={say(mayIssue && isTop ? 'targets-none-todo' : 'targets-none-wait')} />
      ) : (
        <LeftNote whole={whole} hasBelow={below.length > 0} />
      )}
      {whole.over > 0 && <AboveNote whole={whole} />}
      <TargetTable whole={whole} below={below} unitAt={id => campaignAt({ ...search, dv: id }, here)} />
      {mayIssue && isTop && <OwnTarget campaign={campaign} metric={metric} whole={whole} />}
      {mayIssue && whole.value !== null && below.length > 0 && (
        <HandDown campaign={campaign} metric={metric} whole={whole} below={below} />
      )}
    </div>
  )
}

/** Who receives a target reads that it is above their people. */
function AboveNote({ whole: { value, people, over } }: { whole: Targets['whole'] }) {
  const say = useSay()
  const figures = { value: numberText(value ?? 0), people: numberText(people ?? 0), n: numberText(over) }
  return <p className="sentence late-text">{say('targets-above-note', figures)}</p>
}

/** What is not handed down is said plainly. */
function LeftNote({
  whole: { value, notHandedDown, handedDown },
  hasBelow,
}: {
  whole: Targets['whole']
  hasBelow: boolean
}) {
  const say = useSay()
  if (!hasBelow) return null
  const over = handedDown - (value ?? 0)
  const said =
    over > 0
      ? say('targets-over-note', { n: numberText(over) })
      : notHandedDown > 0
        ? say('targets-left-note', { n: numberText(notHandedDown) })
        : say('targets-all-handed')
  return <p className="sentence">{said}</p>
}
