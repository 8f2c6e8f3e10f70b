import { Clock3 } from 'lucide-react'
import { ownReviewDeeds } from '../../../src/rolls/review/contract.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Go } from '../parts/place-link.tsx'
import { addressOf, percent, type Queue, type Review } from './queue.ts'

/** The rows that come next, so that the hand keeps its rhythm; those that others look at are passed over. */
export function Next({ queue, review }: { queue: Queue; review: Review }) {
  const { say, language } = useLanguage()
  if (!review.next.length) return null
  return (
    <>
      <h2 className="next-head">{say('review-next')}</h2>
      <ul className="next">
        {review.next.map(({ rollId, place, row, name, probability, holding, decision, ...rest }) => (
          <li
            key={`${rollId} ${place}`}
            {...(place === review.row.place && rollId === review.roll.id && { 'aria-current': 'true' as const })}
            {...(holding && { className: 'held' })}
          >
            <span className="quiet">{row}</span>
            <Go to={addressOf(queue, { rollId, place })}>{name}</Go>
            <span className="own-figures">{rest.class ?? ''}</span>
            {holding ? (
              <span className="state-of">
                <Clock3 size={14} aria-hidden />
                {say('review-held-short', { name: holding.name || say('review-held-nobody') })}
              </span>
            ) : (
              <span className="quiet">{decision === 'later' ? say('review-put-off') : rest[language]}</span>
            )}
            <span>{percent(probability)}%</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What was done last and Z would take back; and how many steps there are. */
export function LastDeed() {
  const say = useSay()
  const { data } = useAsk(ownReviewDeeds, {})
  const last = data?.deeds[0]
  if (!last) return null
  const what = say(
    last.deed === 'referred' ? 'review-referred' : `review-decided-${last.decision ?? 'same'}`,
  ).toLowerCase()
  const said = last.name
    ? say('review-last-row', { row: last.row ?? '', name: last.name, what })
    : say('review-last-hidden', { what })
  return (
    <p className="small last-deed">
      {say('review-last', { what: said })} · {say('review-more-back', { n: data.deeds.length })}
    </p>
  )
}
