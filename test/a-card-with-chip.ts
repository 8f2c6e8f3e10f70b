import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { chipContentOf } from '../src/cards/personalisation/chip-content.ts'
import { keepChip } from '../src/cards/production/chip-of-card.ts'
import { findOrderImages } from '../src/cards/production/store-order.ts'
import { cardOf, findCard, findOrders } from '../src/cards/store.ts'
import { digestOf } from '../src/chip/keys/signature.ts'
import type { SignerOfData } from '../src/chip/security-object/signed-data.ts'
import { asOperator } from '../src/open-house.ts'
import * as pki from '../src/pki/pki.ts'
import type { Id } from '../src/platform/ids.ts'
import type { TestHouse } from './house.ts'
import { cardContent } from './software-card/made-card.ts'
import type { SoftwareCardContent } from './software-card/software-card.ts'

/** The authority of a house, held by two custodians, with a document signer and its list. */
export async function anAuthority({ openWork }: Pick<TestHouse, 'openWork'>): Promise<void> {
  const identities = await Promise.all([generateX25519Identity(), generateX25519Identity()])
  const shares: Uint8Array[] = []
  const asked = {
    custodians: await Promise.all(identities.map(identityToRecipient)),
    threshold: 2,
    curve: 'secp384r1',
    organization: 'Công an tỉnh Thử Nghiệm',
    form: { curveForm: 'named', revocationLists: [] } as const,
    giveOut: async (made: readonly Uint8Array[]) => {
      shares.push(...made)
    },
  }
  await openWork(asOperator('none'), work => pki.makeFirstAuthority(work, asked))
  const present = { shares: shares.map((bytes, at) => ({ file: `share-${at}.age`, bytes })), identities }
  await openWork(asOperator('none'), work =>
    pki.issueSigner(work, present, { kind: 'document-signer', curve: 'prime256v1' }),
  )
}

/**
 * The card of software for a card that was made here. `signer`: another than the house's own; `kept`: the house knows
 * the chip as one that it personalised.
 */
export async function chipOf(
  { openWork, owner }: Pick<TestHouse, 'openWork' | 'owner'>,
  cardId: Id<'card'>,
  { signer, kept = false }: { readonly signer?: SignerOfData; readonly kept?: boolean } = {},
): Promise<SoftwareCardContent> {
  const [line] = await owner<{ id: string }>('select batch_id as id from cards.batch_card where card_id = $1', [cardId])
  return openWork(asOperator('none'), async work => {
    const [row, [order]] = [await findCard(work, cardId), await findOrders(work, [cardId])]
    const { issuedOn } = row ? cardOf(row) : {}
    if (!issuedOn || !order || !line) throw new Error('the card was not made here')
    const { personId, unitId, content: printed } = order
    const { portrait = null } = await findOrderImages(work, personId, cardId)
    const content = await chipContentOf({ content: printed, portrait, issuedOn }, work)
    const ofHouse = await pki.getSignerOfToday(work)
    const made = await cardContent(content, signer ?? ofHouse.signer)
    if (!kept) return made
    const securityObject = digestOf('sha256', made.files.get('EF_SOD') ?? new Uint8Array()).toString('hex')
    const chip = { personId, cardId, batchId: line.id, issuedOn, securityObject, signerKeyId: ofHouse.keyId }
    await keepChip(work, { ...chip, unitId, isAnew: false })
    return made
  })
}
