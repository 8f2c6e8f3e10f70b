import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCard, orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { anAuthority, chipOf } from '../../../test/a-card-with-chip.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import { SoftwareCard, type SoftwareCardContent } from '../../../test/software-card/software-card.ts'
import * as audit from '../../audit/audit.ts'
import * as decisions from '../../decisions/decisions.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as cards from '../cards.ts'
import type { ReadingPurpose } from '../chip-readings/chip-reading.ts'
import { answerReading, beginReading, endReading } from '../chip-readings/chip-readings.ts'
import { portrait } from '../printed-face/printed-face.test-sample.ts'
import { cardDecisions, decideHandOver } from './held-decisions.ts'

/** A card is handed over on a reading of its chip. */

const house = await openHouse({ withUnits: true })
const { ward, asWard, aPupil } = await aCardCentre(house)
await anAuthority(house)
const photograph = await portrait()
const must = {
  lawRows: new Map([['cards.chip-read-at-hand-over', [{ from: '' as const, value: 'must', source: 'house' }]]]),
}
const holder = { kind: 'holder' } as const

async function aCardHere() {
  const personId = await aPupil()
  const card = await asWard(async work =>
    orderCard(work, await cards.applyForCard(work, personId, { unitId: ward.unitId }), ward.unitId, {
      portrait: photograph,
    }),
  )
  const { serial = '' } = await makeCard({ openWork: house.openWork, standing: ward }, card.id)
  await asWard(work => cards.takeInFoundCard(work, { cardId: card.id }))
  return { personId, cardId: card.id, serial, chip: await chipOf(house, card.id, { kept: true }) }
}
type Here = Awaited<ReturnType<typeof aCardHere>>

async function read(content: SoftwareCardContent, cardId: Id<'card'>, purpose: ReadingPurpose = 'hand-over') {
  const chip = new SoftwareCard(content)
  const begun = await asWard(work => beginReading(work, cardId, { purpose }))
  let [step, command] = [begun.step, begun.command]
  for (;;) {
    const answer = Buffer.from(await chip.transmit(command)).toString('hex')
    const { underWay, turn } = await answerReading(begun.id, ward.by.id, { step, answer })
    if ('result' in turn) {
      await asWard(work => endReading(work, underWay, turn.result, turn))
      return begun.id
    }
    ;({ step, command } = turn)
  }
}

const give = ({ serial, personId }: Here, chipReading?: string, more: object = {}) =>
  asWard((work: Work) => cards.handOver({ ...work, ...more }, { serial, personId, to: holder, chipReading }))

test('a hand-over keeps the reading of its chip, which the deed and the card’s history show', async () => {
  const one = await aCardHere()
  await refusal(give(one, undefined, must), 'chip-reading-needed')
  const reading = await read(one.chip, one.cardId)
  await give(one, reading, must)
  const { handOver } = await asWard(work => cards.cardLife(work, { serial: one.serial }))
  assert.equal(handOver?.chipProvedBy, 'active-authentication')
  const deed = (await asWard(work => audit.deedsOf(work, one.cardId))).find(deed => deed.deed === 'card.handed-over')
  assert.ok(deed)
  const [sealed] = await house.owner<{ facts: { chip?: { reading: string } } }>(
    `select facts from audit.deed where deed = 'card.handed-over' and person_id = $1`,
    [one.personId],
  )
  assert.equal(sealed?.facts.chip?.reading, reading)
})

test('a copy, another card’s reading and one for another purpose hand no card over', async () => {
  const [one, other] = [await aCardHere(), await aCardHere()]
  const copy = await read({ ...one.chip, keys: other.chip.keys }, one.cardId)
  await refusal(give(one, copy), 'chip-reading-proves-nothing')
  await refusal(give(other, await read(one.chip, one.cardId)), 'chip-reading-of-another-card')
  await refusal(give(one, await read(one.chip, one.cardId, 'identity-checked')), 'chip-reading-for-another-purpose')
  await give(other)
  const { handOver } = await asWard(work => cards.cardLife(work, { serial: other.serial }))
  assert.equal(handOver?.chipProvedBy ?? undefined, undefined, 'by default a card is handed over without')
})

test('a decision that was held rests on a reading that was fresh when the officer decided', async () => {
  const one = await aCardHere()
  const chipReading = await read(one.chip, one.cardId)
  const body = { serial: one.serial, personId: one.personId, to: holder, chipReading }
  const seconds = new Map([['decisions.undo-seconds', [{ from: '' as const, value: 60, source: 'house' }]]])
  const held = await asWard(work => decideHandOver({ ...work, lawRows: seconds }, body))
  assert.ok('held' in held)
  const minutes = `interval '20 minutes'`
  await house.owner(
    `update cards.chip_reading set begun_at = begun_at - ${minutes}, ended_at = ended_at - ${minutes}
    where id = $1`,
    [chipReading],
  )
  await house.owner(
    `update decisions.held_decision set decided_at = decided_at - ${minutes},
    takes_effect_at = takes_effect_at - ${minutes} where subject_id = $1`,
    [one.cardId],
  )
  await decisions.carryOutDue(house.openWork, cardDecisions)
  const { handOver } = await asWard(work => cards.cardLife(work, { serial: one.serial }))
  assert.equal(handOver?.chipProvedBy, 'active-authentication')
})
