import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Asking } from '../../platform/law.ts'
import { dayOfRehearsal } from '../../platform/pages/rehearsal-mark.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { type Card, drawableStates } from '../card.ts'
import type { CardContent } from '../content.ts'
import { termFor } from '../law.ts'
import { holdCardByRef } from '../lifecycle.ts'
import type { PageCursor } from '../paging.ts'
import { addCard, type CardSheets, cardPdf, closeCardPdf, openCardPdf } from '../printed-face/pdf.ts'
import { sidePng } from '../printed-face/png.ts'
import type { PrintedFace } from '../printed-face/printed-card.ts'
import { drawPrintedFace } from '../printed-face/printed-face.ts'
import * as store from '../store.ts'
import { productionProblem } from './problems.ts'
import * as making from './store-attempt.ts'
import * as batches from './store-batch.ts'
import * as orders from './store-order.ts'

/**
 * The printed faces of cards, drawn from the approved content: one card to look at or to print, or a batch as one file.
 */

export type PrintedFaceFormat = 'pdf' | 'png-front' | 'png-back'

export type PrintedFaceRequest = {
  readonly as: PrintedFaceFormat
  /** Of a PNG. */
  readonly dpi?: 300 | 600 | undefined
  /** Of a PDF. */
  readonly sheets?: CardSheets | undefined
  /**
   * Who makes cards also sees one that waits to be checked; and, with `proof`, one that is not made, marked as such.
   */
  readonly who: 'reader' | 'maker'
  readonly proof?: boolean | undefined
  readonly isDemonstration: boolean
}

/** A serial is not known before there is a blank. */
const noSerial = '—'

const termFromIssue = ({ birthDate }: CardContent, day: Day, work: Asking) => termFor(birthDate, day, work)

/**
 * Throws what prevents printing a content: card-text-too-long, card-text-unprintable, card-field-needed,
 * card-number-malformed, card-image-unreadable. Keeps nothing of the drawing.
 */
export function refuseUnprintable(
  content: CardContent,
  portrait: Buffer | undefined,
  day: Day,
  { lawRows }: Asking,
): void {
  const expiresOn = termFromIssue(content, day, { lawRows })
  drawPrintedFace({ content, portrait, issuedOn: day, expiresOn, serial: noSerial, specimen: false, lawRows })
}

type PrintedValues = Pick<PrintedFace, 'serial' | 'issuedOn' | 'expiresOn' | 'proof'>

/** The values on the card that are not part of its content. */
async function printedValuesOf(
  work: Work,
  card: Card,
  content: CardContent,
  { who, proof }: PrintedFaceRequest,
): Promise<PrintedValues> {
  const { serial, issuedOn, expiresOn, state } = card
  if (drawableStates.includes(state) && serial && issuedOn) return { serial, issuedOn, expiresOn }
  if (state !== 'approved' || who !== 'maker') throw productionProblem('card-not-made', { state })
  const attempt = (await making.findAttempts(work, card)).at(-1)
  if (attempt?.serial && attempt.quality === null)
    return { serial: attempt.serial, issuedOn: attempt.madeOn, expiresOn: termFromIssue(content, attempt.madeOn, work) }
  if (!proof) throw productionProblem('card-not-made', { state })
  return { serial: noSerial, issuedOn: work.today, expiresOn: termFromIssue(content, work.today, work), proof }
}

const writerByFormat: Record<
  PrintedFaceFormat,
  (face: PrintedFace, work: Work, asked: PrintedFaceRequest) => Promise<Buffer>
> = {
  pdf: (face, { now }, { sheets = 'card' }) => cardPdf(face, { sheets, at: now }),
  'png-front': (face, _work, { dpi = 300 }) => sidePng(drawPrintedFace(face).front, { dpi }),
  'png-back': (face, _work, { dpi = 300 }) => sidePng(drawPrintedFace(face).back, { dpi }),
}

/** A card of a demonstration or a rehearsal is no document, and its faces say so. */
const isSpecimen = (isDemonstration: boolean) => isDemonstration || dayOfRehearsal() !== undefined

/**
 * One card as it is printed. The signature under who issues it is not the house's to draw, and stays free. Throws
 * card-unknown, card-not-made, and what `refuseUnprintable` throws.
 */
export async function writePrintedFace(work: Work, cardId: Id<'card'>, request: PrintedFaceRequest): Promise<Buffer> {
  const card = await holdCardByRef(work, { cardId })
  const [order] = await store.findOrders(work, [cardId])
  if (!order) throw productionProblem('card-not-made', { state: card.state })
  const { portrait } = await orders.findOrderImages(work, card.personId, cardId)
  const printed = await printedValuesOf(work, card, order.content, request)
  const bytes = await writerByFormat[request.as](
    {
      content: order.content,
      portrait,
      ...printed,
      specimen: isSpecimen(request.isDemonstration),
      lawRows: work.lawRows,
    },
    work,
    request,
  )
  await audit.noteReading(work, [card.personId], ['card-content', 'portrait'], { kind: 'card', id: card.id })
  await audit.record(
    work,
    'card.printed-on-paper',
    { kind: 'card', id: cardId, personId: card.personId, unitId: work.unitId ?? order.unitId },
    { as: request.as, ...(printed.proof && { proof: true }) },
  )
  return bytes
}

/** The portrait on a person's latest card that was made here, to compare. The caller notes the reading. */
export const portraitOf = (work: Work, personId: Id<'person'>): Promise<Buffer | undefined> =>
  orders.findLatestPortrait(work, personId)

/** The portrait with which a card is made, where it has one. The caller notes the reading. */
export const portraitOfCard = async (work: Work, { personId, id }: Pick<Card, 'personId' | 'id'>) =>
  (await orders.findOrderImages(work, personId, id)).portrait

/** What that card says of its holder. The caller notes the reading. */
export const printedContentOf = orders.findLatestContent

export type DrawnBatch = { readonly code: string; readonly cards: number }

/** So many portraits are in memory at once. */
const portraitsAtOnce = 5

function printedFaceOf(
  { content, portrait, serial, issuedOn, expiresOn, waits }: batches.MadeCard,
  { today: day, lawRows }: Work,
  specimen: boolean,
): PrintedFace {
  const on = issuedOn ?? day
  const term = waits ? termFromIssue(content, on, { lawRows }) : (expiresOn ?? undefined)
  return {
    content,
    portrait: portrait ?? undefined,
    serial: serial ?? '',
    issuedOn: on,
    expiresOn: term,
    specimen,
    lawRows,
  }
}

/**
 * Writes the faces of a batch's made cards into one PDF, by deadline; those that wait to be checked are among them, for
 * this is how they come onto their blanks. All of them or none. Throws batch-unknown, batch-nothing-made,
 * batch-printed-face-refused; `out` is destroyed then.
 */
export async function writeBatchPdf(
  work: Work,
  batchId: string,
  out: Writable,
  { sheets, isDemonstration }: { readonly sheets: CardSheets; readonly isDemonstration: boolean },
): Promise<DrawnBatch> {
  const batch = await batches.findBatch(work, batchId)
  if (!batch) throw productionProblem('batch-unknown')
  const pdf = openCardPdf({ sheets, title: batch.code, at: work.now })
  const ended = finished(pdf.doc.pipe(out))
  // Who cannot take the file any more is not waited for.
  ended.catch(() => pdf.doc.destroy())
  try {
    const personIds = await addLines(work, batchId, face => addCard(pdf, face), isSpecimen(isDemonstration))
    if (personIds.length === 0) throw productionProblem('batch-nothing-made')
    closeCardPdf(pdf)
    await ended
    await audit.noteReading(work, personIds, ['card-content', 'portrait'])
    const subject = { kind: 'batch', id: batch.id, unitId: batch.unitId }
    await audit.record(work, 'batch.faces-drawn', subject, { cards: personIds.length, sheets })
    return { code: batch.code, cards: personIds.length }
  } catch (error) {
    pdf.doc.destroy()
    out.destroy()
    throw error
  }
}

/** Adds the cards a page at a time; gives whose they are. */
async function addLines(
  work: Work,
  batchId: string,
  add: (face: PrintedFace) => Promise<void>,
  specimen: boolean,
): Promise<Id<'person'>[]> {
  const personIds: Id<'person'>[] = []
  let after: PageCursor | undefined
  do {
    const lines = await batches.findMadeCards(work, batchId, { after, limit: portraitsAtOnce })
    for (const line of lines) {
      try {
        await add(printedFaceOf(line, work, specimen))
      } catch (error) {
        if (error instanceof Problem)
          throw productionProblem('batch-printed-face-refused', { card: line.cardId, why: error.code, ...error.facts })
        throw error
      }
      personIds.push(line.personId)
    }
    const last = lines.length === portraitsAtOnce ? lines.at(-1) : undefined
    after = last && { key: last.dueOn, cardId: last.cardId }
  } while (after)
  return personIds
}
