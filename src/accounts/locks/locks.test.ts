import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { aCard } from '../../../test/a-card.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as audit from '../../audit/audit.ts'
import * as cards from '../../cards/cards.ts'
import { consequences } from '../../consequences.ts'
import * as outreach from '../../outreach/outreach.ts'
import { asDay, type Day } from '../../platform/day.ts'
import { asSystem, makeOpenWork, type Work } from '../../platform/work.ts'
import type { PersonId } from '../../register/register.ts'
import * as accounts from '../accounts.ts'
import { gravestReason, lockKinds, lockReasons } from '../lock.ts'
import { answersSuffice } from './caller-identity.ts'
import { lockExpiredCardHolders } from './locks-from-card-and-death.ts'

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const receiver = await anOfficerOf(house, commune.haKhanh)
const decider = await anOfficerOf(house, commune.haKhanh)
const receive = <T>(verb: (work: Work) => Promise<T>) => house.as(receiver, verb)
const decide = <T>(verb: (work: Work) => Promise<T>) => house.as(decider, verb)
const newLaw = asDay('2024-07-01')
const on =
  (day: Day, standing = decider) =>
  <T>(verb: (work: Work) => Promise<T>) =>
    makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => day })(standing, verb)

let phones = 0
const aPhone = () => {
  phones += 1
  return `0933${String(phones).padStart(6, '0')}`
}

/** Somebody with a card in the hand and an activated account of level 2. */
async function aHolder(given: Parameters<typeof aPerson>[0] = {}) {
  const holder = await enter(house, aPerson(given))
  const card = await aCard({ openWork: house.openWork, standing: receiver }, holder, 'handed-over')
  const phone = aPhone()
  const { id } = await receive(work => accounts.request(work, holder, { level: 2, phone }))
  await decide(work => accounts.approve(work, id))
  await decide(work => accounts.activate(work, id))
  return { holder, id, phone, card }
}
const rowOf = async (id: string) =>
  (
    await house.owner<{ state: string; level: number; locked_for: string | null }>(
      'select * from accounts.account where id = $1',
      [id],
    )
  )[0]
const stands = async (id: string) => {
  const row = await rowOf(id)
  return row?.state === 'locked' ? `locked ${row.locked_for}` : `${row?.level} ${row?.state}`
}
const lastTold = async (id: string) =>
  (await house.work(work => outreach.messagesAbout(work, { kind: 'account', id })))[0]?.template

test('each lock reason names who locks and what unlocking requires; the gravest of several is shown', () => {
  assert.deepEqual(Object.keys(lockKinds).sort(), [...lockReasons].sort())
  assert.equal(gravestReason(['holder', 'agency', 'lost-device']), 'agency')
  assert.equal(gravestReason([]), undefined)
})

test('an account locked for two reasons is usable again when both have ended', async () => {
  const { id } = await aHolder()
  await receive(work => accounts.lock(work, id, { reason: 'người dân đề nghị' }))
  assert.deepEqual([await stands(id), await lastTold(id)], ['locked holder', 'account-locked'])
  await refusal(
    receive(work => accounts.lock(work, id, { reason: 'lần nữa' })),
    'account-locked-so',
  )
  const asked = {
    kind: 'lock',
    askedBy: 'agency',
    agency: 'Cơ quan điều tra',
    document: '12/YC',
    reason: 'vụ án',
  } as const
  const one = await receive(work => accounts.receiveDemand(work, id, asked))
  await receive(work => accounts.passOnDemand(work, one.id))
  await decide(work => accounts.decideDemand(work, one.id, { outcome: 'granted' }))
  assert.equal(await stands(id), 'locked agency')

  // The holder's word does not end what an agency asked for.
  const plea = await receive(work =>
    accounts.receiveDemand(work, id, { kind: 'unlock', askedBy: 'holder', reason: 'đã tìm thấy máy' }),
  )
  assert.deepEqual(
    await refusal(
      decide(work => accounts.decideDemand(work, plea.id, { outcome: 'granted' })),
      'account-unlock-not-yet',
    ),
    { needs: ['agency'] },
  )
  await decide(work =>
    accounts.decideDemand(work, plea.id, { outcome: 'refused', answer: 'Còn khóa theo đề nghị của cơ quan điều tra' }),
  )
  const lift = await receive(work => accounts.receiveDemand(work, id, { ...asked, kind: 'unlock', document: '13/YC' }))
  await receive(work => accounts.passOnDemand(work, lift.id))
  await decide(work => accounts.decideDemand(work, lift.id, { outcome: 'granted' }))
  assert.equal(await stands(id), 'locked holder')
  await decide(work => accounts.unlock(work, id))
  assert.deepEqual([await stands(id), await lastTold(id)], ['2 activated', 'account-unlocked'])
})

test('an agency’s lock stands until that same agency lifts it (NĐ69 Art. 15)', async () => {
  const { id } = await aHolder()
  const granted = async (kind: 'lock' | 'unlock', agency: string, askedBy: 'agency' | 'service' = 'agency') => {
    const one = await receive(work =>
      accounts.receiveDemand(work, id, { kind, askedBy, agency, document: '01', reason: 'vụ án' }),
    )
    await receive(work => accounts.passOnDemand(work, one.id))
    return decide(work => accounts.decideDemand(work, one.id, { outcome: 'granted' }))
  }
  // Both wait at once; neither stands in the other's way.
  const [court, office] = ['Tòa án nhân dân thành phố Hạ Long', 'Viện kiểm sát nhân dân tỉnh']
  const waiting = await receive(work =>
    accounts.receiveDemand(work, id, {
      kind: 'lock',
      askedBy: 'agency',
      agency: office,
      document: '02',
      reason: 'vụ án',
    }),
  )
  await granted('lock', court)
  await receive(work => accounts.passOnDemand(work, waiting.id))
  await decide(work => accounts.decideDemand(work, waiting.id, { outcome: 'granted' }))
  await refusal(granted('lock', `  TÒA ÁN nhân dân  thành phố Hạ Long`), 'account-locked-so')

  assert.deepEqual(await refusal(granted('unlock', 'Ngân hàng', 'service'), 'account-unlock-not-yet'), {
    needs: ['agency'],
  })
  await granted('unlock', court)
  assert.equal(await stands(id), 'locked agency', 'the other’s stands')
  await refusal(granted('unlock', court), 'account-unlock-not-yet')
  await granted('unlock', office)
  assert.equal(await stands(id), '2 activated')
})

test('an agency’s demand names agency and document, is forwarded, and is decided by another officer', async () => {
  const { id } = await aHolder()
  const asking = { kind: 'lock', askedBy: 'agency', reason: 'vụ án' } as const
  await refusal(
    receive(work => accounts.receiveDemand(work, id, asking)),
    'account-agency-needed',
  )
  const whole = { ...asking, agency: 'Tòa án', document: '01/TA' }
  const one = await receive(work => accounts.receiveDemand(work, id, whole))
  assert.deepEqual([one.forwardBy, one.decideBy], ['2023-04-21', '2023-04-25'])
  await refusal(
    receive(work => accounts.receiveDemand(work, id, whole)),
    'account-demand-open',
  )
  await refusal(
    decide(work => accounts.decideDemand(work, one.id, { outcome: 'granted' })),
    'account-demand-not-forwarded',
  )
  const sent = await receive(work => accounts.passOnDemand(work, one.id))
  assert.equal(sent.decideBy, '2023-04-24')
  await refusal(
    receive(work => accounts.passOnDemand(work, one.id)),
    'account-demand-decided',
  )
  await refusal(
    receive(work => accounts.decideDemand(work, one.id, { outcome: 'granted' })),
    'account-own-request',
  )
  await refusal(
    decide(work => accounts.decideDemand(work, one.id, { outcome: 'refused' })),
    'account-reason-needed',
  )
  await decide(work => accounts.decideDemand(work, one.id, { outcome: 'refused', answer: 'Văn bản không có dấu' }))
  assert.equal(await stands(id), '2 activated')
  await refusal(
    decide(work => accounts.decideDemand(work, one.id, { outcome: 'granted' })),
    'account-demand-decided',
  )
})

test('an unlock is decided within two working days; a refusal goes to the holder in writing', async () => {
  const { id } = await aHolder()
  await receive(work => accounts.lockLostDevice(work, id, { how: 'counter' }))
  const plea = await receive(work =>
    accounts.receiveDemand(work, id, { kind: 'unlock', askedBy: 'holder', reason: 'đã tìm thấy máy' }),
  )
  assert.equal(plea.decideBy, '2023-04-24')
  await decide(work =>
    accounts.decideDemand(work, plea.id, { outcome: 'refused', answer: 'Chưa xác minh được người đề nghị' }),
  )
  assert.deepEqual([await stands(id), await lastTold(id)], ['locked lost-device', 'account-unlock-refused'])
})

test('a caller who lost a device is believed with birth date, one more fact and no wrong answer', async () => {
  assert.equal(answersSuffice(['birth-date'], []), false)
  assert.equal(answersSuffice(['phone', 'card-issued-on'], []), false)
  assert.equal(answersSuffice(['birth-date', 'phone'], ['card-issued-on']), false)
  const { id, phone } = await aHolder()
  const say = (told: object) => receive(work => accounts.lockLostDevice(work, id, { how: 'hotline', told }))
  for (const told of [
    {},
    { birthDate: '2005-03-15' },
    { birthDate: '2005-03-16', phone },
    { birthDate: '2005-03-15', phone: aPhone() },
    { birthDate: '2005-03-15', phone, cardIssuedOn: '2001-01-01' },
  ])
    assert.deepEqual(await refusal(say(told), 'account-caller-unknown'), {})
  await say({ birthDate: '2005-03-15', phone })
  assert.equal(await stands(id), 'locked lost-device')
  const deed = (await house.work(work => audit.deedsOf(work, id))).find(one => one.deed === 'account.locked')
  assert.deepEqual(deed?.facts, {
    level: 2,
    from: 'activated',
    for: 'lost-device',
    how: 'hotline',
    knew: ['birth-date', 'phone'],
  })
})

test('a lost device’s authenticator app opens nothing any more; the passcode still does', async () => {
  const { holder: personId, id } = await aHolder()
  const account = { personId, accountId: id } as Parameters<typeof accounts.offerTotp>[1]
  const { secret } = await house.work(work => accounts.offerTotp(work, account))
  const app = new TOTP({ secret: Secret.fromBase32(secret) })
  assert.equal(await accounts.confirmTotp(house.openWork, account, app.generate()), 'right')
  await receive(work => accounts.lockLostDevice(work, id, { how: 'counter' }))
  const plea = await receive(work =>
    accounts.receiveDemand(work, id, { kind: 'unlock', askedBy: 'holder', reason: 'đã mua máy khác' }),
  )
  await decide(work => accounts.decideDemand(work, plea.id, { outcome: 'granted' }))
  assert.equal(await stands(id), '2 activated')
  assert.equal(
    await accounts.checkTotp(house.openWork, account, app.generate({ timestamp: Date.now() + 30_000 })),
    'wrong',
  )
  const removed = (await house.work(work => audit.deedsOf(work, id))).filter(({ deed }) => deed === 'factor.removed')
  assert.equal(removed.length, 1)
})

test('a revoked card locks the account (NĐ59 Art. 19); in 2023 the holder has to request the unlock', async () => {
  const { id, card, holder } = await aHolder()
  await decide(work => cards.revokeCard(work, card, { code: 'damaged' }))
  assert.deepEqual([await stands(id), await lastTold(id)], ['locked card-revoked', 'account-locked'])
  assert.deepEqual(
    await refusal(
      decide(work => accounts.unlock(work, id)),
      'account-unlock-not-yet',
    ),
    { needs: ['card-in-hand'] },
  )
  await aCard({ openWork: house.openWork, standing: receiver }, holder, 'handed-over')
  assert.equal(await stands(id), 'locked card-revoked')
  await decide(work => accounts.unlock(work, id))
  assert.equal(await stands(id), '2 activated')
})

test('since July 2024 a new card lifts only the lock of the old card (NĐ69 Art. 15)', async () => {
  const [one, other] = [await aHolder(), await aHolder()]
  for (const { id, card } of [one, other]) {
    await decide(work => cards.revokeCard(work, card, { code: 'damaged' }))
    if (id === other.id) await receive(work => accounts.lockLostDevice(work, id, { how: 'counter' }))
  }
  const openWork = makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => newLaw })
  for (const { holder } of [one, other]) await aCard({ openWork, standing: receiver }, holder, 'handed-over')
  assert.deepEqual([await stands(one.id), await stands(other.id)], ['2 activated', 'locked lost-device'])
})

test('a card that was never handed over, or whose successor was, locks nothing', async () => {
  const { id, holder } = await aHolder()
  const openWork = house.openWork
  const { id: second } = await receive(work =>
    cards.applyForCard(work, holder, { unitId: receiver.unitId, kind: 're-issue' }),
  )
  await receive(work => cards.cancelCard(work, second, { code: 'withdrawn' }))
  assert.equal(await stands(id), '2 activated')
  const pupil = await enter(house, aPerson())
  const produced = await aCard({ openWork, standing: receiver }, pupil, 'produced')
  const { id: theirs } = await receive(work => accounts.request(work, pupil, { level: 2, phone: aPhone() }))
  await decide(work => accounts.approve(work, theirs))
  await decide(work => cards.revokeCard(work, produced, { code: 'misprinted' }))
  assert.equal(await stands(theirs), '2 approved')
})

test('an expired card leaves the account as it is in 2023, and locks it since July 2024', async () => {
  const { id, card } = await aHolder()
  await house.owner("update cards.card set expires_on = '2023-04-19', issued_on = '2015-04-19' where id = $1", [card])
  await house.as(asSystem('account'), work => lockExpiredCardHolders(work))
  assert.equal(await stands(id), '2 activated')
  await on(newLaw, { ...asSystem('account'), unitId: decider.unitId } as typeof decider)(work =>
    lockExpiredCardHolders(work),
  )
  assert.equal(await stands(id), 'locked card-expired')
})

test('a failed card application refuses its account request, and lowers an account based on it alone', async () => {
  const both = await Promise.all(
    [1, 2].map(async () => {
      const holder = await enter(house, aPerson())
      const card = await receive(work => cards.applyForCard(work, holder, { unitId: receiver.unitId }))
      const { id } = await receive(work => accounts.request(work, holder, { level: 2, phone: aPhone() }))
      return { id, card: card.id }
    }),
  )
  const [waiting, inUse] = both as [(typeof both)[0], (typeof both)[0]]
  await decide(work => accounts.approve(work, inUse.id))
  for (const { card } of both) await receive(work => cards.cancelCard(work, card, { code: 'refused' }))
  assert.deepEqual([await stands(waiting.id), await lastTold(waiting.id)], ['2 cancelled', 'account-refused'])
  assert.deepEqual([await stands(inUse.id), await lastTold(inUse.id)], ['1 approved', 'account-lowered'])
})

test('a dead holder’s account is locked without a message, and a mere request ends', async () => {
  const { id, holder } = await aHolder()
  const pupil = await enter(house, aPerson())
  const { id: asked } = await receive(work => accounts.request(work, pupil, { level: 1, phone: aPhone() }))
  const die = (personId: PersonId) =>
    house.work(async work => {
      await work.tx
        .updateTable('register.person')
        .set({ life_status: 'dead' })
        .where('person_id', '=', personId)
        .execute()
      await audit.record(work, 'person.died', { kind: 'person', id: personId, personId })
    })
  const before = await lastTold(id)
  await die(holder)
  await die(pupil)
  assert.deepEqual([await stands(id), await stands(asked), await lastTold(id)], ['locked death', '1 cancelled', before])
  assert.deepEqual(
    await refusal(
      decide(work => accounts.unlock(work, id)),
      'account-unlock-not-yet',
    ),
    { needs: ['alive', 'card-in-hand'] },
  )
})

test('a level 2 request lapses when the account is locked', async () => {
  const holder = await enter(house, aPerson())
  await receive(work => cards.applyForCard(work, holder, { unitId: receiver.unitId }))
  const { id } = await receive(work => accounts.request(work, holder, { level: 1, phone: aPhone() }))
  await decide(work => accounts.approve(work, id))
  await receive(work => accounts.raise(work, id))
  await receive(work => accounts.lock(work, id, { reason: 'người dân đề nghị' }))
  await refusal(
    decide(work => accounts.approve(work, id)),
    'account-move-refused',
  )
  const [raising] = await house.owner<{ outcome: string }>(
    'select outcome from accounts.raising where account_id = $1',
    [id],
  )
  assert.equal(raising?.outcome, 'lapsed')
})
