import { listBatches } from '../../../../src/cards/production/contract.ts'
import { listBoxes } from '../../../../src/cards/shipping/contract.ts'
import { cardsToHandOver, cardsToMake } from '../../../../src/cards/tracking/contract.ts'
import { batchesAt, boxesAt, stageAt } from '../../cards/addresses.ts'
import { type QueueAsking, type QueueRow, queue } from './queue.ts'

/** As many as one page of a list may bring. */
const page = 500

/**
 * Whose work it is. A commander may plan, make and send cards where nobody else can, and the gaps tell them of what is
 * late; the work itself is of those who check what the centre makes, and of who hands cards over at a unit.
 */
type Has = Pick<QueueAsking, 'may'>
const makesCards = ({ may: has }: Has) => has('cards.produce') && has('cards.check')
const sendsCards = ({ may: has }: Has) => has('cards.ship') && (has('cards.check') || has('cards.hand-over'))
const whose = {
  makes: makesCards,
  sends: sendsCards,
  checks: ({ may: has }: Has) => has('cards.check'),
  handsOver: ({ may: has }: Has) => has('cards.hand-over'),
} as const

type CardKey =
  | 'batches-late'
  | 'boxes-missing'
  | 'boxes-unexpected'
  | 'boxes-receive'
  | 'boxes-count'
  | 'cards-check'
  | 'cards-plan'
  | 'cards-box'
  | 'cards-waiting'
type CardRow = Pick<QueueRow, 'count' | 'to' | 'when' | 'overdue'> & {
  readonly who: keyof typeof whose
  readonly key: CardKey
  /** Left out where it opens the list of cards. */
  readonly deed?: string
  /** Days that the row names. */
  readonly n?: number
}

const rowsOf = (asking: QueueAsking, rows: readonly CardRow[]): QueueRow[] =>
  rows
    .filter(({ who }) => whose[who](asking))
    .map(({ who: _who, n, deed, ...row }) => ({
      ...row,
      what: asking.say(`due-${row.key}`, n === undefined ? {} : { n }),
      about: asking.say(`due-${row.key}-about`),
      deed: deed ?? asking.say('due-cards-do'),
    }))

/** What cards ask of a unit, of the centre that makes them, and of who hands them over. */
export const cardQueues = [
  queue({
    name: 'cards-to-make',
    lists: ['/cards?stage=to-plan', '/cards?stage=made', '/card-batches?which=late', '/card-batches?which=to-check'],
    when: asking => makesCards(asking) || asking.may('cards.check'),
    door: cardsToMake,
    read({ toPlan, made, batches }, asking) {
      const deed = asking.say('due-batches-do')
      return rowsOf(asking, [
        {
          who: 'makes',
          key: 'batches-late',
          count: batches.late,
          to: batchesAt({ loc: 'late' }),
          deed,
          when: 'overdue',
        },
        {
          ...{ who: 'checks', key: 'cards-check', count: batches.toCheck, to: batchesAt({ loc: 'to-check' }), deed },
          when: 'today',
        },
        {
          who: 'makes',
          key: 'cards-plan',
          count: toPlan.cards,
          overdue: toPlan.late,
          to: stageAt({ buoc: 'to-plan' }),
        },
        { who: 'makes', key: 'cards-box', count: made.cards, overdue: made.late, to: stageAt({ buoc: 'made' }) },
      ])
    },
  }),
  queue({
    name: 'cards-to-hand-over',
    lists: [
      '/cards?stage=uncollected',
      '/card-boxes?which=missing',
      '/card-boxes?which=unexpected',
      '/card-boxes?state=sent',
      '/card-boxes?state=received',
    ],
    when: asking => sendsCards(asking) || asking.may('cards.hand-over'),
    door: cardsToHandOver,
    read({ boxes, uncollected }, asking) {
      const box = { who: 'sends', when: 'today', deed: asking.say('due-boxes-do') } as const
      const n = uncollected.days
      return rowsOf(asking, [
        { ...box, key: 'boxes-missing', count: boxes.withMissing, to: boxesAt({ loc: 'missing' }) },
        { ...box, key: 'boxes-unexpected', count: boxes.withUnexpected, to: boxesAt({ loc: 'unexpected' }) },
        { ...box, key: 'boxes-receive', count: boxes.toReceive, to: boxesAt({ huong: 'in', tt: 'sent' }) },
        { ...box, key: 'boxes-count', count: boxes.toCount, to: boxesAt({ huong: 'in', tt: 'received' }) },
        {
          ...{ who: 'handsOver', key: 'cards-waiting', count: uncollected.cards, n },
          to: stageAt({ buoc: 'uncollected', qua: String(n) }),
        },
      ])
    },
  }),
  queue({
    name: 'batches-waiting',
    lists: ['/card-batches?which=waiting'],
    when: makesCards,
    door: listBatches,
    asked: () => ({ query: { which: 'waiting' as const, limit: page } }),
    read: ({ rows, next }, { say }) => [
      {
        key: 'batches-waiting',
        count: rows.length,
        isMore: next !== undefined,
        what: say('due-batches-waiting'),
        about: say('due-batches-waiting-about'),
        to: batchesAt({ loc: 'waiting' }),
        deed: say('due-batches-do'),
      },
    ],
  }),
  queue({
    name: 'boxes-to-send',
    lists: ['/card-boxes?state=sealed'],
    when: sendsCards,
    door: listBoxes,
    asked: () => ({ query: { direction: 'out' as const, state: 'sealed' as const, limit: page } }),
    read: ({ rows, next }, { say }) => [
      {
        key: 'boxes-send',
        count: rows.length,
        isMore: next !== undefined,
        when: 'today',
        what: say('due-boxes-send'),
        about: say('due-boxes-send-about'),
        to: boxesAt({ huong: 'out', tt: 'sealed' }),
        deed: say('due-boxes-do'),
      },
    ],
  }),
]
