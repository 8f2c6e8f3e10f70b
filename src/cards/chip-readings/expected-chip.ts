import { type ChipPassword, passwordFault } from '../../chip/access/password.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Card } from '../card.ts'
import { cardDataOn } from '../card-data.ts'
import { type MrzLines, writeMrz } from '../mrz.ts'
import { findGoodChip } from '../production/chip-of-card.ts'
import * as store from '../store.ts'
import type { ExpectedChip } from './outcome.ts'
import { chipReadingProblem } from './problems.ts'

/**
 * The zone of a card: of one that was ordered here, as it was frozen; of one that an extract told of, as the register
 * knows its holder. Throws as `writeMrz` does.
 */
async function zoneOf(work: Work, { id, personId, issuedOn, expiresOn }: Card): Promise<MrzLines> {
  const [order] = await store.findOrders(work, [id])
  if (order && issuedOn) return cardDataOn(order.content, issuedOn, work).mrz
  const { number = '', fullName, birthDate, sex } = await register.getSummary(work, personId)
  return writeMrz({ number, fullName, birthDate, sex }, expiresOn)
}

/** What the chip of a card should say. */
export async function expectedChipOf(work: Work, card: Card): Promise<ExpectedChip> {
  const chip = await findGoodChip(work, card)
  const issuedOn = chip?.issuedOn ?? card.issuedOn
  const zone = await zoneOf(work, { ...card, ...(issuedOn && { issuedOn }) })
  return { zone, issuedOn, securityObject: chip?.securityObject }
}

/**
 * What opens the chip: the access number that was typed, else what the zone says, which the installation knows. Throws
 * chip-reading-access-number-needed: a birth that is known in part opens none.
 */
export function passwordFor({ zone: [first, second] }: ExpectedChip, accessNumber: string | undefined): ChipPassword {
  const password: ChipPassword = accessNumber
    ? { kind: 'access-number', number: accessNumber }
    : {
        kind: 'zone',
        documentNumber: first.slice(5, 14),
        birthDate: second.slice(0, 6),
        expiresOn: second.slice(8, 14),
      }
  if (passwordFault(password)) throw chipReadingProblem('chip-reading-access-number-needed')
  return password
}
