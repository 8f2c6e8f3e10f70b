import { type Day, formatPartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import { type CardData, cardDataOn } from '../card-data.ts'
import { sha256OfPicture } from './order.ts'
import { productionProblem } from './problems.ts'
import type { OrderLine } from './store-batch.ts'
import * as orders from './store-order.ts'

/** What a centre is told of one card that it is to make: in the order file, and over the exchange (interfaces.md). */

/** A picture that goes with an order. `finger` as the capture names it. */
export type OrderedFile = {
  readonly name: string
  readonly type: string
  readonly sha256: string
  readonly bytes: Buffer
  readonly finger?: string
}

const beginnings = [
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
] as const

/** The media type of a picture by its first eight bytes, hexadecimal. */
export const typeOfBeginning = (begins: string): string =>
  beginnings.find(([, sign]) => begins.startsWith(sign))?.[0] ?? 'application/octet-stream'

const typeOf = (bytes: Buffer): string => typeOfBeginning(bytes.subarray(0, 8).toString('hex'))

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/bmp': 'bmp',
  'image/jp2': 'jp2',
  'image/wsq': 'wsq',
  'image/x-wsq': 'wsq',
}
export const extensionOf = (type: string): string => extensions[type] ?? 'bin'

export const fingerName = (finger: string) => `finger-${finger.toLowerCase().replace(/[^a-z0-9]/g, '-')}`

/** Portrait, signature and fingers of an order, as far as they are held. */
export async function readOrderedFiles(
  work: Work,
  of: { readonly personId: Id<'person'>; readonly cardId: Id<'card'> },
): Promise<OrderedFile[]> {
  const { portrait, signature } = await orders.findOrderImages(work, of.personId, of.cardId)
  const picture = (name: string, bytes: Buffer | undefined): OrderedFile[] =>
    bytes ? [{ name, type: typeOf(bytes), sha256: sha256OfPicture(bytes), bytes }] : []
  const fingers = (await orders.findFingers(work, of)).map(({ finger, type, image, sha256 }) => ({
    name: fingerName(finger),
    type,
    sha256,
    bytes: image,
    finger,
  }))
  return [...picture('portrait', portrait), ...picture('signature', signature), ...fingers]
}

/** Kind, term and zone of a card that is ordered on a day. Throws batch-order-refused. */
export function orderedDataOf(work: Work, { cardId, content }: OrderLine, issuedOn: Day): CardData {
  try {
    return cardDataOn(content, issuedOn, work)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw productionProblem('batch-order-refused', { card: cardId, why: error.code, ...fieldOf(error) })
  }
}

const fieldOf = ({ facts }: Problem) => (typeof facts['field'] === 'string' ? { field: facts['field'] } : {})

/** An order as it is handed up: all but the pictures themselves. */
export const orderedCardOf = (
  { cardId, unitId, dueOn, content }: OrderLine,
  { kind, mrz, issuedOn, expiresOn }: CardData,
  files: readonly OrderedFile[],
) => ({
  card: cardId,
  kind,
  mrz,
  issuedOn,
  ...(expiresOn && { expiresOn }),
  dueOn,
  unit: unitId,
  content: { ...content, birthDate: formatPartialDay(content.birthDate) },
  files: files.map(({ bytes, ...file }) => ({ ...file, bytes: bytes.length })),
})
