/**
 * Personalisation: the files of a card's chip. In: cards of a batch of this house that wait, or were made and lie here.
 * Decided: what the chip says by the day of issue, and that a card has one chip that is good.
 * Out: its files and private keys, handed to whoever writes them, and a row that names the signed security object.
 * Deeds: `card.personalised`, `batch.personalised`.
 */

import { createHash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import { Malformed } from '../../chip/der/read.ts'
import { type ChipFiles, makeChipFiles } from '../../chip/making/chip-files.ts'
import * as pki from '../../pki/pki.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import { cursorText, parseCursor } from '../paging.ts'
import { keepChip } from '../production/chip-of-card.ts'
import { productionProblem } from '../production/problems.ts'
import { chipContentOf } from './chip-content.ts'
import { personalisationProblem } from './problems.ts'
import * as store from './store.ts'

export type ChipOfCard = ChipFiles & {
  readonly cardId: Id<'card'>
  readonly issuedOn: Day
  /** SHA-256 of its security object, hexadecimal. */
  readonly securityObject: string
}

/** A chip, by the digest of its security object (SHA-256, hexadecimal). */
export type NamedChip = { readonly cardId: Id<'card'>; readonly securityObject: string }

/**
 * Where the chips of a batch go. `write` lays a chip down without touching one that is there; `publish` puts it in its
 * place once it is kept, and again where an earlier run was stopped in between; `end` removes what came to nothing.
 */
export type ChipWriter = {
  begin(signer: pki.SignerOfToday): Promise<void>
  write(chip: ChipOfCard): Promise<void>
  publish(chip: NamedChip): Promise<void>
  end(): Promise<void>
}

export type RefusedChip = { readonly cardId: Id<'card'>; readonly code: string; readonly why: string }

export type Personalised = {
  readonly code: string
  readonly written: number
  /** Cards that have a chip already. */
  readonly before: number
  /** Cards of which no chip can be made, each with the reason. */
  readonly refused: readonly RefusedChip[]
  /** Whether the list of revoked signers is out of date: readers will say so. */
  readonly isListOverdue: boolean
}

const cardsAtOnce = 50

/** Why no chip can be made of a card; other errors are faults, and thrown. */
function refusalOf(error: unknown, cardId: Id<'card'>): RefusedChip {
  if (error instanceof Problem) return { cardId, code: error.code, why: error.kind.title }
  if (error instanceof Malformed) return { cardId, code: 'chip-content-wrong', why: error.message }
  throw error
}

async function makeChip(work: Work, card: store.CardToPersonalise, signer: pki.SignerOfToday): Promise<ChipOfCard> {
  const issuedOn = card.issuedOn ?? work.today
  const content = await chipContentOf({ ...card, issuedOn }, work)
  const made = await makeChipFiles(content, signer.signer, work.now)
  const securityObject = createHash('sha256')
    .update(made.files.get('EF_SOD') ?? '')
    .digest('hex')
  return { ...made, cardId: card.cardId, issuedOn, securityObject }
}

async function keepChipOfPage(
  work: Work,
  { personId, cardId, chip: before }: store.CardToPersonalise,
  { issuedOn, securityObject }: ChipOfCard,
  { batchId, unitId, signer }: PageOf,
): Promise<void> {
  const made = { personId, cardId, batchId, unitId, issuedOn, securityObject }
  await keepChip(work, { ...made, signerKeyId: signer.keyId, isAnew: before !== null })
}

type PageOf = {
  readonly batchId: string
  readonly unitId: Id<'unit'>
  readonly signer: pki.SignerOfToday
  readonly writer: ChipWriter
}

/** The chip of a card, written; or why none can be made of it. */
async function writeChip(work: Work, card: store.CardToPersonalise, { signer, writer }: PageOf) {
  const made = await makeChip(work, card, signer).then(
    chip => ({ card, chip }),
    (error: unknown) => ({ card, refused: refusalOf(error, card.cardId) }),
  )
  if ('chip' in made) await writer.write(made.chip)
  return made
}

/** Makes, writes and keeps the chips of some cards; those of which none can be made are given back with the reason. */
async function personalisePage(work: Work, cards: readonly store.CardToPersonalise[], of: PageOf) {
  const settled = await Promise.allSettled(cards.map(card => writeChip(work, card, of)))
  const made = settled.map(one => {
    // Only now: what is still being written would go on after the work has ended.
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  for (const one of made) if ('chip' in one) await keepChipOfPage(work, one.card, one.chip, of)
  await audit.noteReading(
    work,
    cards.map(({ personId }) => personId),
    ['card-content', 'portrait'],
  )
  return {
    chips: made.flatMap(one => ('chip' in one ? one.chip : [])),
    refused: made.flatMap(one => ('refused' in one ? one.refused : [])),
  }
}

/** Throws batch-unknown, batch-not-made-here, authority-missing, signer-missing, signer-changed. */
async function openPage(work: Work, batchId: string, signerBefore: string | undefined) {
  const batch = await store.holdBatchOfChips(work, batchId)
  if (!batch) throw productionProblem('batch-unknown')
  if (batch.maker !== 'house') throw personalisationProblem('batch-not-made-here')
  const signer = await pki.getSignerOfToday(work)
  if (signerBefore !== undefined && signer.keyId !== signerBefore) throw personalisationProblem('signer-changed')
  return { batch, signer }
}

export type PersonaliseOptions = {
  /** Cards that wait and have a chip get another one; the former is spoiled. With `cardId` also one that was made. */
  readonly anew?: boolean
  /** This card alone. */
  readonly cardId?: Id<'card'> | undefined
  onProgress?(written: number, cards: number): void
}

/**
 * Makes the chips of a batch, page by page, each page in a work of its own: what was stopped goes on with the cards
 * that have none. Throws as `openPage`.
 */
export async function personaliseBatch(
  openWork: OpenWork,
  authority: Authority,
  batchId: string,
  writer: ChipWriter,
  { anew = false, cardId, onProgress }: PersonaliseOptions = {},
): Promise<Personalised> {
  const refused: RefusedChip[] = []
  let [written, before] = [0, 0]
  let after: string | undefined
  let keyId: string | undefined
  for (;;) {
    const page = await openWork(authority, async work => {
      const { batch, signer } = await openPage(work, batchId, keyId)
      if (keyId === undefined) await writer.begin(signer)
      const found = await store.findCardsToPersonalise(work, batchId, {
        after: after === undefined ? undefined : parseCursor(after),
        limit: cardsAtOnce,
      })
      const asked = found.filter(card => cardId === undefined || card.cardId === cardId)
      const due = asked.filter(({ chip, isWaiting }) => !chip || (anew && (isWaiting || cardId !== undefined)))
      const done = await personalisePage(work, due, { batchId, unitId: batch.unitId, signer, writer })
      const last = found.at(-1)
      const next = found.length === cardsAtOnce && last ? cursorText(last.dueOn, last.cardId) : undefined
      const total = { cards: written + done.chips.length, refused: refused.length + done.refused.length }
      if (!next && total.cards > 0)
        await audit.record(work, 'batch.personalised', { kind: 'batch', id: batchId, unitId: batch.unitId }, total)
      const isListOverdue = !signer.revocationList || signer.revocationList.nextAt < work.now
      return {
        ...done,
        kept: asked.filter(card => !due.includes(card)),
        next,
        signer,
        code: batch.code,
        cards: batch.cards,
        isListOverdue,
      }
    })
    keyId = page.signer.keyId
    for (const { cardId: id, securityObject } of page.chips) await writer.publish({ cardId: id, securityObject })
    for (const { cardId: id, chip } of page.kept) if (chip) await writer.publish({ cardId: id, securityObject: chip })
    written += page.chips.length
    before += page.kept.length
    refused.push(...page.refused)
    onProgress?.(written, page.cards)
    after = page.next
    if (after !== undefined) continue
    await writer.end()
    return { code: page.code, written, before, refused, isListOverdue: page.isListOverdue }
  }
}
