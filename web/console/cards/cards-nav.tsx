import { chasedAfter } from '../../../src/cards/law.ts'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import type { WordKey } from '../base/language.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Go } from '../parts/place-link.tsx'
import { useSession } from '../shell/session.tsx'
import { batchesAt, blanksAt, boxesAt, cardsAt, giveAt, listsAt, oldCardsAt, stageAt } from './addresses.ts'

const parts = () =>
  [
    { name: 'cards-nav-way', to: cardsAt, right: 'cards.read' },
    { name: 'cards-nav-batches', to: batchesAt(), right: 'cards.produce' },
    { name: 'cards-nav-blanks', to: blanksAt, right: 'cards.blanks' },
    { name: 'cards-nav-boxes', to: boxesAt(), right: 'cards.ship' },
    { name: 'cards-nav-give', to: giveAt, right: 'cards.hand-over' },
    { name: 'cards-nav-lists', to: listsAt, right: 'cards.hand-over' },
    { name: 'cards-nav-old', to: oldCardsAt, right: 'cards.hand-over' },
    {
      name: 'cards-nav-uncollected',
      to: stageAt({ buoc: 'uncollected', qua: String(inForceToday(chasedAfter)) }),
      right: 'cards.read',
    },
    { name: 'exchange-place', to: at('/trao-doi'), right: 'exchange.read' },
  ] as const satisfies readonly { readonly name: WordKey; readonly to: string; readonly right: string }[]

/** The kinds of work with cards that one's rights open; the rest is absent. */
export function CardsNav({ here }: { here?: ReturnType<typeof parts>[number]['name'] }) {
  const say = useSay()
  const { rights } = useSession()
  return (
    <section>
      <nav className="sections" aria-label={say('cards-nav')}>
        {parts()
          .filter(({ right }) => rights.includes(right))
          .map(({ name, to }) => (
            <Go key={name} to={to} current={name === here}>
              {say(name)}
            </Go>
          ))}
      </nav>
    </section>
  )
}
