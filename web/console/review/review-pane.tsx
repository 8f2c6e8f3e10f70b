import { useEffect, useRef } from 'react'
import { reviewProgress, reviewProgressOfUnit, reviewRow } from '../../../src/rolls/review/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goInstead } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { useClaim } from './claim.ts'
import type { Queue, Spot } from './queue.ts'
import { useUndoKey } from './review-keys.ts'
import { Question } from './review-question.tsx'
import { askedFor, type Deciding, useDeciding } from './use-decision.ts'

const heldAgainMilliseconds = 15_000

type PaneProps = { readonly queue: Queue; readonly spot: Spot | undefined }

/** One question about one row, decided by one key; the next rows are in sight, so the hand keeps its rhythm. */
export function ReviewPane({ queue, spot }: PaneProps) {
  // A queue that is opened while another one's answer is still to come has a pane of its own, and asks for itself.
  return <QueuePane key={`${queue.of} ${queue.rollId ?? ''}`} queue={queue} spot={spot} />
}

function QueuePane({ queue, spot }: PaneProps) {
  const say = useSay()
  const deciding = useDeciding(queue)
  const { data, error } = useAsk(reviewRow, askedFor(queue, spot ?? { rollId: queue.rollId ?? '', place: 1 }), {
    when: spot !== undefined,
    keep: true,
  })
  const review = spot && data
  const isElsewhere = review?.holding && !review.holding.mine
  useAsk(reviewRow, askedFor(queue, spot ?? { rollId: '', place: 1 }), {
    when: !!isElsewhere,
    every: heldAgainMilliseconds,
  })
  useClaim(review && isSame(review, spot) ? review : undefined)
  useUndoKey(() => void deciding.takeBack())

  // Without a row in the address, the next one is taken.
  const isTaking = useRef(false)
  useEffect(() => {
    if (spot) isTaking.current = false
    else if (!isTaking.current) {
      isTaking.current = true
      void deciding.take(undefined, goInstead)
    }
  })

  if (error) return <Failed error={error} />
  if (review) return <Question queue={queue} review={review} deciding={deciding} />
  if (!spot && deciding.isOver) return <Over queue={queue} deciding={deciding} />
  if (!spot && deciding.error)
    return <Failed error={deciding.error} retry={() => void deciding.take(undefined, goInstead)} />
  return <Loading what={say('reading-roll')} />
}

/** While the next row is on its way the last one is still in sight: it is not claimed by the next one's address. */
const isSame = (review: { roll: { id: string }; row: { place: number } }, { rollId, place }: Spot) =>
  review.roll.id === rollId && review.row.place === place

/** No row is free: all are decided, or the rest is in other hands. */
function Over({ queue, deciding }: { queue: Queue; deciding: Deciding }) {
  const say = useSay()
  const ofRoll = useAsk(reviewProgress, { params: { id: queue.rollId ?? '' } }, { when: queue.rollId !== undefined })
  const ofUnit = useAsk(reviewProgressOfUnit, {}, { when: queue.rollId === undefined })
  const progress = ofRoll.data ?? ofUnit.data
  const isAll = queue.of === 'review' && !progress?.held && !progress?.referred
  return (
    <>
      <State
        so={say(isAll ? 'review-done' : 'queue-done')}
        todo={
          <>
            {isAll && say('review-done-todo')}
            {!!progress?.held && say('queue-done-held', { n: numberText(progress.held) })}{' '}
            {!!progress?.referred && say('queue-done-handed', { n: numberText(progress.referred) })}
          </>
        }
        buttons={
          <>
            {!isAll && <Button onPress={() => void deciding.take(undefined, goInstead)}>{say('queue-again')}</Button>}
            <Button cap="Z" onPress={() => void deciding.takeBack()}>
              {say('review-undo')}
            </Button>
          </>
        }
      />
      {deciding.nothingBack && <p className="quiet">{say('review-nothing-back')}</p>}
      <RefusedNote error={deciding.error} />
    </>
  )
}
