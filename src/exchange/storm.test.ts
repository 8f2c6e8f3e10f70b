import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { aCard } from '../../test/a-card.ts'
import { anExchangeSide, joinTo, startCentre } from '../../test/a-centre.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import { consequences } from '../consequences.ts'
import { exchangeKinds } from '../exchange-kinds.ts'
import { asDay } from '../platform/day.ts'
import type { LawRows } from '../platform/law.ts'
import { asSystem, makeOpenWork, type OpenWork } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as exchange from './exchange.ts'
import { compareDays } from './reconciliation/reconciliation.ts'

/**
 * The reference centre, a process of its own that shares no code with us, returns, delays, loses, repeats and reorders;
 * it errs and is played by others; the installation ends between two steps. At the end each number and account is given
 * once, and all that was asked is answered or waits with a reason.
 */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const taker = await anOfficerOf(house, commune.haKhanh)
const checker = await anOfficerOf(house, commune.haKhanh)
const ours = anExchangeSide()
const atOnce: LawRows = new Map([
  ['exchange.send-again-minutes', [{ from: '', value: { first: 0, most: 0 }, source: 'a test' }]],
])
const openOn = (day: string): OpenWork =>
  makeOpenWork(house.database, { beforeCommit: audit.seal, businessDay: () => asDay(day), lawRows: atOnce })
const openWork = openOn('2023-04-20')

class Killed extends Error {}

/** Works of a process that ends at some step: before it, or after its commit and before the next. */
function dying(seed: number): OpenWork {
  let state = seed
  const random = () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state / 2 ** 31
  }
  return async (authority, verb) => {
    const end = random()
    if (end < 0.04) throw new Killed()
    const result = await openWork(authority, async work => {
      const done = await verb(work)
      if (end < 0.08) throw new Killed()
      return done
    })
    if (end > 0.94) throw new Killed()
    return result
  }
}

/** One turn; whether the process lived through it. */
async function turn(by: OpenWork): Promise<void> {
  try {
    await exchange.exchangeOnce(exchange.inboxOf(by, ours, exchangeKinds))
  } catch (error) {
    if (!(error instanceof Killed)) throw error
  }
}

async function aCollection(at: number) {
  const { id, personId } = await openWork(taker, work =>
    register.collectPerson(work, {
      given: {
        fullName: 'Trần Thị Bão',
        birthDate: `2008-03-${String(1 + at).padStart(2, '0')}`,
        sex: 'F',
        birthRegistrationCode: '022',
        residenceUnitId: taker.unitId,
        residenceKind: 'permanent',
      },
      papers: 'Giấy khai sinh',
      form: { code: 'DC01', version: 'TT104/2020' },
      compared: 'somebody-else',
    }),
  )
  return { id, personId }
}

async function anAccount(at: number) {
  const personId = await enter(house, aPerson({ name: `Lê Văn Gió`, bornOn: '1990-05-06' }))
  await aCard({ openWork, standing: taker }, personId, 'handed-over')
  const { id } = await openWork(taker, work =>
    accounts.request(work, personId, { level: 2, phone: `0987${String(at).padStart(6, '0')}` }),
  )
  return { id, personId }
}

const open = async () =>
  (
    await house.owner<{ count: number }>(
      'select count(*)::integer as count from exchange.question where answered_at is null',
    )
  )[0]?.count ?? 0

/** What came back is mended and handed up again, as officers do. */
async function mendReturned() {
  const back = await house.owner<{ id: register.CollectionId }>(
    `select id from register.collection where state = 'collected' and returned_on is not null`,
  )
  for (const { id } of back) {
    await openWork(taker, work => register.mendCollection(work, id, { papers: 'Giấy khai sinh, bản rõ' }))
    await openWork(checker, work => register.establishNumber(work, id))
  }
  const requests = await house.owner<{ id: accounts.AccountId }>(
    `select id from accounts.account where state = 'requested' and handed_up_at is null`,
  )
  for (const { id } of requests) await openWork(checker, work => accounts.approve(work, id))
}

const collections = await Promise.all(Array.from({ length: 10 }, (_, at) => aCollection(at)))
// One after the other: each makes a card, and a batch takes every card that waits.
const requests: Awaited<ReturnType<typeof anAccount>>[] = []
for (let at = 0; at < 8; at++) requests.push(await anAccount(at))
const errors = [
  'return:0.3',
  'lose:0.25',
  'lose-answer:0.25',
  'repeat:0.4',
  'reorder:0.8',
  'differ:0.4',
  'foreign:0.8',
  'edit:0.8',
  'stray:0.8',
  'elsewhere:0.8',
  'forget:0.15',
].join(',')
const centre = await startCentre(ours, ['--seed', '77', '--delay', '3', '--err', errors])

test('before a centre is joined nothing leaves, and what is asked waits in the outbox', async () => {
  await joinTo(house, ours, { ...centre.card, address: 'http://127.0.0.1:9' })
  for (const { id } of collections) await openWork(checker, work => register.establishNumber(work, id))
  const decided = await openWork(checker, work =>
    accounts.approveAll(
      work,
      requests.map(({ id }) => id),
    ),
  )
  assert.deepEqual(
    decided.map(({ outcome }) => outcome),
    requests.map(() => 'handed-up'),
  )
  assert.equal(await open(), collections.length + requests.length)
  const { fault } = await exchange.exchangeOnce(exchange.inboxOf(openWork, ours, exchangeKinds))
  assert.ok(fault, 'nobody listens there')
  assert.equal((await openWork(checker, exchange.lineState)).failures, 1)
})

test('each number and account comes once through a centre that errs and a house that is killed', async t => {
  await joinTo(house, ours, centre.card)
  for (let turns = 0; turns < 60; turns++) {
    await turn(dying(turns * 7919 + 13))
    if (turns % 5 === 4) await mendReturned()
  }
  // From here on the centre errs no more; what was lost and forgotten is found by the day's comparison.
  await joinTo(house, ours, await centre.restart([]))
  for (let turns = 0; turns < 12 && (turns < 6 || (await open()) > 0); turns++) {
    const later = openOn(new Date(Date.now() + 31 * 3600_000).toISOString().slice(0, 10))
    if (turns % 3 === 0) await later(asSystem('test'), work => compareDays(work, ours))
    await exchange.exchangeOnce(exchange.inboxOf(openWork, ours, exchangeKinds))
    await mendReturned()
  }
  assert.equal(await open(), 0, 'all that was asked is answered')

  const numbers = await house.owner<{ person_id: string; number: string; state: string }>(
    'select person_id, number, state from register.number where person_id = any ($1)',
    [collections.map(({ personId }) => personId)],
  )
  assert.deepEqual(numbers.map(one => one.person_id).sort(), collections.map(({ personId }) => personId).sort())
  assert.equal(new Set(numbers.map(({ number }) => number)).size, collections.length)
  const approvals = await house.owner<{ subject_id: string; count: number }>(
    `select subject_id, count(*)::integer as count from audit.deed where deed = 'account.approved' group by subject_id`,
  )
  assert.deepEqual(
    approvals.map(({ subject_id: id, count }) => [id, count]).sort(),
    requests.map(({ id }) => [id as string, 1]).sort(),
  )
  const established = await house.owner<{ count: number }>(
    `select count(*)::integer as count from audit.deed where deed = 'person.established'`,
  )
  assert.equal(established[0]?.count, collections.length)

  const references = await house.owner<{ reference: string }>(
    `select answer ->> 'reference' as reference from exchange.question
      where kind = 'account.request' and state = 'granted'`,
  )
  assert.equal(new Set(references.map(({ reference }) => reference)).size, requests.length)
  const reasons = await house.owner<{ reason: string; count: number }>(
    'select reason, count(*)::integer as count from exchange.quarantined group by reason order by reason',
  )
  t.diagnostic(JSON.stringify(reasons))
  const known = ['another-receiver', 'answered-before', 'never-asked', 'signature-wrong']
  assert.deepEqual(
    reasons.map(({ reason }) => reason),
    known,
    'each kind of wrong answer was tried, and nothing else was refused',
  )
})

test('the same through files: what a stick bears out and home is what the line bears', async () => {
  const { id, personId } = await aCollection(20)
  await openWork(checker, work => register.establishNumber(work, id))
  const inbox = exchange.inboxOf(openWork, ours, exchangeKinds)
  const [out, home] = [`${centre.folder}/out.bundle`, `${centre.folder}/home.bundle`]
  await centre.stop()
  await writeFile(out, (await exchange.bundleForFile(openWork, inbox)).text)
  const given = ['centre/main.ts', '--data', centre.folder, '--house', ours.party, '--in', out, '--out', home]
  execFileSync(process.execPath, given)
  const taken = await exchange.bundleFromFile(inbox, await readFile(home, 'utf8'))
  assert.equal(taken.taken, 1)
  const again = await exchange.bundleFromFile(inbox, await readFile(home, 'utf8'))
  assert.deepEqual([again.taken, again.quarantined], [0, 0])
  const rows = await house.owner('select number from register.number where person_id = $1', [personId])
  assert.equal(rows.length, 1)
})
