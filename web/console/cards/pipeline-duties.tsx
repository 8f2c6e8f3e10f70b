import type { WordKey } from '../base/language.tsx'
import { useSay } from '../base/language.tsx'
import { Figure } from '../parts/figure.tsx'
import { useMay } from '../shell/session.tsx'
import { batchesAt, boxesAt, stageAt } from './addresses.ts'
import type { Pipeline } from './card-types.ts'

type Duty = { readonly name: WordKey; readonly n: number; readonly to: string; readonly days?: number }

/** What waits for one's own unit, as far as one may do it; each figure opens its list. */
export function PipelineDuties({ pipeline: { boxes, batches, uncollected } }: { pipeline: Pipeline }) {
  const say = useSay()
  const [mayShip, mayProduce, mayCheck] = [useMay('cards.ship'), useMay('cards.produce'), useMay('cards.check')]
  const duties: readonly Duty[] = [
    ...(mayShip
      ? ([
          { name: 'cards-to-receive', n: boxes.toReceive, to: boxesAt({ huong: 'in', tt: 'sent' }) },
          { name: 'cards-to-count', n: boxes.toCount, to: boxesAt({ huong: 'in', tt: 'received' }) },
          { name: 'cards-with-missing', n: boxes.withMissing, to: boxesAt({ loc: 'missing' }) },
          { name: 'cards-with-unexpected', n: boxes.withUnexpected, to: boxesAt({ loc: 'unexpected' }) },
        ] as const)
      : []),
    ...(mayProduce ? ([{ name: 'cards-batches-late', n: batches.late, to: batchesAt({ loc: 'late' }) }] as const) : []),
    ...(mayCheck
      ? ([{ name: 'cards-to-check', n: batches.toCheck, to: batchesAt({ loc: 'to-check' }) }] as const)
      : []),
    {
      name: 'cards-uncollected',
      n: uncollected.cards,
      to: stageAt({ buoc: 'uncollected', qua: String(uncollected.days) }),
      days: uncollected.days,
    },
  ]
  return (
    <section className="part">
      <h2>{say('cards-duties')}</h2>
      <ul className="duty-rows">
        {duties.map(({ name, n, to, days = 0 }) => (
          <li key={name}>
            <span>{say(name, { n: days })}</span>
            {n > 0 ? (
              <Figure value={n} to={to} label={say(name, { n: days })} />
            ) : (
              <span className="figures quiet">0</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
