import { createHash } from 'node:crypto'
import type { Mischief } from './mischief.ts'
import type { CardResult, CentreStore, MadeCard, OfHouse, Received } from './store.ts'

/** How the centre makes the cards that an installation orders: each once, in whichever batch and how often it came. */

type Body = Readonly<Record<string, unknown>>
type OrderedData = {
  readonly kind: string
  readonly mrz: readonly string[]
  readonly issuedOn: string
  readonly expiresOn?: string
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}
type FilePart = { readonly name: string; readonly from: number; readonly content: string }

const listed = (body: Body, member: string) => (body[member] ?? []) as { readonly id: string; readonly hash: string }[]

/** The pieces of an order as they came; undefined while one is missing, or is another than the list names. */
function findPieces(house: OfHouse, list: Body): Received[] | undefined {
  const pieces = listed(list, 'pieces').map(({ id, hash }) => {
    const piece = house.received[id]
    return piece?.hash === hash && piece.kind === 'card.order-piece' ? piece : undefined
  })
  return pieces.some(piece => piece === undefined) ? undefined : (pieces as Received[])
}

export const isWhole = (house: OfHouse, list: Body): boolean => findPieces(house, list) !== undefined

/** The data of a card, where all of its pictures came as their hashes say. */
function readOrder(pieces: readonly Received[], card: string): OrderedData | undefined {
  const own = pieces.filter(({ body }) => body['card'] === card)
  const data = own.map(({ body }) => body['data'] as OrderedData | undefined).find(Boolean)
  if (!data || own.length !== Number(own[0]?.body['of'])) return undefined
  if (data.mrz.length !== 3 || data.mrz.some(line => line.length !== 30)) return undefined
  const parts = own.flatMap(({ body }) => body['files'] as FilePart[])
  for (const { name, bytes, sha256 } of data.files) {
    const file = Buffer.alloc(bytes)
    for (const part of parts.filter(one => one.name === name)) file.set(Buffer.from(part.content, 'base64'), part.from)
    if (createHash('sha256').update(file).digest('hex') !== sha256) return undefined
  }
  return data
}

function makeCard({ state }: CentreStore, card: string, { issuedOn, expiresOn }: OrderedData): MadeCard {
  state.cards = (state.cards ?? 0) + 1
  const serial = `TT${String(state.cards).padStart(8, '0')}`
  const chipId = createHash('sha256').update(serial).digest('hex').slice(0, 20).toUpperCase()
  return { card, state: 'made', serial, chipId, issuedOn, ...(expiresOn && { expiresOn }) }
}

/** What the centre has decided of an order so far. */
export function resultsOf({ state }: CentreStore, order: string, list: Body): CardResult[] {
  return (list['cards'] as string[]).flatMap(card => state.made?.[card] ?? state.rejected?.[`${order} ${card}`] ?? [])
}

/** Decides on the cards of a whole order, or on some of them; `true` once all are decided. */
export function decideCards(
  centre: CentreStore,
  house: OfHouse,
  { order, list, mischief }: { readonly order: string; readonly list: Body; readonly mischief: Mischief },
): boolean {
  const { state } = centre
  state.made ??= {}
  state.rejected ??= {}
  const pieces = findPieces(house, list) ?? []
  const decided = new Set(resultsOf(centre, order, list).map(({ card }) => card))
  let left = 0
  for (const card of (list['cards'] as string[]).filter(one => !decided.has(one))) {
    if (mischief.does('partial')) {
      left += 1
      continue
    }
    const data = readOrder(pieces, card)
    if (data && !mischief.does('reject')) state.made[card] = makeCard(centre, card, data)
    else {
      const [code, note] = data ? ['portrait-unusable', 'Ảnh bị lóa.'] : ['data-inconsistent', 'Thiếu hoặc sai tệp.']
      state.rejected[`${order} ${card}`] = { card, state: 'rejected', code, note }
    }
  }
  // What is made needs its pictures no more.
  if (left === 0) for (const piece of pieces) piece.body = { card: piece.body['card'] }
  return left === 0
}
