import { useSearch } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { listBatches } from '../../../src/cards/production/contract.ts'
import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type BatchesSearch, batchAt, batchesAt, planAt, stageAt } from '../cards/addresses.ts'
import type { Batch } from '../cards/card-types.ts'
import { CardsNav } from '../cards/cards-nav.tsx'
import { usePages } from '../cards/use-pages.ts'
import { TwoLines } from '../groups/two-line-cell.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useToday, useUnitName } from '../shell/session.tsx'
import { ProductionResults } from './production-results.tsx'

/** Which batches wait and which are late; here a new one is planned, and what centres answer is taken in. */
export function BatchesPage() {
  const say = useSay()
  const unit = useUnitName()
  const mayProduce = useMay('cards.produce')
  const { loc } = useSearch({ from: '/the/dot' })
  const query = loc ? { which: loc } : {}
  const { rows, first, error, refetch, onSight } = usePages(listBatches, query, {
    read: (after, signal) => call(listBatches, { query: { ...query, ...(after && { after }) }, signal }),
    rowsOf: page => page.rows,
  })
  const plan = (
    <Button look={['primary', 'wide']} icon={Plus} href={planAt}>
      {say('batch-plan')}
    </Button>
  )
  return (
    <Page
      title={say('batches-title')}
      standing={<p>{unit}</p>}
      strip={[unit, say('cards-nav-batches')]}
      margin={
        <>
          <CardsNav here="cards-nav-batches" />
          <Parts loc={loc} />
        </>
      }
      foot={mayProduce && rows.length > 0 && plan}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('batches-reading')} />}
      {first && rows.length === 0 && <NoBatch loc={loc} plan={mayProduce && plan} />}
      {rows.length > 0 && <Batches rows={rows} onSight={onSight} />}
      {mayProduce && first && (
        <section className="part returns">
          <ProductionResults />
        </section>
      )}
    </Page>
  )
}

function Parts({ loc }: BatchesSearch) {
  const say = useSay()
  const mayCheck = useMay('cards.check')
  const parts = [undefined, 'waiting', 'late', ...(mayCheck ? (['to-check'] as const) : [])] as const
  return (
    <section>
      <nav className="sections" aria-label={say('cards-nav-batches')}>
        {parts.map(part => (
          <Go key={part ?? ''} to={batchesAt({ loc: part })} current={part === loc}>
            {say(`batches-${part ?? 'all'}`)}
          </Go>
        ))}
      </nav>
    </section>
  )
}

/** None at all says how many cards wait to be planned; none of a kind says only that. */
function NoBatch({ loc, plan }: BatchesSearch & { plan: React.ReactNode }) {
  const say = useSay()
  const { data } = useAsk(cardPipeline, {}, { when: loc === undefined })
  if (loc)
    return <State so={say('batches-none-such')} buttons={<Button href={batchesAt()}>{say('batches-all')}</Button>} />
  const waiting = data?.stages.find(({ stage }) => stage === 'to-plan')?.cards ?? 0
  return (
    <State
      so={say('batches-none')}
      todo={
        <Said
          of="batches-none-todo"
          parts={{ n: <Figure value={waiting} to={stageAt({ buoc: 'to-plan' })} label={say('stage-to-plan')} /> }}
        />
      }
      buttons={plan}
    />
  )
}

/** So many batches stand at once, so that what centres answer is in sight. */
const mostShown = 10

const isLate = ({ dueOn, waiting }: Batch, today: string) => waiting > 0 && dueOn !== undefined && dueOn < today

export function BatchChip({ batch }: { batch: Batch }) {
  const say = useSay()
  const today = useToday()
  if (isLate(batch, today)) return <Chip kind="late">{say('batch-is-late')}</Chip>
  const kinds = { open: 'waiting', ordered: 'moving', closed: 'done' } as const
  return <Chip kind={kinds[batch.state]}>{say(`batch-state-${batch.state}`)}</Chip>
}

function Batches({ rows, onSight }: { rows: readonly Batch[]; onSight: (first: number, last: number) => void }) {
  const say = useSay()
  const narrow = useNarrow()
  const columns: readonly Column<Batch>[] = [
    {
      id: 'code',
      head: say('batch-code'),
      width: 'minmax(130px, 1.2fr)',
      onPhone: true,
      show: ({ id, code, waiting, dueOn }) => (
        <Go to={batchAt(id)} quietly>
          <TwoLines
            second={
              narrow &&
              waiting > 0 &&
              [numberText(waiting), say('batch-left').toLowerCase(), dueOn && dayText(dueOn)].filter(Boolean).join(' ')
            }
          >
            <b>{code}</b>
          </TwoLines>
        </Go>
      ),
    },
    {
      id: 'maker',
      head: say('batch-maker'),
      width: 'minmax(110px, 1fr)',
      show: ({ maker }) => say(`batch-maker-${maker}`),
    },
    {
      id: 'planned',
      head: say('batch-planned'),
      width: '96px',
      end: true,
      show: ({ plannedAt }) => <span className="quiet">{instantText(plannedAt).day}</span>,
    },
    { id: 'cards', head: say('batch-cards'), width: '72px', end: true, show: ({ cards }) => numberText(cards) },
    { id: 'waiting', head: say('batch-left'), width: '72px', end: true, show: ({ waiting }) => numberText(waiting) },
    { id: 'made', head: say('batch-made'), width: '72px', end: true, show: ({ made }) => numberText(made) },
    {
      id: 'rejected',
      head: say('batch-rejected'),
      width: '56px',
      end: true,
      show: ({ rejected }) => numberText(rejected),
    },
    {
      id: 'due',
      head: say('batch-due'),
      width: '98px',
      isDay: true,
      end: true,
      show: ({ dueOn }) => dueOn && dayText(dueOn),
    },
    {
      id: 'state',
      head: say('roll-state'),
      width: '150px',
      end: true,
      onPhone: true,
      show: batch => <BatchChip batch={batch} />,
    },
  ]
  return (
    <div className="bounded-table" style={{ height: Math.min(rows.length, mostShown) * (narrow ? 56 : 36) + 48 }}>
      <Table
        label={say('cards-nav-batches')}
        rows={rows}
        columns={columns}
        idOf={({ id }) => id}
        onOpen={({ id }) => goTo(batchAt(id))}
        onSight={onSight}
      />
    </div>
  )
}
