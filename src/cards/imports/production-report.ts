import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import * as exchange from '../../exchange/exchange.ts'
import type { Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { chipIdShape, serialShape } from '../card.ts'
import { largestBatch, termFor } from '../law.ts'
import { getBatch, waitingCardsOf } from '../production/batches.ts'
import * as store from '../store.ts'
import { boxShape, takeResultsOfBatch } from './production-results.ts'
import { isRejectReason, rejectReasons } from './reject-reasons.ts'
import type { ProductionResult } from './store-production-results.ts'

/** The national centre's reports on a batch that was handed up (docs/interfaces.md, card.production-report). */

const closed = { additionalProperties: false }
const CardId = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' })

const MadeShape = Type.Object(
  {
    card: CardId,
    state: Type.Literal('made'),
    serial: Type.String({ maxLength: 100 }),
    chipId: Type.String({ maxLength: 100 }),
    issuedOn: Type.String({ format: 'date' }),
    expiresOn: Type.Optional(Type.String({ format: 'date' })),
    box: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
)
const RejectedShape = Type.Object(
  {
    card: CardId,
    state: Type.Literal('rejected'),
    code: Type.String({ pattern: '^[a-z-]{1,40}$' }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
)
const ReportShape = Type.Object(
  { cards: Type.Array(Type.Union([MadeShape, RejectedShape]), { minItems: 1, maxItems: largestBatch }) },
  closed,
)

const faultText = (code: keyof typeof rejectReasons, note = '') =>
  `${rejectReasons[code]} (${code})${note.trim() && `: ${note.trim()}`}`

/** The end of the term of each ordered card that a report tells was made, by what was ordered. */
async function orderedTerms(work: Work, cardIds: readonly string[], issuedOn: Day) {
  const found = await store.findOrders(work, cardIds.map(asId<'card'>))
  return new Map<string, Day | undefined>(
    found.map(({ cardId, content }) => [cardId, termFor(content.birthDate, issuedOn, work)]),
  )
}

/** A result as it is taken in, or the code of why it is not. */
function readLine(
  line: Static<typeof MadeShape> | Static<typeof RejectedShape>,
  issuedOn: Day,
  terms: ReadonlyMap<string, Day | undefined>,
): ProductionResult | string {
  const { card: cardId } = line
  if (line.state === 'rejected')
    return isRejectReason(line.code)
      ? { cardId, state: 'rejected', fault: faultText(line.code, line.note) }
      : 'fault-unknown'
  const { serial, box } = line
  const chipId = line.chipId.toUpperCase()
  if (!serialShape.test(serial)) return 'serial-malformed'
  if (!chipIdShape.test(chipId)) return 'chip-malformed'
  if (box !== undefined && !boxShape.test(box)) return 'box-malformed'
  if (line.issuedOn !== issuedOn) return 'day-of-issue-differs'
  const expiresOn = terms.get(cardId)
  if (terms.has(cardId) && line.expiresOn !== expiresOn) return 'term-differs'
  return { cardId, state: 'made', serial, chipId, issuedOn, expiresOn, box }
}

async function takeReport(
  work: Work,
  { subjectId: batchId, body }: exchange.CentreQuestion,
  report: Readonly<Record<string, unknown>>,
): ReturnType<NonNullable<exchange.QuestionKinds['card.order']['takeReport']>> {
  if (!Value.Check(ReportShape, report)) throw new exchange.AnswerFault('answer-malformed')
  const issuedOn = body['issuedOn'] as Day
  const terms = await orderedTerms(
    work,
    report.cards.map(({ card }) => card),
    issuedOn,
  )
  const faults: exchange.ReportFault[] = []
  const results: ProductionResult[] = []
  for (const line of report.cards) {
    const result = readLine(line, issuedOn, terms)
    if (typeof result === 'string') faults.push({ id: line.card, reason: result })
    else results.push(result)
  }
  const refused = await takeResultsOfBatch(work, batchId, results)
  faults.push(...refused.map(({ cardId, reason }) => ({ id: cardId, reason })))
  const { waiting, made, rejected } = await getBatch(work, batchId)
  return { faults, ...(waiting === 0 && { complete: { made, rejected } }) }
}

/** What follows the centre's reports on a batch, and where it turns the batch back as a whole. */
export const orderAnswers: exchange.QuestionKinds['card.order'] = {
  grant: async () => {
    throw new exchange.AnswerFault('answer-malformed')
  },
  turnBack: async (work, { subjectId: batchId }, { code, note }) => {
    const fault = [code, note.trim()].filter(Boolean).join(': ')
    const waiting = await waitingCardsOf(work, batchId)
    await takeResultsOfBatch(
      work,
      batchId,
      waiting.map(cardId => ({ cardId, state: 'rejected', fault })),
    )
  },
  takeReport,
}
