import { useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { batchPrintedFaces, showBatch } from '../../../src/cards/production/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { dayText, instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { type BatchSearch, batchAt, batchesAt, batchParts, lifeAt } from '../cards/addresses.ts'
import type { Batch, BatchLine } from '../cards/card-types.ts'
import { usePages } from '../cards/use-pages.ts'
import { Failed, Loading, Progress } from '../parts/page-state.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useSession, useUnitName } from '../shell/session.tsx'
import { BatchLines, isIn } from './batch-lines.tsx'
import { BatchOrder } from './batch-order.tsx'
import { BatchChip } from './batches-page.tsx'
import { CheckPanel } from './check-panel.tsx'
import { MakePanel } from './make-panel.tsx'

/** One batch: its cards by state; here they are made and checked one by one, or ordered from a centre. */
export function BatchPage() {
  const say = useSay()
  const unit = useUnitName()
  const { id } = useParams({ from: '/the/dot/$id' })
  const search = useSearch({ from: '/the/dot/$id' })
  const { first, rows, complete, error, refetch } = usePages(
    showBatch,
    { id },
    {
      read: (after, signal) =>
        call(showBatch, { params: { id }, query: { limit: 500, ...(after && { after }) }, signal }),
      rowsOf: page => page.cards,
      whole: true,
    },
  )
  const batch = first?.batch
  return (
    <Page
      title={say('batch-title', { code: batch?.code ?? '' })}
      standing={batch && <Standing batch={batch} />}
      strip={[batch?.code ?? unit, unit]}
      margin={batch && complete && <Parts id={id} search={search} lines={rows} />}
      foot={
        <>
          {complete && <Faces id={id} lines={rows} />}
          <Go className="exit" to={batchesAt()}>
            {say('cards-nav-batches')}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!first && !error && <Loading what={say('batch-reading')} />}
      {batch && !complete && !error && (
        <Progress what={say('batch-reading-all')} done={rows.length} whole={batch.cards} />
      )}
      {batch && complete && <Whole batch={batch} lines={rows} search={search} />}
    </Page>
  )
}

const sheets = ['card', 'a4'] as const

/** What comes onto the blanks: the faces of every card that has a serial, page by page or on sheets to cut. */
function Faces({ id, lines }: { id: string; lines: readonly BatchLine[] }) {
  const say = useSay()
  const mayProduce = useMay('cards.produce')
  if (!mayProduce || !lines.some(line => isIn(line, 'to-check') || isIn(line, 'done'))) return null
  return sheets.map(one => (
    <PaperExit
      key={one}
      take={() => call(batchPrintedFaces, { params: { id }, query: { sheets: one } })}
      onRefused={({ facts: { card } }) =>
        typeof card === 'string' && (
          <Go className="exit" to={lifeAt(card)}>
            {say('batch-faces-open')}
          </Go>
        )
      }
    >
      {say(`batch-faces-${one}`)}
    </PaperExit>
  ))
}

function Standing({ batch }: { batch: Batch }) {
  const say = useSay()
  return (
    <>
      <p>
        <BatchChip batch={batch} />
      </p>
      <p>{say(`batch-maker-${batch.maker}`)}</p>
      <p>
        {say('batch-planned')} {instantText(batch.plannedAt).day}
      </p>
      {batch.dueOn && (
        <p>
          {say('batch-due')} <b>{dayText(batch.dueOn)}</b>
        </p>
      )}
    </>
  )
}

function Parts({ id, search, lines }: { id: string; search: BatchSearch; lines: readonly BatchLine[] }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('batch-code')}>
        {[undefined, ...batchParts].map(part => (
          <Go key={part ?? ''} to={batchAt(id, { ...search, loc: part })} current={part === search.loc}>
            <span className="follow-up-who">
              <span>{say(`batch-${part ?? 'all'}`)}</span>
              <span className="figures">{numberText(lines.filter(line => isIn(line, part)).length)}</span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}

const works = ['make', 'check'] as const

function Whole({ batch, lines, search }: { batch: Batch; lines: readonly BatchLine[]; search: BatchSearch }) {
  const say = useSay()
  const me = useSession().id
  const [mayProduce, mayCheck] = [useMay('cards.produce'), useMay('cards.check')]
  const may = { make: mayProduce, check: mayCheck }
  const toMake = lines.filter(line => isIn(line, 'to-make'))
  const toCheck = lines.filter(line => isIn(line, 'to-check'))
  // Chosen when the page opens: the last card made does not turn the page over.
  const [usual] = useState(() => (mayCheck && toCheck.some(({ madeBy }) => madeBy !== me) ? 'check' : 'make'))
  const atHand = works.filter(work => may[work])
  const work = atHand.find(one => one === (search.viec ?? usual)) ?? atHand[0]
  return (
    <div className="split">
      <BatchLines batch={batch} lines={lines.filter(line => isIn(line, search.loc))} />
      <div className="companion">
        {batch.maker === 'centre' && mayProduce && <BatchOrder batch={batch} />}
        {batch.maker === 'house' && atHand.length > 1 && (
          <fieldset className="buttons work-choice plain" aria-label={say('work-choose')}>
            {atHand.map(one => (
              <Button
                key={one}
                href={batchAt(batch.id, { ...search, viec: one })}
                {...(one === work && { look: 'chosen' })}
              >
                {`${say(`work-${one}`)} (${numberText((one === 'make' ? toMake : toCheck).length)})`}
              </Button>
            ))}
          </fieldset>
        )}
        {batch.maker === 'house' && work === 'make' && <MakePanel lines={toMake} />}
        {batch.maker === 'house' && work === 'check' && <CheckPanel lines={toCheck} />}
      </div>
    </div>
  )
}
