import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aCard } from '../../../test/a-card.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import * as outreach from '../../outreach/outreach.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { builtInLaw } from '../../platform/law.ts'
import { makeOpenWork, type Work } from '../../platform/work.ts'
import type { PersonId } from '../../register/register.ts'
import * as accounts from '../accounts.ts'
import { notifyLapsedHolders } from '../activation/change-activation-period.ts'
import type { AccountQueue } from '../contract.ts'
import { decideBy, demandDue } from '../due-days.ts'
import { admissionOf } from '../law.ts'
import * as list from '../queues/store-queue.ts'

const house = await openHouse({ withUnits: true })
const taker = await anOfficerOf(house, commune.haKhanh)
const approver = await anOfficerOf(house, commune.haKhanh)
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const take = <T>(verb: (work: Work) => Promise<T>) => house.as(taker, verb)
const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(approver, verb)
/** The same house on another day. */
const on =
  (day: Day) =>
  <T>(verb: (work: Work) => Promise<T>) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })(approver, verb)

let phones = 0
const aPhone = () => {
  phones += 1
  return `0912${String(phones).padStart(6, '0')}`
}
const aPupil = (given: Parameters<typeof aPerson>[0] = {}) => enter(house, aPerson(given))
async function requested({
  level = 1 as 1 | 2,
  phone = aPhone() as string,
  person = undefined as PersonId | undefined,
} = {}) {
  const holder = person ?? (await aPupil())
  if (level === 2 && !person) await take(work => cards.applyForCard(work, holder, { unitId: taker.unitId }))
  const { id } = await take(work => accounts.request(work, holder, { level, phone }))
  return { id, holder, phone }
}
async function approved(given: Parameters<typeof requested>[0] = {}) {
  const one = await requested(given)
  await decide(work => accounts.approve(work, one.id))
  return one
}
async function activated(given: Parameters<typeof requested>[0] = {}) {
  const one = await approved(given)
  await decide(work => accounts.activate(work, one.id))
  return one
}
const rowOf = async (id: string) =>
  (await house.owner<Record<string, unknown>>('select * from accounts.account where id = $1', [id]))[0]
const stateOf = async (id: string) => {
  const row = await rowOf(id)
  return `${row?.['level']} ${row?.['state']}`
}
const toldOf = async (id: string) =>
  (await house.work(work => outreach.messagesAbout(work, { kind: 'account', id })))
    .map(({ template }) => template)
    .reverse()
const deedsOf = async (id: string) =>
  (await house.work(work => audit.deedsOf(work, id))).map(({ deed }) => deed).reverse()

test('requests are decided in working days by level and card; the holidays of May are not counted', async () => {
  const day = asDay('2023-04-27')
  assert.deepEqual(
    [
      decideBy(1, 'with-card', day, builtInLaw),
      decideBy(2, 'with-card', day, builtInLaw),
      decideBy(2, 'without-card', day, builtInLaw),
    ],
    ['2023-04-28', '2023-05-05', '2023-05-11'],
  )
  const { id } = await requested({ level: 2 })
  assert.equal((await rowOf(id))?.['due_on'], '2023-05-04')
})

test('which level needs which document and whose act follows the law of the day', () => {
  const rowAt = (level: 1 | 2, age: number, day: string) => {
    const row = admissionOf(level, age, asDay(day), builtInLaw)
    return row && `${row.document} ${row.acts}`
  }
  assert.deepEqual(
    [rowAt(1, 13, '2024-06-30'), rowAt(1, 14, '2024-06-30'), rowAt(2, 14, '2023-04-20')],
    [undefined, 'card holder', 'card-or-application holder'],
  )
  assert.deepEqual(
    [rowAt(1, 5, '2024-07-01'), rowAt(2, 5, '2024-07-01'), rowAt(2, 6, '2024-07-01'), rowAt(1, 14, '2024-07-01')],
    ['card representative', undefined, 'card representative', 'card holder'],
  )
})

test('another officer than the one who took a request approves it, and the holder has seven days', async () => {
  const { id } = await requested()
  await refusal(
    take(work => accounts.approve(work, id)),
    'account-own-request',
  )
  await decide(work => accounts.approve(work, id))
  const row = await rowOf(id)
  assert.deepEqual(
    [row?.['activate_by'], row?.['approved_by'], row?.['notified_at'] !== null],
    ['2023-04-27', approver.by.id, true],
  )
  assert.deepEqual(await toldOf(id), ['account-approved'])
  const deed = await house.work(work => audit.lastDeedOn(work, id))
  assert.deepEqual(deed?.facts, { level: 1, from: 'requested', told: true })
})

test('an approval that fails after the message leaves neither account nor message', async () => {
  const { id } = await requested()
  await assert.rejects(
    decide(async work => {
      await accounts.approve(work, id)
      throw new Error('the line was cut')
    }),
  )
  assert.deepEqual([await stateOf(id), await toldOf(id)], ['1 requested', []])
})

test('a holder without a phone waits for a slip, and the seven days start when it is handed out', async () => {
  const { id } = await approved({ phone: '' })
  assert.deepEqual(
    [(await rowOf(id))?.['notified_at'], (await rowOf(id))?.['activate_by'], await toldOf(id)],
    [null, null, []],
  )
  await decide(work => accounts.noteApprovalNotice(work, id))
  assert.equal((await rowOf(id))?.['activate_by'], '2023-04-27')
})

test('several accounts are approved in one work; an obstacle to one does not stop the others', async () => {
  const [one, other] = [await requested(), await requested()]
  const own = await decide(async work => accounts.request(work, await aPupil(), { level: 1 }))
  const gone = newId<'account'>()
  const outcomes = await decide(work => accounts.approveAll(work, [one.id, own.id, other.id, gone]))
  const of = (id: string) => outcomes.find(found => found.id === id)
  assert.deepEqual([of(one.id)?.outcome, of(other.id)?.outcome], ['approved', 'approved'])
  assert.deepEqual(of(own.id), { id: own.id, outcome: 'refused', code: 'account-own-request' })
  assert.deepEqual(of(gone), { id: gone, outcome: 'refused', code: 'account-unknown' })
  assert.deepEqual(
    [await stateOf(one.id), await stateOf(own.id), await stateOf(other.id)],
    ['1 approved', '1 requested', '1 approved'],
  )
})

test('a refusal takes a listed reason, ends the request and notifies the holder the same day', async () => {
  const { id, holder } = await requested()
  await refusal(
    decide(work => accounts.refuse(work, id, { code: 'because' })),
    'account-refusal-unknown',
  )
  await refusal(
    take(work => accounts.refuse(work, id, { code: 'other' })),
    'account-own-request',
  )
  await refusal(
    decide(work => accounts.refuse(work, id, { code: 'other', note: 'gọi http://a.vn' })),
    'message-unlawful',
  )
  await decide(work => accounts.refuse(work, id, { code: 'phone-not-theirs', note: 'số của người khác nghe máy' }))
  assert.deepEqual([await stateOf(id), await toldOf(id)], ['1 cancelled', ['account-refused']])
  const [message] = await house.owner<{ body: string }>('select body from outreach.message where about_id = $1', [id])
  assert.match(message?.body ?? '', /Dang ky lai bang so dien thoai cua chinh minh/)
  assert.equal((await take(work => accounts.request(work, holder, { level: 1, phone: aPhone() }))).state, 'requested')
})

test('after seven days the holder is notified once, and gets seven more days by calling', async () => {
  const { id } = await approved()
  const [inTime, late] = [on(asDay('2023-04-27')), on(asDay('2023-04-28'))]
  assert.equal(await inTime(work => notifyLapsedHolders(work)), 0, 'the last day is not over')
  await refusal(
    inTime(work => accounts.reopenForActivation(work, id, { how: 'hotline' })),
    'account-reopen-refused',
  )
  assert.ok((await late(work => notifyLapsedHolders(work))) > 0)
  assert.equal(await late(work => notifyLapsedHolders(work)), 0, 'once')
  await refusal(
    late(work => accounts.activate(work, id)),
    'account-activation-over',
  )
  await late(work => accounts.reopenForActivation(work, id, { how: 'hotline' }))
  assert.equal((await rowOf(id))?.['activate_by'], '2023-05-05')
  await late(work => accounts.activate(work, id))
  assert.deepEqual(await toldOf(id), ['account-approved', 'account-activation-lapsed', 'account-approved'])
  assert.deepEqual(await deedsOf(id), [
    'account.requested',
    'account.approved',
    'account.activation-lapsed',
    'account.activation-reopened',
    'account.activated',
  ])
})

test('an account is in the queue of its day: waiting until the last day, lapsed from the next', async () => {
  const [told, bare] = [await approved(), await approved({ phone: '' })]
  const inQueue = (day: string, queue: AccountQueue) =>
    on(asDay(day))(async work => {
      const rows = await list.findQueuePage(work, { queue }, 1000)
      assert.equal((await list.countQueues(work, {})).counts[queue], rows.length)
      return rows.map(({ id }) => id)
    })
  assert.deepEqual(
    [
      (await inQueue('2023-04-27', 'waiting')).includes(told.id),
      (await inQueue('2023-04-27', 'lapsed')).includes(told.id),
    ],
    [true, false],
  )
  assert.deepEqual(
    [
      (await inQueue('2023-04-28', 'waiting')).includes(told.id),
      (await inQueue('2023-04-28', 'lapsed')).includes(told.id),
    ],
    [false, true],
  )
  assert.deepEqual(
    [
      (await inQueue('2023-05-20', 'needs-slip')).includes(bare.id),
      (await inQueue('2023-05-20', 'lapsed')).includes(bare.id),
    ],
    [true, false],
  )
})

test('two simultaneous approvals of one request approve it once', async () => {
  const { id } = await requested()
  const third = await anOfficerOf(house, commune.haKhanh)
  const both = await Promise.allSettled([approver, third].map(who => house.as(who, work => accounts.approve(work, id))))
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  assert.deepEqual(await toldOf(id), ['account-approved'])
})

test('at a session beside an officer a holder activates after the days are over', async () => {
  const { id } = await approved()
  await on(asDay('2023-05-20'))(work => accounts.activate(work, id, { sessionId: newId() }))
  assert.equal(await stateOf(id), '1 activated')
})

test('level 2 is requested with the serial of the holder’s own card; another serial is refused', async () => {
  const holder = await aPupil()
  const cardId = await aCard({ openWork: house.openWork, standing: taker }, holder, 'handed-over')
  const { serial = '' } = (await house.work(work => cards.cardsOf(work, [holder]))).get(holder)?.[0] ?? {}
  const { id } = await activated({ person: holder })
  await refusal(
    take(work => accounts.raiseByCard(work, id, { serial: 'QN0000000' })),
    'account-card-not-shown',
  )
  await take(work => accounts.raiseByCard(work, id, { serial: serial.toLowerCase() }))
  const [raising] = await house.owner<Record<string, unknown>>('select * from accounts.raising where account_id = $1', [
    id,
  ])
  assert.deepEqual([raising?.['proof'], raising?.['card_id'], raising?.['due_on']], ['card', cardId, '2023-04-25'])
  await refusal(
    take(work => accounts.approve(work, id)),
    'account-own-request',
  )
  await decide(work => accounts.approve(work, id))
  assert.equal(await stateOf(id), '2 approved')
  assert.deepEqual((await toldOf(id)).at(-1), 'account-raised')
  assert.deepEqual((await house.work(work => audit.lastDeedOn(work, id)))?.facts, {
    level: 2,
    from: 'activated',
    proof: 'card',
  })
})

test('a refused level 2 request leaves the account in use at level 1', async () => {
  const { id, holder } = await activated()
  await take(work => cards.applyForCard(work, holder, { unitId: taker.unitId }))
  await take(work => accounts.raise(work, id))
  await decide(work => accounts.refuse(work, id, { code: 'data-differ' }))
  assert.deepEqual([await stateOf(id), (await toldOf(id)).at(-1)], ['1 activated', 'account-refused'])
  await take(work => accounts.raise(work, id))
})

test('an account is lowered with a reason, and its holder is notified', async () => {
  const { id } = await activated({ level: 2 })
  await refusal(
    decide(work => accounts.lower(work, id, { reason: ' ' })),
    'account-reason-needed',
  )
  await decide(work => accounts.lower(work, id, { reason: 'người dân đề nghị' }))
  assert.deepEqual([await stateOf(id), (await toldOf(id)).at(-1)], ['1 activated', 'account-lowered'])
  await refusal(
    decide(work => accounts.lower(work, id, { reason: 'lần nữa' })),
    'account-move-refused',
  )
})

test('a phone corrected at the counter, typed twice, notifies the holder and restarts the seven days', async () => {
  const { id } = await approved()
  const next = aPhone()
  await refusal(
    decide(work => accounts.changePhone(work, id, { phone: next, again: aPhone(), proof: 'card' })),
    'account-phones-differ',
  )
  await refusal(
    decide(work => accounts.changePhone(work, id, { phone: '123', again: '123', proof: 'card' })),
    'account-phone-malformed',
  )
  const later = on(asDay('2023-04-25'))
  await later(work => accounts.changePhone(work, id, { phone: next, again: `+84 ${next.slice(1)}`, proof: 'card' }))
  const row = await rowOf(id)
  assert.deepEqual([row?.['phone'], row?.['activate_by']], [`+84${next.slice(1)}`, '2023-05-02'])
  await refusal(
    later(work => accounts.changePhone(work, id, { phone: next, again: next, proof: 'card' })),
    'account-phone-same',
  )
  const sent = await house.owner<{ address: string }>(
    'select address from outreach.message where about_id = $1 order by id',
    [id],
  )
  assert.equal(sent.at(-1)?.address, `+84${next.slice(1)}`)
  const [change] = await house.owner<{ old_phone: string; proof: string }>(
    'select old_phone, proof from accounts.phone_change where account_id = $1',
    [id],
  )
  assert.equal(change?.proof, 'card')
})

test('both phones of an account in use are notified of a change', async () => {
  const { id, phone } = await activated()
  const next = aPhone()
  await decide(work => accounts.changePhone(work, id, { phone: next, again: next, proof: 'face-known' }))
  const sent = await house.owner<{ address: string }>(
    "select address from outreach.message where about_id = $1 and template = 'account-phone-changed' order by address",
    [id],
  )
  assert.deepEqual(sent.map(({ address }) => address).sort(), [next, phone!].map(one => `+84${one.slice(1)}`).sort())
})

test('another account’s phone is refused; since July 2024 its owner gets it and the other is locked', async () => {
  const first = await activated({ person: await aPupil({ commune: commune.quangHanh }) }).catch(() => undefined)
  assert.equal(first, undefined, 'nobody of another district is seen here')
  const stranger = await enter(house, aPerson({ commune: commune.quangHanh }))
  const phone = aPhone()
  const theirs = await house.as(elsewhere, work => accounts.request(work, stranger, { level: 1, phone }))
  await house.work(work => accounts.approve(work, theirs.id))
  const { id } = await activated()
  const claim = { phone, again: phone, proof: 'card' as const }
  assert.deepEqual(
    await refusal(
      decide(work => accounts.changePhone(work, id, claim)),
      'account-phone-taken',
    ),
    {},
  )
  await refusal(
    decide(work => accounts.changePhone(work, id, { ...claim, ownsNumber: true })),
    'account-phone-taken',
  )

  await on(asDay('2024-07-01'))(work => accounts.changePhone(work, id, { ...claim, ownsNumber: true }))
  const [mine, other] = [await rowOf(id), await rowOf(theirs.id)]
  assert.deepEqual(
    [mine?.['phone'], other?.['phone'], other?.['state'], other?.['locked_for']],
    [`+84${phone.slice(1)}`, null, 'locked', 'phone-owner'],
  )
  await refusal(
    house.as(elsewhere, work => accounts.unlock(work, theirs.id)),
    'account-unlock-not-yet',
  )
})

test('since July 2024 a parent with an activated level 2 account requests a child’s account', async () => {
  const law = on(asDay('2024-07-01'))
  const motherRow = aPerson({ bornOn: '1985-03-15', sex: 'F', name: 'Lê Thị Bình' })
  const [mother, stranger] = [await enter(house, motherRow), await aPupil({ bornOn: '1985-03-15' })]
  const child = await aPupil({
    bornOn: '2014-07-02',
    mother_number: motherRow.person_number,
    mother_name: motherRow.full_name,
  })
  await law(work => cards.applyForCard(work, mother, { unitId: taker.unitId }))
  await law(work => cards.applyForCard(work, child, { unitId: taker.unitId }))
  const asking = (representativeId: Id<'person'> | undefined) =>
    law(work => accounts.request(work, child, { level: 2, representativeId }))
  await refusal(asking(undefined), 'account-representative-needed')
  await refusal(asking(mother), 'account-representative-no-account')
  const phone = aPhone()
  const hers = await take(work => accounts.request(work, mother, { level: 2, phone }))
  await decide(work => accounts.approve(work, hers.id))
  await decide(work => accounts.activate(work, hers.id))
  await refusal(asking(stranger), 'account-representative-not-kin')
  const { id } = await asking(mother)
  const row = await rowOf(id)
  assert.deepEqual([row?.['phone'], row?.['representative_id']], [`+84${phone.slice(1)}`, mother])

  const next = aPhone()
  await decide(work => accounts.changePhone(work, hers.id, { phone: next, again: next, proof: 'card' }))
  assert.equal((await rowOf(id))?.['phone'], `+84${next.slice(1)}`, 'the child’s goes with hers')
  await refusal(
    law(work => accounts.changeRepresentative(work, id, { representativeId: stranger })),
    'account-representative-not-kin',
  )
  await house.work(work =>
    accounts.removeDeadRepresentative(work, {
      id: newId(),
      deed: 'person.died',
      subject: { kind: 'person', id: mother, personId: mother },
      facts: {},
    }),
  )
  const orphaned = await rowOf(id)
  assert.deepEqual(
    [orphaned?.['phone'], orphaned?.['representative_id'], orphaned?.['state']],
    [null, null, 'requested'],
  )
  await law(work => accounts.changeRepresentative(work, id, { representativeId: mother }))
  assert.equal((await rowOf(id))?.['phone'], `+84${next.slice(1)}`)
})

test('an agency’s demand is forwarded in one working day and decided in two more, a holder’s in two', () => {
  assert.deepEqual(demandDue('agency', asDay('2023-04-27'), builtInLaw), {
    forwardBy: '2023-04-28',
    decideBy: '2023-05-05',
  })
  assert.deepEqual(demandDue('holder', asDay('2023-04-27'), builtInLaw), { decideBy: '2023-05-04' })
})

test('an officer of another district may neither approve, refuse nor change an account', async () => {
  const { id } = await requested()
  for (const verb of [
    (work: Work) => accounts.approve(work, id),
    (work: Work) => accounts.refuse(work, id, { code: 'other' }),
    (work: Work) => accounts.changePhone(work, id, { phone: '0911111111', again: '0911111111', proof: 'card' }),
    (work: Work) => accounts.lockLostDevice(work, id, { how: 'counter' }),
  ])
    await refusal(house.as(elsewhere, verb), 'account-unknown')
})
