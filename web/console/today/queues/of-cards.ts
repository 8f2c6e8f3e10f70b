import { listBatches } from '../../../../src/cards/production/contract.ts'
import { listBoxes } from '../../../../src/cards/shipping/contract.ts'
import { cardPipeline } from '../../../../src/cards/tracking/contract.ts'
import { batchesAt, boxesAt, stageAt } from '../../cards/addresses.ts'
import { may, type QueueAsking, queue } from './queue.ts'

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

/** What cards ask of a unit, of the centre that makes them, and of who hands them over. */
export const cardQueues = [
  queue({
    name: 'cards-on-their-way',
    lists: [
      '/cards?stage=to-plan',
      '/cards?stage=made',
      '/cards?stage=uncollected',
      '/card-batches?which=late',
      '/card-batches?which=to-check',
      '/card-boxes?which=missing',
      '/card-boxes?which=unexpected',
      '/card-boxes?state=sent',
      '/card-boxes?state=received',
    ],
    when: may('cards.read'),
    door: cardPipeline,
    read({ boxes, batches, stages, uncollected }, asking) {
      const { say } = asking
      const stage = (name: 'to-plan' | 'made') => stages.find(one => one.stage === name)
      const n = uncollected.days
      const batchesDeed = say('due-batches-do')
      const boxesDeed = say('due-boxes-do')
      const rows = [
        ['makes', 'batches-late', batches.late, batchesAt({ loc: 'late' }), batchesDeed, 'overdue'],
        ['sends', 'boxes-missing', boxes.withMissing, boxesAt({ loc: 'missing' }), boxesDeed, 'today'],
        ['sends', 'boxes-unexpected', boxes.withUnexpected, boxesAt({ loc: 'unexpected' }), boxesDeed, 'today'],
        ['sends', 'boxes-receive', boxes.toReceive, boxesAt({ huong: 'in', tt: 'sent' }), boxesDeed, 'today'],
        ['sends', 'boxes-count', boxes.toCount, boxesAt({ huong: 'in', tt: 'received' }), boxesDeed, 'today'],
        ['checks', 'cards-check', batches.toCheck, batchesAt({ loc: 'to-check' }), batchesDeed, 'today'],
        ['makes', 'cards-plan', stage('to-plan')?.cards ?? 0, stageAt({ buoc: 'to-plan' }), undefined, undefined],
        ['makes', 'cards-box', stage('made')?.cards ?? 0, stageAt({ buoc: 'made' }), undefined, undefined],
        [
          'handsOver',
          'cards-waiting',
          uncollected.cards,
          stageAt({ buoc: 'uncollected', qua: String(n) }),
          undefined,
          undefined,
        ],
      ] as const
      return rows
        .filter(([who]) => whose[who](asking))
        .map(([, key, count, to, deed, when]) => ({
          key,
          count,
          when,
          ...((key === 'cards-plan' || key === 'cards-box') && {
            overdue: stage(key === 'cards-plan' ? 'to-plan' : 'made')?.late ?? 0,
          }),
          what: say(`due-${key}`, { n }),
          about: say(`due-${key}-about`),
          to,
          deed: deed ?? say('due-cards-do'),
        }))
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
