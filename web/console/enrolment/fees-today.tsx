import { showFees } from '../../../src/enrolment/papers/contract.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { useToday } from '../shell/session.tsx'
import type { QueueSearch } from './search.ts'

/** What today’s applications cost, and whom the law freed, under the unit that is chosen. */
export function FeesToday({ search }: { search: QueueSearch }) {
  const say = useSay()
  const today = useToday()
  const { data } = useAsk(showFees, {
    query: { from: today, to: today, ...(search.donvi && { unit: search.donvi }) },
  })
  const day = data?.days[0]
  if (!day) return null
  const exempt = day.exempt.reduce((sum, { count }) => sum + count, 0)
  const { charged, amount, free, spared } = day
  return (
    <section className="stack">
      <h2>{say('fees-today')}</h2>
      <p>{say('fees-charged', { n: numberText(charged), amount: numberText(amount) })}</p>
      <p>{say('fees-free', { n: numberText(free) })}</p>
      {exempt > 0 && <p>{say('fees-exempt', { n: numberText(exempt), amount: numberText(spared) })}</p>}
      {day.exempt.map(({ kind, count }) => (
        <p key={kind} className="quiet">
          {say(`exempt-${kind}`)}: {numberText(count)}
        </p>
      ))}
    </section>
  )
}
