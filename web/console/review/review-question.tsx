import { useEffect, useRef, useState } from 'react'
import { Button, Cap } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { goTo } from '../base/router-handle.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Candidates, Side } from './candidates.tsx'
import { LastDeed, Next } from './next-rows.tsx'
import { addressOf, type Queue, type Review, spotOf } from './queue.ts'
import { Lines, Weights } from './reasons-and-kin.tsx'
import { ReferDialog, ReturnDialog } from './refer.tsx'
import { useCandidateKeys, useQuestionKeys } from './review-keys.ts'
import { RowCustody } from './row-custody.tsx'
import type { Deciding, Decision } from './use-decision.ts'

type Asking = { readonly queue: Queue; readonly review: Review; readonly deciding: Deciding }

/**
 * The question: a row beside whom it may be; its keys are in review-keys.ts. It stays on the page from row to row, so
 * that the focus is where it was.
 */
export function Question({ queue, review, deciding }: Asking) {
  const say = useSay()
  const [weights, setWeights] = useState(false)
  const [dialog, setDialog] = useState<'refer' | 'return'>()
  const [chosen, setChosen] = useChosen(review)
  const top = useInSight(review)
  const candidate = review.candidates[chosen]
  const isFree = !(review.holding && !review.holding.mine) && !(review.lying && !review.lying.here)
  const decide = (decision: Decision) => isFree && deciding.decide(review, decision, candidate)
  const { previous } = review
  const askRefer = () => isFree && review.row.outcome === 'review' && setDialog('refer')
  useQuestionKeys(review, {
    decide,
    refer: askRefer,
    giveBack: () => setDialog('return'),
    weigh: () => setWeights(!weights),
    next: () => void deciding.take(spotOf(review)),
    previous: () => previous !== undefined && goTo(addressOf(queue, { rollId: review.roll.id, place: previous })),
  })
  const askedAs = review.row.class
    ? say('review-asks', { row: review.row.row, class: review.row.class })
    : say('review-asks-plain', { row: review.row.row })
  return (
    <section className="reviewed" aria-label={say('outcome-review')} ref={top}>
      <Announced review={review} question={askedAs} />
      {!queue.rollId && (
        <p className="small">
          {say('queue-of-roll', { school: review.roll.school.name, year: review.roll.schoolYear })}
        </p>
      )}
      <div className="question">
        <h2>{askedAs}</h2>
        <span className="quiet figures">
          {review.position > 0 && say('review-position', { n: review.position, all: review.total })} <Cap>J</Cap>{' '}
          <Cap>K</Cap>
        </span>
      </div>
      <RowCustody review={review} deciding={deciding} onReturn={() => setDialog('return')} />
      <Candidates candidates={review.candidates} chosen={chosen} onChoose={setChosen} />
      {candidate ? (
        <Side row={review.row.row} candidate={candidate} />
      ) : (
        <p className="quiet">{say('review-no-candidate')}</p>
      )}
      <Lines review={review} candidate={candidate} />
      {candidate && (
        <Weights
          candidate={candidate}
          margin={chosen === 0 && review.candidates.length > 1 ? review.margin : undefined}
          open={weights}
          onToggle={() => setWeights(!weights)}
        />
      )}
      {isFree && (
        <Verdicts
          review={review}
          candidate={candidate}
          decide={decide}
          onRefer={askRefer}
          onUndo={() => void deciding.takeBack()}
        />
      )}
      <RefusedNote error={deciding.error} />
      {deciding.nothingBack && <p className="quiet">{say('review-nothing-back')}</p>}
      <LastDeed />
      <Next queue={queue} review={review} />
      <ReferDialog open={dialog === 'refer'} review={review} deciding={deciding} onClose={() => setDialog(undefined)} />
      <ReturnDialog
        open={dialog === 'return'}
        review={review}
        deciding={deciding}
        onClose={() => setDialog(undefined)}
      />
    </section>
  )
}

/** Which candidate stands beside the row: the likeliest, until another is chosen; each row anew. */
function useChosen(review: Review): [number, (at: number) => void] {
  const row = `${review.roll.id} ${review.row.place}`
  const [chosen, setChosen] = useState({ row, at: 0 })
  const at = chosen.row === row ? chosen.at : 0
  const count = review.candidates.length
  const choose = (next: number) => {
    if (next >= 0 && next < count) setChosen({ row, at: next })
  }
  useCandidateKeys({ count, at, choose })
  return [at, choose]
}

/** On a phone the work begins with the question: each row comes to the top of the page. */
function useInSight({ roll, row: { place } }: Review) {
  const narrow = useNarrow()
  const top = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each row anew
  useEffect(() => {
    if (narrow) top.current?.scrollIntoView({ block: 'start' })
  }, [narrow, roll.id, place])
  return top
}

/** Tells who does not see the page that another row stands there, and what is the matter with it. */
function Announced({ review, question }: { review: Review; question: string }) {
  const say = useSay()
  const row = `${review.roll.id} ${review.row.place}`
  const first = useRef(row)
  const [told, setTold] = useState('')
  const why = review.next[0]
  const text = say('review-says', {
    question,
    name: review.row.name,
    n: review.candidates.length,
    next: why ? say('review-note-said', { note: why.vi }) : '',
  })
  useEffect(() => {
    if (first.current !== row) setTold(text)
    first.current = row
  }, [row, text])
  return (
    <p className="unseen" aria-live="polite">
      {told}
    </p>
  )
}

type VerdictsProps = {
  readonly review: Review
  readonly candidate: Review['candidates'][number] | undefined
  readonly decide: (decision: Decision) => void
  readonly onRefer: () => void
  readonly onUndo: () => void
}

function Verdicts({ review, candidate, decide, onRefer, onUndo }: VerdictsProps) {
  const say = useSay()
  return (
    <div className="verdicts">
      <Button
        look={['primary', 'large']}
        cap="1"
        onPress={() => decide('same')}
        {...(!candidate && { disabled: true })}
      >
        {say('review-same')}
      </Button>
      <Button look="large" cap="2" onPress={() => decide('different')}>
        {say('review-different')}
      </Button>
      <Button look="large" cap="3" onPress={() => decide('later')}>
        {say('review-later')}
      </Button>
      {review.row.outcome === 'review' && (
        <Button look="large" cap="4" onPress={onRefer}>
          {say('review-refer')}
        </Button>
      )}
      <Button look="text" cap="Z" onPress={onUndo}>
        {say('review-undo')}
      </Button>
      {candidate && (
        <p className="small consequence">
          {say(candidate.defects.length ? 'review-means' : 'review-means-none', { n: candidate.defects.length })}
        </p>
      )}
    </div>
  )
}
