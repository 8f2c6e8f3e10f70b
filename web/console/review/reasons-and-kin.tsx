import { ChevronDown, ChevronRight, Users } from 'lucide-react'
import { Cap } from '../../parts/button.tsx'
import { roundedText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { type Candidate, type Line, percent, type Review } from './queue.ts'
import { rollAt } from './roll.ts'

/**
 * The likely cause first; then why the machine did not decide, kin and classmates: each in one line, behind no click.
 */
export function Lines({ review, candidate }: { review: Review; candidate: Candidate | undefined }) {
  const { say, language } = useLanguage()
  const isMatched = review.row.outcome === 'matched' || review.row.outcome === 'duplicate'
  return (
    <>
      {review.hints.map(({ code, ...said }) => (
        <p className="note" key={code}>
          <Users size={16} aria-hidden />
          {said[language]}
        </p>
      ))}
      <dl className="around">
        <Around title={say(isMatched ? 'review-why-matched' : 'review-why-undecided')} lines={review.why} />
        <Around title={say('review-kin')} lines={candidate?.context ?? []} />
        <Around title={say('review-classmates')} lines={review.context} />
      </dl>
    </>
  )
}

function Around({ title, lines }: { title: string; lines: readonly Line[] }) {
  const { say, language } = useLanguage()
  if (!lines.length) return null
  return (
    <div>
      <dt>{title}</dt>
      {lines.map(({ code, rollId, place, ...said }) => (
        <dd key={`${code} ${rollId ?? ''} ${place ?? ''}`}>
          {said[language]}
          {rollId && place !== undefined && (
            <>
              {' '}
              <Go to={rollAt(rollId, { nhom: 'review', dong: String(place) })}>{say('review-open-row')}</Go>
            </>
          )}
        </dd>
      ))}
    </div>
  )
}

const bits = (weight: number) => (weight > 0 ? '+' : '') + roundedText(weight, 1)

/** Weights stay folded until somebody asks. */
type WeightsProps = {
  readonly candidate: Candidate
  readonly margin: number | undefined
  readonly open: boolean
  readonly onToggle: () => void
}

export function Weights({ candidate, margin, open, onToggle }: WeightsProps) {
  const say = useSay()
  const { language } = useLanguage()
  const Icon = open ? ChevronDown : ChevronRight
  const reasons = candidate.reasons.toSorted((a, b) => b.weight - a.weight)
  return (
    <div className="weights">
      <button type="button" aria-expanded={open} onClick={onToggle}>
        <Icon size={16} aria-hidden />
        {say('review-why', { p: percent(candidate.probability) })}
        <span className="quiet">
          {say('review-weights')} <Cap>W</Cap>
        </span>
      </button>
      {open && (
        <ul className="rows">
          {reasons.map(({ field, code, weight, ...said }) => (
            <li key={`${field}-${code}`}>
              {said[language]}
              <span className="figures">{bits(weight)}</span>
            </li>
          ))}
          {margin !== undefined && (
            <li>
              <span className="quiet">{say('review-margin')}</span>
              <span className="figures">{bits(margin)}</span>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
