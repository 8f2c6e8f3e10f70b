import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AnAccount,
  anActivatedAccount,
  anApprovedAccount,
  aPhoneInHand,
  holderOf,
  wrongCode,
} from '../../../test/an-account.ts'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { businessDay, openHouse, type TestHouse } from '../../../test/house.ts'
import { refusal } from '../../../test/planned-ward.ts'
import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import { addDays, asDay } from '../../platform/day.ts'
import { newToken } from '../../platform/http/cookie-tokens.ts'
import { newId } from '../../platform/ids.ts'
import { lawRowsOf } from '../../platform/law.ts'
import { makeOpenWork } from '../../platform/work.ts'
import * as accounts from '../accounts.ts'
import { wrongDataEndSlip } from '../law.ts'
import { approveSlip } from '../slips/approval.ts'
import { printSlips } from '../slips/slips.ts'
import * as activation from './activation.ts'
import { beginBySlip } from './by-slip.ts'
import { showDeviceCode, takeUpDevice } from './device-taken-up.ts'
import { beginPasscodeReset } from './forgotten-passcode.ts'
import { confirmAsGuardian } from './guardian.ts'

const house = await openHouse({ withUnits: true })
const inHand = aPhoneInHand(house)
const officer = await anOfficerOf(house, commune.haKhanh)

let places = 0
const aBrowser = (given: Partial<activation.ActivationBrowser> = {}): activation.ActivationBrowser => ({
  device: newToken(),
  address: `10.20.${Math.floor(++places / 250)}.${places % 250}`,
  name: 'test',
  ...given,
})
const wait = (seconds: number) =>
  house.owner(
    `update accounts.slowdown
      set free_at = free_at - make_interval(secs => $1), failed_at = failed_at - make_interval(secs => $1)`,
    [seconds],
  )

async function begun(outcome: Promise<{ outcome: string; token?: string }>): Promise<string> {
  const { outcome: said, token } = await outcome
  return token ?? assert.fail(`not begun: ${said}`)
}
const begin = ({ number, phone }: Pick<AnAccount, 'number' | 'phone'>, browser = aBrowser()) =>
  begun(activation.beginActivation(house.openWork, { number, phoneEnd: phone.slice(-3), browser }))
const stepOf = async (token: string) => {
  const where = await activation.findProgress(house.openWork, token)
  return where && [where.step, where.why].filter(Boolean).join(' ')
}
/** Begins by message and gives the number that came. */
async function proven(account: AnAccount, browser = aBrowser()): Promise<string> {
  const token = await begin(account, browser)
  const given = await activation.enterCode(house.openWork, token, await inHand.codeTo(account.phone))
  return given.outcome === 'right' ? given.token : assert.fail(given.outcome)
}
const funnelOf = async ({ accountId }: AnAccount) =>
  (
    await house.owner<{ step: string; why: string | null }>(
      'select step, why from accounts.published_activation_step where account_id = $1 order by at, step',
      [accountId],
    )
  )
    .map(({ step, why }) => [step, why].filter(Boolean).join(' '))
    .sort()
const choose = (token: string, passcode = '730164', browser = aBrowser()) =>
  activation.choosePasscode(house.openWork, token, { passcode, browser })
const slipFor = async ({ accountId }: AnAccount) =>
  (await house.as(officer, work => printSlips(work, [accountId])))[0]?.secret ?? assert.fail('no slip')
const another = await anOfficerOf(house, commune.haKhanh)
const approvedByAnother = async ({ accountId }: AnAccount) => {
  const [reset] = await house.owner<{ id: string }>(
    'select slip_id as id from accounts.slip_reset where account_id = $1 and ended_at is null',
    [accountId],
  )
  await house.as(another, work => approveSlip(work, accountId, reset?.id ?? assert.fail('no slip to approve')))
}
const bornText = (day: string) => day.split('-').reverse().join('/')
const bySlip = (secret: string, { number, bornOn }: AnAccount, address = aBrowser().address) =>
  beginBySlip(house.openWork, { secret, number, bornOn: bornText(bornOn), address })

test('a holder activates by message: passcode, device and activation in one transaction, then ten codes', async () => {
  const account = await anApprovedAccount(house)
  const browser = aBrowser()
  const token = await proven(account, browser)
  assert.deepEqual(await choose(token, '123456', browser), { outcome: 'refused', why: 'passcode-sequence' })
  assert.deepEqual(await choose(token, '730164', browser), { outcome: 'kept' })
  const holder = await holderOf(house, account)
  assert.deepEqual([holder.state, holder.factors.passcode], ['activated', true])
  assert.equal(await house.work(work => accounts.isKnownDevice(work, account, browser.device)), true)
  const codes = await activation.showRecoveryCodes(house.openWork, token)
  assert.equal(codes?.length, 10)
  assert.equal(await activation.finishActivation(house.openWork, token), true)
  assert.equal(await stepOf(token), undefined, 'the token is worth nothing more')
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number: account.number }, '730164', { address: '10.1.1.1' }))
      .outcome,
    'right',
  )
  assert.deepEqual(await funnelOf(account), [
    'activated',
    'began',
    'code-right',
    'code-sent',
    'codes-shown',
    'done',
    'passcode-kept',
  ])
  const deeds = (await house.work(work => audit.deedsOf(work, account.accountId))).map(({ deed }) => deed)
  for (const deed of ['passcode.set', 'account.activated', 'device.known']) assert.ok(deeds.includes(deed), deed)
})

test('an activation resumes after the server was killed between two steps', async () => {
  const account = await anApprovedAccount(house)
  const browser = aBrowser()
  const old = await begin(account, browser)
  assert.equal(await stepOf(old), 'code-sent')
  const code = await inHand.codeTo(account.phone)
  // The answer to this one never arrived: the browser still has its former token, and sends the same form again.
  await activation.enterCode(house.openWork, old, code)
  assert.equal(
    (await activation.enterCode(house.openWork, old, wrongCode(code))).outcome,
    'gone',
    'the twin with another number',
  )
  const given = await activation.enterCode(house.openWork, old, code)
  const token = given.outcome === 'right' ? given.token : assert.fail(given.outcome)
  assert.equal(await stepOf(token), 'code-right')

  await choose(token, '730164', browser)
  assert.deepEqual(await choose(token, '860291', browser), { outcome: 'kept' }, 'the same form again changes nothing')
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number: account.number }, '730164', { address: '10.1.1.2' }))
      .outcome,
    'right',
  )
  const lost = await activation.showRecoveryCodes(house.openWork, token)
  const seen = await activation.showRecoveryCodes(house.openWork, token)
  assert.equal(await accounts.checkRecoveryCode(house.openWork, account, lost?.[0] ?? ''), 'wrong')
  assert.equal(await accounts.checkRecoveryCode(house.openWork, account, seen?.[0] ?? ''), 'right')
})

test('a failure while the passcode is stored leaves no passcode, no activation and no used slip', async () => {
  const account = await anApprovedAccount(house)
  const secret = await slipFor(account)
  const token = await begun(bySlip(secret, account))
  await house.owner(`create function accounts.fails() returns trigger language plpgsql as $$ begin raise 'killed'; end
      $$;
    create trigger fails before insert on accounts.device for each row execute function accounts.fails()`)
  await assert.rejects(choose(token), /killed/)
  await house.owner('drop trigger fails on accounts.device; drop function accounts.fails()')
  assert.deepEqual(
    [(await holderOf(house, account)).state, (await holderOf(house, account)).factors.passcode, await stepOf(token)],
    ['approved', false, 'code-right'],
  )
  assert.deepEqual(await choose(token), { outcome: 'kept' })
})

test('an unknown number and phone get the same pages as known ones, up to the last reachable step', async () => {
  const account = await anApprovedAccount(house)
  const course = async (number: string, phone: string) => {
    const browser = aBrowser()
    const token = await begin({ number, phone }, browser)
    const seen: unknown[] = [await stepOf(token), await activation.resendCode(house.openWork, token, browser)]
    for (let i = 0; i < 6; i++) seen.push((await activation.enterCode(house.openWork, token, 'x')).outcome)
    await wait(61)
    seen.push(
      await activation.resendCode(house.openWork, token, browser),
      (await activation.enterCode(house.openWork, token, 'x')).outcome,
    )
    const again = await begin({ number, phone }, browser)
    seen.push(await stepOf(again), await activation.resendCode(house.openWork, again, browser))
    return seen
  }
  const somebody = await course(account.number, account.phone)
  assert.deepEqual(somebody.slice(0, 8), [
    'code-sent',
    { outcome: 'slowed', seconds: 60 },
    'wrong',
    'wrong',
    'wrong',
    'wrong',
    'over',
    'over',
  ])
  assert.deepEqual(await course('022205999998', '0912000111'), somebody)
  const other = await anApprovedAccount(house)
  assert.deepEqual(
    await course(other.number, `09${(Number(other.phone.slice(-3)) + 1) % 1000}`.padStart(10, '0')),
    somebody,
    'another phone',
  )
  assert.deepEqual(await inHand.textsTo(other.phone), [])
  assert.deepEqual(await funnelOf(other), ['began', 'stopped wrong-phone'])
  const rows = await house.owner(
    `select from accounts.activation a left join accounts.account c on c.person_id = a.person_id
      where c.id is null and a.account_id is not null`,
  )
  assert.equal(rows.length, 0)
})

test('the funnel counts an account without a phone; the page does not reveal it', async () => {
  const account = await anApprovedAccount(house, { phone: '' })
  const token = await begin({ number: account.number, phone: '0912000999' })
  assert.equal(await stepOf(token), 'code-sent')
  assert.deepEqual(await funnelOf(account), ['began', 'stopped no-phone'])
})

test('the status of an account is sent only to its phone', async () => {
  const activated = await anActivatedAccount(house)
  assert.equal(await stepOf(await proven(activated)), 'stopped activated')
  const locked = await anApprovedAccount(house)
  await house.work(work => accounts.lock(work, locked.accountId, { reason: 'asked' }))
  assert.equal(await stepOf(await proven(locked)), 'stopped locked')
  const late = await anApprovedAccount(house)
  await house.owner('alter table accounts.account add column if not exists activate_by date')
  await house.owner(`update accounts.account set activate_by = '2023-04-19' where id = $1`, [late.accountId])
  const token = await proven(late)
  assert.equal(await stepOf(token), 'stopped too-late-hotline')
  assert.deepEqual(await choose(token), { outcome: 'gone' })
  assert.ok((await funnelOf(late)).includes('stopped too-late-hotline'))
  await house.owner(`update accounts.account set activate_by = '2023-04-20' where id = $1`, [late.accountId])
  await wait(3600)
  assert.equal(await stepOf(await proven(late)), 'code-right', 'opened again')
})

test('the holder of an account activated elsewhere chooses a passcode here as if activating it', async () => {
  const account = await anApprovedAccount(house)
  await house.work(work => accounts.activate(work, account.accountId))
  assert.deepEqual(await choose(await proven(account)), { outcome: 'kept' })
  assert.equal((await holderOf(house, account)).factors.passcode, true)
  assert.ok(!(await funnelOf(account)).includes('activated'))
  await wait(3600)
  assert.equal(await stepOf(await proven(account)), 'stopped activated', 'and once only')
})

test('a token that was planted or seen before the right code is worthless afterwards', async () => {
  const account = await anApprovedAccount(house)
  const planted = newToken()
  assert.equal(await stepOf(planted), undefined, 'a token that the house did not draw is none')
  const before = await begin(account)
  const given = await activation.enterCode(house.openWork, before, await inHand.codeTo(account.phone))
  assert.ok(given.outcome === 'right' && given.token !== before)
  assert.deepEqual(
    [await stepOf(before), (await choose(before)).outcome, await activation.showRecoveryCodes(house.openWork, before)],
    [undefined, 'gone', undefined],
  )
})

test('the server refuses a step before the step it depends on', async () => {
  const account = await anApprovedAccount(house)
  const token = await begin(account)
  assert.deepEqual(
    [
      (await choose(token)).outcome,
      await activation.showRecoveryCodes(house.openWork, token),
      await activation.finishActivation(house.openWork, token),
    ],
    ['gone', undefined, false],
  )
})

test('of two simultaneous passcode choices in one attempt, one is stored', async () => {
  const account = await anApprovedAccount(house)
  const token = await proven(account)
  const both = await Promise.all([choose(token, '730164'), choose(token, '860291')])
  assert.deepEqual(
    both.map(({ outcome }) => outcome),
    ['kept', 'kept'],
  )
  const right = await Promise.all(
    ['730164', '860291'].map(passcode =>
      accounts.checkPasscode(house.openWork, { number: account.number }, passcode, { address: aBrowser().address }),
    ),
  )
  assert.deepEqual(right.map(({ outcome }) => outcome).sort(), ['right', 'wrong'])
  const set = (await house.work(work => audit.deedsOf(work, account.accountId))).filter(
    ({ deed }) => deed === 'passcode.set',
  )
  assert.equal(set.length, 1)
})

test('an officer’s browser activates no account, and the funnel counts the refusal', async () => {
  const account = await anApprovedAccount(house)
  const browser = aBrowser()
  const token = await proven(account, browser)
  await house.owner(
    `insert into staff.officer (id, login, full_name, unit_id, added_at) values ($1, 'can.bo', 'Cán Bộ', $2, now())`,
    [officer.by.id, officer.unitId],
  )
  await house.owner(
    'insert into staff.device_officer (device_hash, officer_id, signed_in_at) values (sha256($1::bytea), $2, now())',
    [browser.device, officer.by.id],
  )
  assert.equal(await activation.findForeignBrowser(house.openWork, browser), 'officer-device')
  assert.deepEqual(await choose(token, '730164', browser), { outcome: 'stopped', why: 'officer-device' })
  assert.equal((await holderOf(house, account)).state, 'approved')
  assert.ok((await funnelOf(account)).includes('stopped officer-device'))
})

test('the phone on which a neighbour has the list of their group open activates no account of a resident', async () => {
  const account = await anApprovedAccount(house)
  const [neighbours, residents] = [aBrowser(), aBrowser()]
  const token = await proven(account, neighbours)
  const group = { kind: 'group', subjectId: newId(), label: 'Tổ khu 3', holder: 'Anh Mạnh' } as const
  const until = addDays(businessDay, 30)
  const link = await house.as(officer, work =>
    accessLinks.issueLink(work, { ...group, unitId: officer.unitId, until, pin: { generated: true } }),
  )
  const caller = { device: neighbours.device }
  const opened = await accessLinks.openWithPin(house.openWork, { ...link, kind: 'group', pin: link.pin ?? '', caller })
  assert.equal(opened.outcome, 'opened')
  const asked = (of = neighbours) => activation.findForeignBrowser(house.openWork, of)
  assert.deepEqual([await asked(), await asked(residents)], ['helper-device', undefined])
  assert.deepEqual(await choose(token, '730164', neighbours), { outcome: 'stopped', why: 'helper-device' })
  assert.equal((await holderOf(house, account)).state, 'approved')
  const moved = await anActivatedAccount(house)
  const code = { number: moved.number, passcode: '730164', proof: '123456', browser: neighbours }
  assert.deepEqual(await takeUpDevice(house.openWork, code), { outcome: 'helper-device' })

  await house.as(officer, work => accessLinks.revokeLink(work, link.id))
  assert.equal(await asked(), undefined)
})

test('a holder without messages activates by slip, number and birth date, which then spends the slip', async () => {
  const account = await anApprovedAccount(house)
  await activation.noteMissingMessage(house.openWork, await begin(account))
  const secret = await slipFor(account)
  const interrupted = await begun(bySlip(secret, account))
  assert.equal(await stepOf(interrupted), 'code-right')
  const token = await begun(bySlip(secret.toLowerCase().replaceAll('-', ''), account))
  assert.deepEqual(await choose(token), { outcome: 'kept' })
  assert.deepEqual(await choose(interrupted), { outcome: 'stopped', why: 'activated' })
  assert.equal((await bySlip(secret, account)).outcome, 'wrong', 'replayed')
  assert.ok((await funnelOf(account)).includes('stopped no-sms'))
})

test('of two simultaneous uses of one slip, exactly one activates', async () => {
  const account = await anApprovedAccount(house)
  const secret = await slipFor(account)
  const tokens = await Promise.all([1, 2, 3].map(() => begun(bySlip(secret, account))))
  const outcomes = await Promise.all(tokens.map(token => choose(token)))
  assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ['kept', 'stopped', 'stopped'])
})

test('a slip alone opens nothing; five wrong entries end it, and the page does not say what was wrong', async () => {
  const [account, other] = [await anApprovedAccount(house), await anApprovedAccount(house, { bornOn: '2005-07-01' })]
  const secret = await slipFor(account)
  assert.deepEqual(await bySlip(secret, other), { outcome: 'wrong' })
  assert.deepEqual(await bySlip(secret, { ...account, bornOn: '2005-03-16' }), { outcome: 'wrong' })
  assert.deepEqual(await bySlip('0000-0000-0000-0000', account), { outcome: 'wrong' })
  assert.deepEqual(await bySlip('not a code', account), { outcome: 'wrong' })
  for (let i = 0; i < 2; i++) await bySlip(secret, other)
  const fourth = await begun(bySlip(secret, account))
  assert.ok(fourth, 'four mistakes leave it')
  await bySlip(secret, other)
  assert.deepEqual(await bySlip(secret, account), { outcome: 'wrong' }, 'the fifth ended it')
  const [slip] = await house.owner<{ id: string; why: string }>(
    'select id, why from accounts.slip where account_id = $1',
    [account.accountId],
  )
  assert.equal(slip?.why, 'wrong-data')
  assert.deepEqual(await choose(fourth), { outcome: 'stopped', why: 'slip-over' })
})

test('an installation that allows eight wrong entries of a slip ends it by the eighth, no earlier', async () => {
  const [account, other] = [await anApprovedAccount(house), await anApprovedAccount(house, { bornOn: '2005-07-01' })]
  const secret = await slipFor(account)
  const openWork = makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    businessDay: () => businessDay,
    lawRows: lawRowsOf(
      [wrongDataEndSlip],
      [{ line: 2, values: { rule: wrongDataEndSlip.id, from: '2023-01-01', value: '8', source: 'house' } }],
    ),
  })
  const enter = ({ number, bornOn }: AnAccount) =>
    beginBySlip(openWork, { secret, number, bornOn: bornText(bornOn), address: aBrowser().address })
  for (let i = 0; i < 7; i++) await enter(other)
  assert.notEqual((await enter(account)).outcome, 'wrong', 'seven mistakes leave it')
  await enter(other)
  assert.equal((await enter(account)).outcome, 'wrong', 'the eighth ended it')
})

test('guesses at slips from one address are slowed down', async () => {
  const account = await anApprovedAccount(house)
  const { address } = aBrowser()
  const outcomes: string[] = []
  for (let i = 0; i < 42; i++) outcomes.push((await bySlip('1111-2222-3333-4444', account, address)).outcome)
  assert.deepEqual([outcomes.filter(outcome => outcome === 'wrong').length, outcomes.at(-1)], [40, 'slowed'])
})

test('a new print ends the former slip, a slip expires after its last day, and each print is a deed', async () => {
  const account = await anApprovedAccount(house)
  const [former, latest] = [await slipFor(account), await slipFor(account)]
  assert.equal((await bySlip(former, account)).outcome, 'wrong')
  assert.equal((await bySlip(latest, account)).outcome, 'begun')
  await house.owner(`update accounts.slip set last_on = '2023-04-19' where account_id = $1 and ended_at is null`, [
    account.accountId,
  ])
  assert.equal((await bySlip(latest, account)).outcome, 'wrong')
  const printed = await house.owner<{ by_id: string; facts: Record<string, unknown> }>(
    `select by_id, facts from audit.deed where deed = 'slip.printed' and person_id = $1`,
    [account.personId],
  )
  assert.deepEqual(
    printed.map(({ by_id, facts }) => [by_id, facts['account'], facts['for']]),
    [
      [officer.by.id, account.accountId, 'activation'],
      [officer.by.id, account.accountId, 'activation'],
    ],
  )
  const rows = await house.owner<{ row: string }>(
    `select s::text as row from accounts.slip s union all select l::text from accounts.slip_lookup l union all
      select d::text from audit.deed d`,
  )
  assert.ok(rows.every(({ row }) => !row.includes(latest) && !row.includes(latest.replaceAll('-', ''))))
})

test('slips are printed for visible approved or activated accounts; one other refuses the whole list', async () => {
  const elsewhere = await anApprovedAccount(house, { commune: commune.quangHanh })
  const here = await anApprovedAccount(house)
  const both = house.as(officer, work => printSlips(work, [here.accountId, elsewhere.accountId]))
  assert.deepEqual(await refusal(both, 'slip-account-unknown'), { accounts: [elsewhere.accountId] })
  await house.work(work => accounts.lock(work, here.accountId, { reason: 'asked' }))
  assert.deepEqual(
    await refusal(
      house.as(officer, work => printSlips(work, [here.accountId])),
      'slip-not-possible',
    ),
    { accounts: [here.accountId] },
  )
})

async function aFamily(childHouse: TestHouse) {
  const mother = await anActivatedAccount(childHouse, { sex: 'F', bornOn: '1985-02-03' })
  await childHouse.owner('update accounts.account set level = 2 where id = $1', [mother.accountId])
  const child = await anApprovedAccount(childHouse, {
    bornOn: '2013-09-09',
    phone: mother.phone,
    mother_number: mother.number,
    representativeId: mother.personId,
  })
  return { mother, child }
}

test('only the mother or father confirms a child’s activation, with their own account', async () => {
  // From July 2024 on children have accounts of their own (NĐ69/2024 Art. 7).
  const later = await openHouse({ day: asDay('2024-09-02'), withUnits: true })
  const phone = aPhoneInHand(later)
  const { mother, child } = await aFamily(later)
  const stranger = await anActivatedAccount(later)
  await later.owner('update accounts.account set level = 2 where id = $1', [stranger.accountId])
  const first = await begun(
    activation.beginActivation(later.openWork, {
      number: child.number,
      phoneEnd: child.phone.slice(-3),
      browser: aBrowser(),
    }),
  )
  const given = await activation.enterCode(later.openWork, first, await phone.codeTo(child.phone))
  const token = given.outcome === 'right' ? given.token : assert.fail(given.outcome)
  assert.equal((await activation.findProgress(later.openWork, token))?.needsGuardian, true)
  const own = { passcode: '419057', browser: aBrowser() }
  assert.equal((await activation.choosePasscode(later.openWork, token, own)).outcome, 'gone')
  const confirm = (who: AnAccount, passcode = who.passcode) =>
    confirmAsGuardian(later.openWork, token, { number: who.number, passcode, from: { address: aBrowser().address } })
  assert.deepEqual(
    [await confirm(stranger), await confirm(mother, '111222'), await confirm(child)],
    [{ outcome: 'wrong' }, { outcome: 'wrong' }, { outcome: 'wrong' }],
  )
  assert.deepEqual(await confirm(mother), { outcome: 'confirmed' })
  assert.deepEqual(await activation.choosePasscode(later.openWork, token, own), { outcome: 'kept' })
})

test('a holder resets a forgotten passcode by recovery code and message, and is notified', async () => {
  const account = await anActivatedAccount(house)
  const [code = ''] = await house.work(work => accounts.makeRecoveryCodes(work, account))
  const forget = (number: string, typed: string) =>
    beginPasscodeReset(house.openWork, { number, code: typed, address: aBrowser().address })
  for (const wrong of [
    await forget(account.number, '0000-0000-0000-0000'),
    await forget('022205999997', code),
    await forget('', ''),
  ])
    assert.deepEqual(wrong, { outcome: 'wrong' })
  const token = await begun(forget(account.number, code))
  assert.equal((await choose(token)).outcome, 'gone', 'the recovery code alone chooses nothing')
  const given = await activation.enterCode(house.openWork, token, await inHand.codeTo(account.phone))
  assert.deepEqual(await choose(given.outcome === 'right' ? given.token : '', '860291'), { outcome: 'kept' })
  assert.match((await inHand.textsTo(account.phone)).join('\n'), /da dat ma 6 so moi/)
  const check = (passcode: string) =>
    accounts.checkPasscode(house.openWork, { number: account.number }, passcode, { address: aBrowser().address })
  assert.deepEqual([(await check(account.passcode)).outcome, (await check('860291')).outcome], ['wrong', 'right'])
  assert.deepEqual(await forget(account.number, code), { outcome: 'wrong' }, 'replayed')
})

test('tries to reset a passcode are counted alike however the number is typed, known or unknown', async () => {
  const account = await anActivatedAccount(house)
  const outcomesOf = async (number: string) => {
    const outcomes = []
    const last = String.fromCodePoint(0xff10 + Number(number[11]))
    for (const typed of [
      `${number}x`,
      number,
      `${number},0`,
      `${number.slice(0, 11)}${last}`,
      number,
      `${number}.00`,
      number,
    ])
      outcomes.push(
        (
          await beginPasscodeReset(house.openWork, {
            number: typed,
            code: '0000-0000-0000-0000',
            address: aBrowser().address,
          })
        ).outcome,
      )
    return outcomes
  }
  const nobodys = await outcomesOf('022205999992')
  assert.deepEqual(await outcomesOf(account.number), nobodys)
  assert.equal(nobodys.at(-1), 'slowed')
})

test('without recovery codes a slip from the counter resets the passcode, and the phone is notified', async () => {
  const account = await anActivatedAccount(house)
  const secret = await slipFor(account)
  assert.match((await inHand.textsTo(account.phone)).at(-1) ?? '', /cong an vua in phieu giay.*1900\.0368/)
  const token = await begun(bySlip(secret, account))
  assert.deepEqual(await choose(token, '860291'), { outcome: 'gone' }, 'another officer has to approve it')
  await approvedByAnother(account)
  assert.deepEqual(await choose(token, '860291'), { outcome: 'kept' })
  assert.equal((await bySlip(secret, account)).outcome, 'wrong')
})

test('a holder moves an account to a new device by the old device’s code or a recovery code', async () => {
  const account = await anActivatedAccount(house)
  const [old, next, third] = [aBrowser(), aBrowser(), aBrowser()]
  await house.work(work => accounts.registerDevice(work, account, old.device, old.name))
  const { number, passcode } = account
  const take = (proof: string, browser: activation.ActivationBrowser, digits = passcode) =>
    takeUpDevice(house.openWork, { number, passcode: digits, proof, browser })
  assert.deepEqual(
    await showDeviceCode(house.openWork, { number, passcode, browser: next }),
    { outcome: 'wrong' },
    'not the account’s device',
  )
  const shown = await showDeviceCode(house.openWork, { number, passcode, browser: old })
  const code = shown.outcome === 'shown' ? shown.code : assert.fail(shown.outcome)
  assert.deepEqual(
    [await take(wrongCode(code), next), await take(code, next, '111222'), await take('', next)],
    [{ outcome: 'wrong' }, { outcome: 'wrong' }, { outcome: 'wrong' }],
  )
  assert.deepEqual(await take(code, next), { outcome: 'taken-up' })
  assert.deepEqual(await take(code, next), { outcome: 'wrong' }, 'replayed')
  const isKnown = ({ device }: activation.ActivationBrowser) =>
    house.work(work => accounts.isKnownDevice(work, account, device))
  assert.deepEqual([await isKnown(old), await isKnown(next)], [false, true])

  const [recovery = ''] = await house.work(work => accounts.makeRecoveryCodes(work, account))
  assert.deepEqual(await take(recovery, third), { outcome: 'taken-up' })
  assert.deepEqual([await isKnown(next), await isKnown(third)], [false, true])
  await house.work(work => accounts.lock(work, account.accountId, { reason: 'lost' }))
  assert.deepEqual(await take(recovery, next), { outcome: 'locked' })
})

test('only the person’s own unit sees where activations stop', async () => {
  const account = await anApprovedAccount(house)
  await activation.noteMissingMessage(house.openWork, await begin(account))
  const count = (as: typeof officer) =>
    house.as(
      as,
      async ({ tx }) =>
        (
          await tx
            .selectFrom('accounts.published_activation_step')
            .selectAll()
            .where('account_id', '=', account.accountId)
            .execute()
        ).length,
    )
  assert.equal(await count(officer), 3)
  assert.equal(await count(await anOfficerOf(house, commune.quangHanh)), 0)
})

test('attempts of unknown numbers are deleted later', async () => {
  await begin({ number: '022205999996', phone: '0912000222' })
  await house.owner(`update accounts.activation set ends_at = now() - interval '1 second' where account_id is null`)
  await begin(await anApprovedAccount(house))
  const left = await house.owner(`select from accounts.activation where account_id is null and ends_at < now()`)
  const codes = await house.owner(
    `select from accounts.one_time_code c
      where not exists (select from accounts.account a where a.person_id = c.person_id)
        and not exists (select from accounts.activation a where a.id = c.person_id)`,
  )
  assert.deepEqual([left.length, codes.length], [0, 0])
})
