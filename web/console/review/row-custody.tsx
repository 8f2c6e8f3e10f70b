import { ArrowRight, Clock3 } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { type Review, spotOf } from './queue.ts'
import type { Deciding } from './use-decision.ts'

const atText = (at: string) => {
  const { dayInYear, time } = instantText(at)
  return `${time} ${dayInYear}`
}

type HandsProps = { readonly review: Review; readonly deciding: Deciding; readonly onReturn: () => void }

/** In whose hands the row is, where that is somebody else's, or came from somebody else; and what was decided on it. */
export function RowCustody({ review, deciding, onReturn }: HandsProps) {
  const say = useSay()
  const { holding, lying, answered, row } = review
  return (
    <>
      {holding && !holding.mine && (
        <div className="note waiting hands" role="status">
          <Clock3 size={16} aria-hidden />
          <p>
            {say('review-held', {
              name: holding.name || say('review-held-nobody'),
              since: instantText(holding.since).time,
              until: instantText(holding.until).time,
            })}
          </p>
          <Button look="row" cap="J" onPress={() => void deciding.take(spotOf(review))}>
            {say('review-held-next')}
          </Button>
        </div>
      )}
      {lying && (
        <div className="note hands">
          <ArrowRight size={16} aria-hidden />
          <p>
            {lying.here
              ? say('review-lies-here', { from: from(lying), at: atText(lying.at) })
              : say('review-lies', { to: lying.to ?? lying.toUnit, from: lying.from, at: atText(lying.at) })}{' '}
            {lying.note && <strong>{say('review-note-said', { note: lying.note })}</strong>}
          </p>
          {lying.here && (
            <Button look="row" cap="5" onPress={onReturn}>
              {say('review-return')}
            </Button>
          )}
          {lying.mayTakeBack && (
            <Button look="row" onPress={() => void deciding.handBack(review, '')}>
              {say('review-take-back')}
            </Button>
          )}
        </div>
      )}
      {answered && (
        <div className="note hands">
          <ArrowRight size={16} aria-hidden />
          <p>
            {say('review-answered', {
              by: [answered.by, answered.unit].filter(Boolean).join(', '),
              at: atText(answered.at),
            })}{' '}
            {answered.note && <strong>{say('review-note-said', { note: answered.note })}</strong>}
          </p>
        </div>
      )}
      {row.decision && (
        <div className="note hands decided">
          <p>{say(`review-decided-${row.decision}`)}</p>
          <Button look="row" onPress={() => void deciding.undoRow(review)}>
            {say('review-undo-row')}
          </Button>
        </div>
      )}
    </>
  )
}

const from = ({ from: name, fromUnit }: { from: string; fromUnit: string }) =>
  [name, fromUnit].filter(Boolean).join(', ')
