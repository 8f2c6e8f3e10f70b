import { cardPipeline } from '../../../src/cards/tracking/contract.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { batchesAt, boxesAt, stageAt } from '../cards/addresses.ts'
import { useMay } from '../shell/session.tsx'
import type { DueItem } from './due-item.ts'

/**
 * What cards ask of this unit: batches that are late, boxes to take in and count, cards that are missing, astray,
 * checked by nobody, or fetched by nobody.
 */
export function useCardsDue() {
  const say = useSay()
  const [mayShip, mayProduce, mayCheck, mayHand] = [
    useMay('cards.ship'),
    useMay('cards.produce'),
    useMay('cards.check'),
    useMay('cards.hand-over'),
  ]
  const { data, error, isLoading } = useAsk(cardPipeline, {}, { when: useMay('cards.read') })
  if (!data) return { items: [], error, waiting: isLoading }
  const { boxes, batches, uncollected } = data
  const n = uncollected.days
  const asked = [
    {
      key: 'batches-late',
      when: 'overdue',
      may: mayProduce,
      count: batches.late,
      to: batchesAt({ loc: 'late' }),
      deed: 'due-batches-do',
    },
    {
      key: 'boxes-missing',
      when: 'today',
      may: mayShip,
      count: boxes.withMissing,
      to: boxesAt({ loc: 'missing' }),
      deed: 'due-boxes-do',
    },
    {
      key: 'boxes-unexpected',
      when: 'today',
      may: mayShip,
      count: boxes.withUnexpected,
      to: boxesAt({ loc: 'unexpected' }),
      deed: 'due-boxes-do',
    },
    {
      key: 'boxes-receive',
      when: 'today',
      may: mayShip,
      count: boxes.toReceive,
      to: boxesAt({ huong: 'in', tt: 'sent' }),
      deed: 'due-boxes-do',
    },
    {
      key: 'boxes-count',
      when: 'today',
      may: mayShip,
      count: boxes.toCount,
      to: boxesAt({ huong: 'in', tt: 'received' }),
      deed: 'due-boxes-do',
    },
    {
      key: 'cards-check',
      when: 'today',
      may: mayCheck,
      count: batches.toCheck,
      to: batchesAt({ loc: 'to-check' }),
      deed: 'due-batches-do',
    },
    {
      key: 'cards-waiting',
      when: 'undated',
      may: mayHand,
      count: uncollected.cards,
      to: stageAt({ buoc: 'uncollected', qua: String(n) }),
      deed: 'due-cards-do',
    },
  ] as const
  const items = asked
    .filter(({ may, count }) => may && count > 0)
    .map(
      ({ key, when, count, to, deed }): DueItem => ({
        key,
        when,
        until: '',
        count,
        what: say(`due-${key}`, { n }),
        about: say(`due-${key}-about`),
        to,
        deed: say(deed),
      }),
    )
  return { items, error, waiting: isLoading }
}
