import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { orderCard } from '../../../test/a-card.ts'
import { aCardCentre } from '../../../test/a-card-centre.ts'
import { anOfficerInPost } from '../../../test/an-officer.ts'
import { openHouse } from '../../../test/house.ts'
import { aFolderWithKeys, aSendingWard } from '../../../test/sending-ward.ts'
import * as accounts from '../../accounts/accounts.ts'
import * as cards from '../../cards/cards.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { now } from '../../platform/clock.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { asSystem } from '../../platform/work.ts'
import { setPacketAside } from '../packets/quarantine.ts'
import { actors, type GapKind, gapKinds } from './gap.ts'
import { countByLastDay, findGaps, gapActors, gapDueOn } from './gaps.ts'
import { gapTask, gapWhat } from './words.ts'

const house = await openHouse({ withUnits: true })
const { keys } = await aFolderWithKeys()
const centre = await aCardCentre(house)
const { ward, maker, asMaker, asChecker, asWard, asOther, aPupil, aPupilWith, blanks, schoolId } = centre
const sending = await aSendingWard(house, keys)
const district = await anOfficerInPost(house, 'district-officer', '193')

const maintenance = { ...asSystem('import'), role: 'maintenance' as const }
type Imported = { readonly serial: string; readonly state: string; readonly asOf: string }
type Term = { readonly issuedOn?: string; readonly expiresOn?: string }

/** Tells of a card by an extract of the province's other system. */
async function extracted(
  personId: Id<'person'>,
  { serial, state, asOf, issuedOn = '', expiresOn = '' }: Imported & Term,
) {
  const number = await numberOf(personId)
  const file = `person_number,serial,issued_on,expires_on,state\n${number},${serial},${issuedOn},${expiresOn},${state}`
  const { rejected } = await cards.importCards(house.openWork, maintenance, Readable.from([file]), {
    asOf: asDay(asOf),
  })
  assert.equal(rejected, 0)
}

async function numberOf(personId: Id<'person'>): Promise<string> {
  const rows = await house.owner<{ number: string }>(
    `select number from register.number where person_id = $1 and state = 'in-force'`,
    [personId],
  )
  return rows[0]?.number ?? ''
}

const gapsOf = async (personId: Id<'person'>) =>
  (await house.work(work => findGaps(work))).filter(gap => gap.personId === personId)

/** The one gap of a person: where it is stuck, which unit acts, until when. */
async function assertStuck(personId: Id<'person'>, kind: GapKind, unitId: string, dueOn: string): Promise<void> {
  const found = (await gapsOf(personId)).map(gap => [gap.kind, gap.unitId, gap.dueOn])
  assert.deepEqual(found, [[kind, unitId, dueOn]])
}
const assertGone = async (personId: Id<'person'>) => assert.deepEqual(await gapsOf(personId), [])

test('twelve kinds of stuckness each have an owner, a step and a day, and are gone when the step is done', async () => {
  // 1, 2, 3: a card of ours waits for its maker, then for its box, then for whoever receives the box.
  const pupil = await aPupil()
  const card = await asWard(work => cards.applyForCard(work, pupil, { unitId: ward.unitId }))
  await asWard(work => orderCard(work, card, ward.unitId, { dueOn: asDay('2023-04-28') }))
  await assertStuck(pupil, 'approved-not-produced', maker.unitId, '2023-04-25')
  await asMaker(work => cards.planBatch(work, { maker: 'house', most: 1 }))
  const [serial = ''] = await blanks(1)
  const attempt = await asMaker(work => cards.makeCard(work, { cardId: card.id, serial }))
  await asChecker(work => cards.checkCard(work, attempt.id, { quality: 'passed' }))
  await assertStuck(pupil, 'produced-not-sent', maker.unitId, '2023-04-24')
  const box = await asMaker(work => cards.openBox(work, { to: { kind: 'unit', id: ward.unitId } }))
  await asMaker(work => cards.putInBox(work, box.id, { serial }))
  await asMaker(work => cards.sealBox(work, box.id, { seal: 'NP-1' }))
  await asMaker(work => cards.sendBox(work, box.id))
  await assertStuck(pupil, 'produced-not-received', ward.unitId, '2023-04-24')

  // 4, 5: the box lacks it; it is found, and lies at the ward until its holder has it.
  await asWard(work => cards.receiveBox(work, box.id, { seal: 'intact' }))
  await asWard(work => cards.countBox(work, box.id, { serials: [] }))
  await assertStuck(pupil, 'missing-from-box', ward.unitId, '2023-04-21')
  await asWard(work => cards.takeInFoundCard(work, { cardId: card.id }))
  await assertStuck(pupil, 'received-not-handed-over', ward.unitId, '2023-04-27')
  await asWard(work => cards.handOver(work, { serial, personId: pupil, to: { kind: 'holder' } }))
  await assertGone(pupil)

  // 6: an extract told of a card that nobody has fetched for more than a month.
  const awaited = await aPupil()
  await extracted(awaited, { serial: 'E6', state: 'at-unit', asOf: '2023-03-01', issuedOn: '2023-02-20' })
  await assertStuck(awaited, 'uncollected', ward.unitId, '2023-03-08')
  await extracted(awaited, { serial: 'E6', state: 'handed-over', asOf: '2023-04-19', issuedOn: '2023-02-20' })
  await assertGone(awaited)

  // 7, 8: an extract told of a card that another place makes, and has made.
  const elsewhere = await aPupil()
  await extracted(elsewhere, { serial: '', state: 'approved', asOf: '2023-04-03' })
  await assertStuck(elsewhere, 'elsewhere-not-produced', maker.unitId, '2023-04-12')
  await extracted(elsewhere, { serial: 'E8', state: 'produced', asOf: '2023-04-10', issuedOn: '2023-04-09' })
  await assertStuck(elsewhere, 'elsewhere-not-received', maker.unitId, '2023-04-17')
  await extracted(elsewhere, { serial: 'E8', state: 'handed-over', asOf: '2023-04-19', issuedOn: '2023-04-09' })
  await assertGone(elsewhere)

  // 9: a card by extract ends before another is asked for.
  const ending = await aPupil()
  await extracted(ending, {
    ...{ serial: 'E9', state: 'handed-over', asOf: '2023-04-01' },
    ...{ issuedOn: '2018-05-18', expiresOn: '2023-05-18' },
  })
  await assertStuck(ending, 'card-ends', ward.unitId, '2023-05-09')
  await asWard(work => cards.applyForCard(work, ending, { unitId: ward.unitId, kind: 'exchange' }))
  await assertGone(ending)

  // 10: the holder lost a card by extract, and found it.
  const loser = await aPupil()
  await extracted(loser, { serial: 'E10', state: 'handed-over', asOf: '2023-04-01', issuedOn: '2022-01-05' })
  const [lost] = (await house.work(work => cards.cardsOf(work, [loser]))).get(loser) ?? []
  assert.ok(lost)
  await asWard(work => cards.blockCard(work, lost.id, { code: 'lost' }))
  await assertStuck(loser, 'card-lost', ward.unitId, '2023-04-27')
  await asWard(work => cards.unblockCard(work, lost.id))
  await assertGone(loser)

  // A chip that was read as a copy, until the card itself was read or blocked.
  const { personId: copied, cardId } = await aPupilWith('handed-over')
  const readAs = (outcome: 'copy' | 'original', minutesAgo: number) =>
    house.owner(
      `insert into cards.chip_reading (person_id, id, card_id, purpose, unit_id, read_by, begun_at, ended_at, outcome,
          checks, proved_by)
        values ($1, $2, $3, 'identity-checked', $4, $5, now(), now() - $6 * interval '1 minute', $7::text, '[]',
          case when $7::text = 'original' then 'active-authentication' end)`,
      [copied, newId<'chip-reading'>(now()), cardId, ward.unitId, ward.by.id, minutesAgo, outcome],
    )
  await readAs('copy', 3)
  await assertStuck(copied, 'chip-not-the-card', ward.unitId, '2023-04-21')
  await readAs('original', 2)
  await assertGone(copied)
  await readAs('copy', 1)
  await assertStuck(copied, 'chip-not-the-card', ward.unitId, '2023-04-21')
  await asWard(work => cards.blockCard(work, cardId, { code: 'misused' }))
  assert.deepEqual(
    (await gapsOf(copied)).map(({ kind }) => kind),
    ['card-lost'],
  )

  // 11: an account whose seven days are over.
  const holder = await aPupil()
  const told = async (state: string, activatedOn: string, asOf: string) => {
    const row = `${await numberOf(holder)},1,${state},0912000111,2023-04-03,${activatedOn}`
    const file = `person_number,level,state,phone,approved_at,activated_at\n${row}`
    await accounts.importAccounts(house.openWork, maintenance, Readable.from([file]), { asOf: asDay(asOf) })
  }
  await told('approved', '', '2023-04-03')
  await assertStuck(holder, 'account-not-activated', ward.unitId, '2023-04-17')
  await told('activated', '2023-04-19', '2023-04-19')
  await assertGone(holder)

  // 12: a message that came back.
  const addressee = await aPupil()
  const followUp = aLostMessage(addressee)
  await house.work(work => followUps.openFollowUps(work, [followUp]))
  await assertStuck(addressee, 'message-lost', ward.unitId, '2023-04-27')
  await house.work(work => followUps.closeFollowUps(work, followUp.scopeId, [{ id: followUp.id, state: 'done' }]))
  await assertGone(addressee)
})

const aLostMessage = (personId: Id<'person'>): followUps.FollowUp => ({
  id: newId<'follow-up'>(),
  kind: 'message',
  scopeId: ward.unitId as string as Id<'school'>,
  sourceId: newId<'message'>(),
  subjectId: newId<'message'>(),
  personId,
  reason: 'undeliverable',
  evidence: 'message',
  valuesKey: newId<'message'>(),
  owner: 'ward',
  ownerUnitId: ward.unitId,
  dueOn: asDay('2023-04-27'),
  state: 'open',
  openedOn: asDay('2023-04-20'),
})

test('a held packet is the work of the nearest unit that may check, until it is decided', async () => {
  const ready = await sending.registered()
  const { told } = await sending.somebody()
  const { packet } = await sending.sealed(ready, {
    person: { ...told, id: undefined as never, fullName: 'Phạm Văn Khác' },
  })
  await sending.send(ready, packet)
  const held = async () =>
    (await sending.as(work => findGaps(work, ['held']))).filter(({ facts }) => facts['hash'] === packet.hash)
  const [gap] = await held()
  // The ward that captured may not check what it captured: the district is asked.
  assert.deepEqual([gap?.unitId, gap?.dueOn], [district.unitId, '2023-04-21'])
  await house.as(district, work => setPacketAside(work, keys, ready.station.id, packet.hash, 'đã thu nhận lại'))
  assert.deepEqual(await held(), [])
})

test('an application is checked by the district and approved by the province, each by its own day', async () => {
  const ready = await sending.registered()
  const { id, told } = await sending.somebody()
  const { packet } = await sending.sealed(ready, { person: told })
  await sending.send(ready, packet)
  const ofApplication = async () =>
    (await gapsOf(id)).filter(({ facts }) => facts['state']).map(gap => [gap.kind, gap.unitId, gap.dueOn])
  await house.owner(`update enrolment.application set due_on = '2023-05-05' where person_id = $1`, [id])
  assert.deepEqual(await ofApplication(), [['received-not-checked', district.unitId, '2023-04-24']])
  await house.owner(`update enrolment.application set state = 'sent-to-centre' where person_id = $1`, [id])
  assert.deepEqual(await ofApplication(), [['received-not-approved', maker.unitId, '2023-04-25']])
  // A tighter limit of the law leaves the steps behind it their days.
  await house.owner(`update enrolment.application set due_on = '2023-04-27' where person_id = $1`, [id])
  assert.deepEqual(await ofApplication(), [['received-not-approved', maker.unitId, '2023-04-21']])
  await house.owner(`update enrolment.application set state = 'cancelled' where person_id = $1`, [id])
  assert.deepEqual(await ofApplication(), [])
})

test('a card at a school is the school’s to hand over, by name, until it comes back', async () => {
  const { personId, cardId } = await aPupilWith('at-unit')
  const list = await asWard(work => cards.giveOutList(work, { schoolId, teacherName: 'Cô Hoa', cards: [{ cardId }] }))
  const [gap] = await gapsOf(personId)
  assert.ok(gap)
  assert.equal(gap.kind, 'at-school-not-handed-over')
  const [actor] = await asWard(work => gapActors(work, [gap]))
  assert.equal(actor?.id, schoolId)
  const lines = [{ cardId, outcome: 'came-back' as const }]
  await asWard(work => cards.returnList(work, list.id, { sheet: Buffer.from('ink'), lines }))
  assert.deepEqual(
    (await gapsOf(personId)).map(({ kind }) => kind),
    ['received-not-handed-over'],
  )
})

test('a card by extract is nobody’s work once a later card is known in the holder’s hand', async () => {
  const personId = await aPupil()
  await extracted(personId, { serial: 'L1', state: 'at-unit', asOf: '2023-04-10', issuedOn: '2023-04-03' })
  await assertStuck(personId, 'received-not-handed-over', ward.unitId, '2023-04-17')
  // What a chip that is read says: a valid card, issued later.
  await extracted(personId, { serial: 'L2', state: 'handed-over', asOf: '2023-04-19', issuedOn: '2023-04-12' })
  await assertGone(personId)
})

test('a card that bears a number cancelled since is to be exchanged', async () => {
  const personId = await aPupil()
  await extracted(personId, { serial: 'N1', state: 'handed-over', asOf: '2023-04-01', issuedOn: '2022-03-01' })
  await house.owner(
    `insert into register.number (person_id, number, state, from_on, to_on, superseded_by, reason)
     values ($1, '022299999991', 'cancelled', '2010-01-01', '2023-04-03', $2, 'sex')`,
    [personId, await numberOf(personId)],
  )
  await assertStuck(personId, 'number-changed', ward.unitId, '2023-04-17')
  await asWard(work => cards.applyForCard(work, personId, { unitId: ward.unitId, kind: 'exchange' }))
  await assertGone(personId)
})

test('counts are as long as the list, its pages follow each other, and another ward sees none of it', async () => {
  for (const serial of ['P1', 'P2', 'P3'])
    await extracted(await aPupil(), { serial, state: 'at-unit', asOf: '2023-04-10', issuedOn: '2023-04-03' })
  await aPupilWith('approved')
  const all = await asWard(work => findGaps(work))
  const counts = await asWard(work => countByLastDay(work))
  assert.ok(all.length > 3)
  assert.equal(
    counts.reduce((sum, { count }) => sum + count, 0),
    all.length,
  )
  assert.deepEqual(
    all.map(({ dueOn }) => dueOn),
    all.map(({ dueOn }) => dueOn).toSorted(),
  )
  const pages: string[] = []
  for (let offset = 0; offset < all.length; offset += 2)
    pages.push(...(await asWard(work => findGaps(work, gapKinds, { offset, limit: 2 }))).map(({ subject }) => subject))
  assert.deepEqual(
    pages,
    all.map(({ subject }) => subject),
  )
  const ours = new Set(all.map(({ subject }) => subject))
  assert.ok((await asOther(work => findGaps(work))).every(({ subject }) => !ours.has(subject)))
})

test('each kind says in both languages where it is stuck, what is done next, and in whose hand it is', () => {
  for (const kind of gapKinds) {
    const texts = [gapWhat(kind), gapTask(kind)].flatMap(({ vi, en }) => [vi, en])
    assert.ok(texts.every(text => text.length > 5) && new Set(texts).size === 4, kind)
    assert.ok(actors[kind].hand)
  }
})

test('the last safe day is the step’s own, or earlier so that the steps behind it keep a campaign’s day', async () => {
  const way = { sinceOn: asDay('2023-04-03'), actBy: null, lawDue: null, campaignDue: null }
  const dueOn = (more: { kind: GapKind; campaignDue?: Day; actBy?: Day }) =>
    house.work(async work => gapDueOn({ ...way, ...more }, work))
  assert.equal(await dueOn({ kind: 'approved-not-produced' }), '2023-04-06')
  assert.equal(await dueOn({ kind: 'approved-not-produced', campaignDue: asDay('2023-04-06') }), '2023-04-04')
  assert.equal(await dueOn({ kind: 'approved-not-produced', campaignDue: asDay('2023-06-01') }), '2023-04-06')
  const returned = { kind: 'returned-not-acted', actBy: asDay('2023-04-05') } as const
  assert.equal(await dueOn({ ...returned, campaignDue: asDay('2023-04-04') }), '2023-04-05')
})
