import { useState } from 'react'
import { findCard } from '../../../src/cards/contract.ts'
import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { stageGroups } from '../../../src/cards/tracking/stage.ts'
import { dayText, instantText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import type { FirstAsked } from '../base/prefetch.ts'
import { goTo } from '../base/router-handle.ts'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Figure, Sentence } from '../parts/figure.tsx'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Page } from '../shell/page.tsx'
import { useToday, useUnitName } from '../shell/session.tsx'
import { lifeAt, stageAt } from './addresses.ts'
import type { Pipeline } from './card-types.ts'
import { CardsNav } from './cards-nav.tsx'
import { LateTable } from './late-table.tsx'
import { PipelineDuties } from './pipeline-duties.tsx'
import { type Heard, ScanField } from './scan-field.tsx'
import { StageBars } from './stage-bars.tsx'
import { useRefusalWords } from './use-refusal-words.ts'

/** Where the cards are on their way, what is late and with whom, and what waits here. */
export function CardsPage() {
  const say = useSay()
  const unit = useUnitName()
  const today = useToday()
  const { data, error, refetch, dataUpdatedAt } = useAsk(cardPipeline, {})
  return (
    <Page
      title={say('cards-title')}
      standing={
        <>
          <p>{unit}</p>
          <p>
            {say('as-of', { day: dayText(today) })}
            {dataUpdatedAt > 0 && `, ${instantText(new Date(dataUpdatedAt).toISOString()).time}`}
          </p>
        </>
      }
      strip={[unit, say('as-of', { day: dayText(today) })]}
      margin={<CardsNav here="cards-nav-way" />}
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('cards-reading')} />}
      {data && <Whole pipeline={data} />}
    </Page>
  )
}
CardsPage.first = (() => [{ door: cardPipeline, asked: {} }]) satisfies FirstAsked

function Whole({ pipeline }: { pipeline: Pipeline }) {
  const say = useSay()
  const none = pipeline.stages.every(({ cards }) => cards === 0)
  return (
    <>
      {!none && <StateSentence pipeline={pipeline} />}
      <div className="split">
        <div>
          {none ? (
            <State so={say('cards-nothing')} todo={say('cards-nothing-todo')} />
          ) : (
            <>
              <StageBars pipeline={pipeline} />
              <LateTable pipeline={pipeline} />
            </>
          )}
        </div>
        <div className="companion">
          <FindCard />
          <PipelineDuties pipeline={pipeline} />
        </div>
      </div>
    </>
  )
}

/** What is where, in one sentence: each figure opens its list. */
function StateSentence({ pipeline: { stages } }: { pipeline: Pipeline }) {
  const say = useSay()
  const sum = (those: readonly string[]) =>
    stages.reduce((all, { stage, cards }) => (those.includes(stage) ? all + cards : all), 0)
  const late = stages.reduce((all, one) => all + one.late, 0)
  const figureOf = (group: keyof typeof stageGroups) => (
    <Figure value={sum(stageGroups[group])} to={stageAt({ buoc: group })} label={say(`stage-${group}`)} />
  )
  return (
    <Sentence>
      <Said
        of={late > 0 ? 'cards-sentence' : 'cards-sentence-on-time'}
        parts={{
          coming: figureOf('coming'),
          unmade: figureOf('unmade'),
          moving: figureOf('moving'),
          uncollected: figureOf('uncollected'),
          late: <Figure value={late} to={stageAt({ buoc: 'coming', tre: '1' })} label={say('cards-late')} />,
        }}
      />
    </Sentence>
  )
}

function FindCard() {
  const say = useSay()
  const find = useDo(findCard)
  const toldOf = useRefusalWords()
  const [heard, setHeard] = useState<Heard>()
  const look = (body: { serial?: string; number?: string }) =>
    find.mutate(
      { body },
      { onSuccess: ({ card }) => goTo(lifeAt(card.id)), onError: error => setHeard({ kind: 'bad', ...toldOf(error) }) },
    )
  return (
    <ScanField
      label={say('cards-find')}
      hint={say('cards-find-hint')}
      heard={heard}
      onScan={serial => look({ serial })}
      onCard={card => look({ number: (card.kind === 'card' ? card.number : card.repaired.number) ?? '' })}
    />
  )
}
