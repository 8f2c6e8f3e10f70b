import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCard, orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { anAuthority, chipOf } from '../../../test/a-card-with-chip.ts'
import { aPhone } from '../../../test/an-account.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { SoftwareCard, type SoftwareCardContent } from '../../../test/software-card/software-card.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import type { ReadingPurpose } from '../../cards/chip-readings/chip-reading.ts'
import { answerReading, beginReading, endReading } from '../../cards/chip-readings/chip-readings.ts'
import { portrait } from '../../cards/printed-face/printed-face.test-sample.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import { getEvidence } from '../queues/evidence.ts'
import { printSlips } from '../slips/slips.ts'
import { raiseByCard } from './requests.ts'

/** Level 2, and a slip that opens an account, rest on the chip of the holder's card. */

const house = await openHouse({ withUnits: true })
const { ward, asWard, aPupil } = await aCardCentre(house)
await anAuthority(house)
const photograph = await portrait()
const approver = await anOfficerInPost(house, 'pc06-approver', '22')
const colleague = await anOfficerInPost(house, 'ward-officer', commune.haKhanh)
const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(approver, verb)
const must = {
  lawRows: new Map([
    ['accounts.chip-read-at-counter', [{ from: '' as const, value: { raise: 'must', slip: 'must' }, source: 'house' }]],
  ]),
}

async function aHolder() {
  const personId = await aPupil()
  const card = await asWard(async work =>
    orderCard(work, await cards.applyForCard(work, personId, { unitId: ward.unitId }), ward.unitId, {
      portrait: photograph,
    }),
  )
  const { serial = '' } = await makeCard({ openWork: house.openWork, standing: ward }, card.id)
  await asWard(work => cards.takeInFoundCard(work, { cardId: card.id }))
  await asWard(work => cards.handOver(work, { serial, personId, to: { kind: 'holder' } }))
  const { id } = await asWard(work => accounts.request(work, personId, { level: 1, phone: aPhone() }))
  return { personId, cardId: card.id, serial, id }
}

async function read(content: SoftwareCardContent, cardId: Id<'card'>, purpose: ReadingPurpose, by = ward) {
  const chip = new SoftwareCard(content)
  const begun = await house.as(by, work => beginReading(work, cardId, { purpose }))
  let [step, command] = [begun.step, begun.command]
  for (;;) {
    const answer = Buffer.from(await chip.transmit(command)).toString('hex')
    const { underWay, turn } = await answerReading(begun.id, by.by.id, { step, answer })
    if ('result' in turn) {
      await house.as(by, work => endReading(work, underWay, turn.result, turn))
      return begun.id
    }
    ;({ step, command } = turn)
  }
}

const one = await aHolder()
const chip = await chipOf(house, one.cardId)

test('a slip rests on the chip of its holder’s card, and is refused without where the policy says so', async () => {
  await decide(work => accounts.approve(work, one.id, { compared: true }))
  const reading = await read(chip, one.cardId, 'account-activated')
  const other = await aHolder()
  await decide(work => accounts.approve(work, other.id, { compared: true }))
  const print = (ids: readonly Id<'account'>[], chipReading?: string) =>
    asWard(work => printSlips(work, ids, { chipReading }))
  await refusal(print([one.id, other.id], reading), 'slip-chip-of-one-account')
  await refusal(print([other.id], reading), 'chip-reading-of-another-card')
  await refusal(
    asWard(work => printSlips({ ...work, ...must }, [other.id])),
    'chip-reading-needed',
  )
  const [printed] = await print([one.id], reading)
  assert.ok(printed)
  const [deed] = await house.owner<{ facts: { chip?: { reading: string } } }>(
    `select facts from audit.deed where deed = 'slip.printed' and person_id = $1`,
    [one.personId],
  )
  assert.equal(deed?.facts.chip?.reading, reading)
  await refusal(print([one.id], reading), 'chip-reading-used')
})

test('level 2 rests on the chip of the card, and whoever approves sees who read it', async () => {
  await decide(work => accounts.activate(work, one.id))
  const raise = (chipReading?: string, more: object = {}) =>
    asWard(work => raiseByCard({ ...work, ...more }, one.id, { serial: one.serial, chipReading }))
  await refusal(raise(undefined, must), 'chip-reading-needed')
  const copied = await read({ ...chip, keys: (await chipOf(house, one.cardId)).keys }, one.cardId, 'account-raised')
  await refusal(raise(copied), 'chip-reading-proves-nothing')
  await refusal(raise(await read(chip, one.cardId, 'identity-checked')), 'chip-reading-for-another-purpose')
  await refusal(raise(await read(chip, one.cardId, 'account-raised', colleague)), 'chip-reading-of-another-officer')

  const reading = await read(chip, one.cardId, 'account-raised')
  await raise(reading, must)
  const last = await asWard(work => audit.lastDeedOn(work, one.id))
  assert.deepEqual(last?.facts, {
    proof: 'card',
    level: 1,
    chip: { reading, provedBy: 'active-authentication' },
  })
  const { chipRead } = await decide(work => getEvidence(work, one.id))
  assert.deepEqual([chipRead?.by, chipRead?.provedBy], [ward.name, 'active-authentication'])
})
