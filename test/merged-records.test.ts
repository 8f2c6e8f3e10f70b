import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as campaign from '../src/campaign/campaign.ts'
import * as cards from '../src/cards/cards.ts'
import { consequences } from '../src/consequences.ts'
import * as outreach from '../src/outreach/outreach.ts'
import { personTables, tablesThatStay } from '../src/person-columns.ts'
import { asDay } from '../src/platform/day.ts'
import type { Authority } from '../src/platform/work.ts'
import { listDuplicates } from '../src/register/merging/duplicates.ts'
import { listMerges } from '../src/register/merging/merging.ts'
import * as register from '../src/register/register.ts'
import * as statistics from '../src/statistics/statistics.ts'
import { aCard } from './a-card.ts'
import { aPhone } from './an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import { openHouse } from './house.ts'

/**
 * Two records of the register are one person: what a merge moves, in every table of the database; who may have it done;
 * and that undoing restores what was.
 */

audit.setConsequences(consequences)
const house = await openHouse({ withUnits: true })
const one = await anOfficerOf(house, commune.haKhanh)
const two = await anOfficerOf(house, commune.haKhanh)
const district = await anOfficerOf(house, '193')
const elsewhere = await anOfficerOf(house, commune.quangHanh)

const why = { reason: 'Cùng cha mẹ, cùng giấy khai sinh', papers: 'Giấy khai sinh số 12/2005, UBND phường Hà Khánh' }
const propose = (by: Authority, personId: register.PersonId, otherId: register.PersonId) =>
  house.as(by, work => register.proposeMerge(work, { personId, otherId, ...why }))
const accept = (by: Authority, id: register.MergeId, survivorId: register.PersonId, number?: string) =>
  house.as(by, work => register.acceptMerge(work, id, { survivorId, number }))
const undo = (by: Authority, id: register.MergeId) =>
  house.as(by, work => register.undoMerge(work, id, { reason: 'Là hai anh em sinh đôi' }))

/** Two records of one person, each with an account of level 2 and a card in the hand. */
async function aDouble(given: Parameters<typeof aPerson>[0] = {}) {
  const rows = [
    aPerson({ father_name: 'Nguyễn Văn Bình', ...given }),
    aPerson({ father_name: 'Nguyễn Văn Bình', ...given }),
  ]
  const [first, second] = [await enter(house, rows[0]!), await enter(house, rows[1]!)]
  return { first, second, numbers: rows.map(row => row.person_number) as [string, string] }
}

async function withCardAndAccount(personId: register.PersonId) {
  const card = await aCard({ openWork: house.openWork, standing: one }, personId, 'handed-over')
  const phone = aPhone()
  const { id } = await house.as(one, work => accounts.request(work, personId, { level: 2, phone }))
  await house.as(two, work => accounts.approve(work, id))
  await house.as(two, work => accounts.activate(work, id))
  const holder = { personId, accountId: id }
  const hashed = await accounts.hashPasscode(holder, '730164')
  await house.work(work => accounts.keepPasscode(work, holder, hashed))
  return { card, phone, accountId: id }
}

type Table = { readonly name: string }
const everyTable = () =>
  house.owner<Table>(`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
      and n.nspname not like 'graphile%' order by 1`)

/** Tables of which a row says an id anywhere, in whatever column. */
async function tablesThatSay(id: string): Promise<string[]> {
  const found: string[] = []
  for (const { name } of await everyTable()) {
    const [row] = await house.owner(`select 1 from ${name} as t where t::text like '%${id}%' limit 1`)
    if (row) found.push(name)
  }
  return found
}

/** All that the database has of some people, table by table. */
async function contentsOf(ids: readonly string[]): Promise<Record<string, string[]>> {
  const contents: Record<string, string[]> = {}
  for (const { table, columns, counts } of personTables) {
    if (!counts) continue
    const names = columns.map(name => `t.${name} = any ($1)`).join(' or ')
    const rows = await house.owner<{ row: string }>(`select t::text as row from ${table} t where ${names} order by 1`, [
      ids,
    ])
    contents[table] = rows.map(({ row }) => row)
  }
  return contents
}

test('every column that names a person is moved by a merge, or says why it stays', async () => {
  const columns = await house.owner<{ name: string; column: string }>(`
    select n.nspname || '.' || c.relname as name, a.attname as column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and not c.relispartition
      and a.atttypid = 'uuid'::regtype and not a.attisdropped
      and (a.attname ~ 'person_id$' or a.attname in ('representative_id', 'child_id', 'holder_id'))`)
  const moved = new Set(personTables.flatMap(({ table, columns: names }) => names.map(name => `${table} ${name}`)))
  const forgotten = columns.filter(({ name, column }) => !moved.has(`${name} ${column}`) && !(name in tablesThatStay))
  assert.deepEqual(forgotten, [])
  const known = new Set((await everyTable()).map(({ name }) => name))
  assert.deepEqual(
    [...personTables.map(({ table }) => table), ...Object.keys(tablesThatStay)].filter(name => !known.has(name)),
    [],
  )
})

test('all that hung on either record hangs on the one that stays, and nothing on the other', async () => {
  const { first, second, numbers } = await aDouble()
  const kept = await withCardAndAccount(first)
  const ended = await withCardAndAccount(second)
  const child = await enter(house, aPerson({ name: 'Con Của Người', bornOn: '2023-01-01', father_number: numbers[1] }))
  const { id } = await propose(one, first, second)
  await accept(two, id, first, numbers[0])
  await statistics.recountAllDue(house.openWork)
  const [father] = await house.as(one, work => register.kinOf(work, child))
  assert.equal(father?.personId, first)

  const left = await tablesThatSay(second)
  assert.deepEqual(
    left.filter(name => !(name in tablesThatStay)),
    [],
  )

  const person = await house.as(one, work => register.getPerson(work, first))
  assert.deepEqual(
    person.numbers.map(({ number, state, supersededBy }) => [number, state, supersededBy]),
    [
      [numbers[0], 'in-force', undefined],
      [numbers[1], 'cancelled', numbers[0]],
    ],
  )
  const found = await house.as(one, work => register.findByNumber(work, numbers[1]))
  assert.deepEqual([found?.id, found?.number, found?.cancelled], [first, numbers[0], true])
  assert.equal(await house.as(one, work => register.survivorOf(work, second)), first)
  assert.equal(await house.as(elsewhere, work => register.survivorOf(work, first)), undefined)

  const held = (await house.work(work => cards.cardsOf(work, [first]))).get(first) ?? []
  assert.deepEqual(
    held.map(card => [card.id, card.state]).sort(),
    [
      [kept.card, 'handed-over'],
      [ended.card, 'revoked'],
    ].sort(),
  )
  const theirs = (await house.work(work => accounts.accountsOf(work, [first]))).get(first) ?? []
  assert.deepEqual(
    theirs.map(({ id: account, state, level }) => [account, state, level]).sort(),
    [
      [kept.accountId, 'activated', 1],
      [ended.accountId, 'cancelled', 2],
    ].sort(),
  )
  // Both phones are told, and nothing of before opens what stays.
  const told = await house.owner<{ address: string }>(
    `select address from outreach.message where template = 'records-merged' and about_id = $1`,
    [id],
  )
  assert.equal(told.length, 2)
  assert.deepEqual(await house.owner('select 1 from accounts.passcode where person_id = $1', [first]), [])
})

test('undoing a merge puts every table back as it was', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Trần Thị Bốn', sex: 'F' })
  await withCardAndAccount(first)
  await withCardAndAccount(second)
  const before = await contentsOf([first, second])
  const { id } = await propose(one, first, second)
  // The second officer keeps the other record, and the first one's number.
  await accept(two, id, second, numbers[0])
  assert.notDeepEqual(await contentsOf([first, second]), before)
  assert.deepEqual((await contentsOf([first]))['register.person'], [])

  await undo(two, id)
  assert.deepEqual(await contentsOf([first, second]), before)
  assert.equal((await house.as(one, work => register.getPerson(work, first))).numbers[0]?.state, 'in-force')
  assert.equal(await house.as(one, work => register.survivorOf(work, first)), undefined)
  await assert.rejects(undo(two, id), { code: 'merge-closed' })
})

test('the account that stays is not locked where the card of the other number is the one that stays', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Đinh Văn Khác' })
  const kept = await withCardAndAccount(first)
  const other = await withCardAndAccount(second)
  const { id } = await propose(one, first, second)
  await accept(two, id, first, numbers[1])
  const [account] = await house.owner('select state, level from accounts.account where id = $1', [kept.accountId])
  assert.deepEqual(account, { state: 'activated', level: 1 })
  const held = await house.owner<{ id: string; state: string }>(
    'select id, state from cards.card where person_id = $1',
    [first],
  )
  assert.deepEqual(
    new Map(held.map(({ id: card, state }) => [card, state])),
    new Map([
      [kept.card as string, 'revoked'],
      [other.card as string, 'handed-over'],
    ]),
  )
})

test('a phone that was disowned for either record is used for the one that stands no more', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Lê Văn Mười', phone: '0912345801' })
  await house.work(work => outreach.disownPhones(work, second, ['0912345801']))
  const phone = () => house.work(work => campaign.findFamilyPhone(work, first))
  assert.equal(await phone(), '+84912345801')
  const { id } = await propose(one, first, second)
  await accept(two, id, first, numbers[0])
  assert.equal(await phone(), undefined)
})

test('a merge on which something was built is not undone, and the refusal says what stands in the way', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Lê Văn Năm' })
  const { id } = await propose(one, first, second)
  await accept(two, id, first, numbers[0])
  const card = await aCard({ openWork: house.openWork, standing: one }, first, 'applied')
  await assert.rejects(undo(two, id), (error: { code: string; facts: { tables: string[] } }) => {
    assert.deepEqual([error.code, error.facts.tables], ['merge-built-on', ['cards.card', 'cards.transition']])
    return true
  })
  assert.ok(card)
})

test('a merge can be undone for thirty days, and then nothing of the former records is kept', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Phạm Văn Sáu' })
  const { id } = await propose(one, first, second)
  const { undoUntil } = await accept(two, id, first, numbers[0])
  assert.equal(undoUntil, asDay('2023-05-20'))
  await house.owner(`update register.merge set undo_until = '2023-04-19' where id = $1`, [id])
  assert.equal(await house.work(work => register.forgetMergedRows(work)), 1)
  await assert.rejects(undo(two, id), { code: 'merge-undo-over' })
})

test('whoever proposed a merge does not decide it, not even in the database', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Vũ Văn Bảy' })
  const { id } = await propose(one, first, second)
  await assert.rejects(accept(one, id, first, numbers[0]), { code: 'second-officer-needed' })
  const { rows } = await house.as(one, async ({ tx }) => {
    const { sql } = await import('kysely')
    return sql<{ outcome: string }>`select register.decide_merge(${id}, ${first}, ${numbers[0]}, true, null,
      '2023-04-20', '2023-05-20') as outcome`.execute(tx)
  })
  assert.equal(rows[0]?.outcome, 'same')
  // Nor does anybody move rows of a merge that this transaction did not accept.
  await assert.rejects(
    house.as(two, async ({ tx }) => {
      const { sql } = await import('kysely')
      await sql`select register.move_merged_rows(${id})`.execute(tx)
    }),
    /no merge that this transaction accepted/,
  )
  await assert.rejects(
    house.owner(
      `update register.merge set state = 'accepted', decided_by = proposed_by, decided_at = now(),
        decided_on = '2023-04-20', undo_until = '2023-05-20' where id = $1`,
      [id],
    ),
    /decided_by_another/,
  )
})

test('an officer proposes no stranger, and decides only about people of their own units', async () => {
  const mine = await enter(house, aPerson({ name: 'Đỗ Văn Tám' }))
  const stranger = await enter(house, aPerson({ name: 'Đỗ Văn Tám', commune: commune.quangHanh }))
  await assert.rejects(propose(one, mine, stranger), { code: 'person-unknown' })
  await assert.rejects(propose(one, mine, mine), { code: 'merge-one-record' })

  const near = await enter(house, aPerson({ name: 'Đỗ Văn Tám', commune: commune.haPhong }))
  const { id } = await propose(district, mine, near)
  await assert.rejects(accept(one, id, mine), { code: 'merge-person-outside' })
  await assert.rejects(
    house.as(elsewhere, work => register.getMerge(work, id)),
    { code: 'merge-unknown' },
  )
})

test('nobody gets the account of another by having two records merged', async () => {
  const attacker = await enter(house, aPerson({ name: 'Kẻ Gian Chín' }))
  const victim = await enter(house, aPerson({ name: 'Người Bị Hại' }))
  const theirs = await withCardAndAccount(attacker)
  const stolen = await withCardAndAccount(victim)
  const { id } = await propose(one, victim, attacker)
  const [held] = (await house.as(two, work => register.getPerson(work, victim))).numbers
  await accept(two, id, victim, held?.number)

  const after = (await house.work(work => accounts.accountsOf(work, [victim]))).get(victim) ?? []
  const living = after.filter(({ state }) => state !== 'cancelled')
  // The attacker's account does not become the victim's, and the victim's is not the attacker's phone's.
  assert.deepEqual(
    living.map(({ id: account, level }) => [account, level]),
    [[stolen.accountId, 1]],
  )
  assert.equal(await house.work(work => accounts.findPhone(work, victim)), `+84${stolen.phone.slice(1)}`)
  assert.equal(after.find(({ id: account }) => account === theirs.accountId)?.state, 'cancelled')
  const told = await house.owner<{ address: string }>(
    `select address from outreach.message where template = 'records-merged' and about_id = $1 order by 1`,
    [id],
  )
  assert.deepEqual(
    told.map(({ address }) => address),
    [theirs.phone, stolen.phone].map(phone => `+84${phone.slice(1)}`).sort(),
  )
})

test('two officers who decide at once decide once', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Hoàng Văn Mười' })
  const { id } = await propose(one, first, second)
  const outcomes = await Promise.allSettled([
    accept(two, id, first, numbers[0]),
    accept(district, id, second, numbers[1]),
  ])
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const left = await house.owner(`select person_id from register.person where person_id = any ($1)`, [[first, second]])
  assert.equal(left.length, 1)
})

test('a card that is applied for meanwhile is the surviving person’s, or is refused', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Bùi Văn Đôi' })
  const { id } = await propose(one, first, second)
  const outcomes = await Promise.allSettled([
    accept(two, id, first, numbers[0]),
    house.as(one, work => cards.applyForCard(work, second, { unitId: one.unitId })),
  ])
  assert.equal(outcomes[0].status, 'fulfilled')
  assert.deepEqual(await house.owner('select 1 from cards.card where person_id = $1', [second]), [])
})

test('figures of a campaign count one person where two were, and those of former editions stay', async () => {
  const { first, second, numbers } = await aDouble({ name: 'Ngô Văn Đếm' })
  const made = await house.work(work =>
    campaign.create(work, {
      name: 'dem-nguoi',
      title: 'Đếm người',
      cohort: { bornIn: [2005], basis: 'permanent' },
      metrics: ['card-handed-over'],
      startsOn: '2023-03-01',
      deadlines: [],
      targets: [],
    } as never),
  )
  await statistics.recountAllDue(house.openWork)
  const count = async () =>
    (
      await house.owner<{ n: number }>('select count(*)::int as n from campaign.member where campaign_id = $1', [
        made.id,
      ])
    )[0]!.n
  const before = await count()
  const { id } = await propose(one, first, second)
  await Promise.all([accept(two, id, first, numbers[0]), statistics.recountAllDue(house.openWork)])
  await statistics.recountAllDue(house.openWork)
  assert.equal(await count(), before - 1)
  const [totals] = await statistics.verifyCounts(house.openWork)
  assert.deepEqual([totals?.differed, totals?.totals], [0, 0])
})

test('records with the same name and birth date are offered, and those of other parents are not', async () => {
  const name = 'Tạ Thị Trùng'
  const row = { name, sex: 'F', bornOn: '1999-09-09' } as const
  const a = await enter(house, aPerson({ ...row, mother_name: 'Lê Thị Hoa', father_name: 'Tạ Văn Ba' }))
  const b = await enter(house, aPerson({ ...row, mother_name: 'Lê Thị Hoa', father_name: 'Tạ Văn Ba' }))
  await enter(house, aPerson({ ...row, mother_name: 'Đinh Thị Lý', father_name: 'Tạ Văn Sơn' }))
  const { pairs } = await house.as(one, work => listDuplicates(work, one.unitId))
  const theirs = pairs.filter(({ person }) => person.fullName === name)
  assert.deepEqual(
    theirs.map(({ person, other }) => [person.id, other?.id].sort()),
    [[a, b].sort()],
  )
  assert.deepEqual(theirs[0]?.agrees, ['sex', 'unit', 'father', 'mother'])
  await assert.rejects(
    house.as(elsewhere, work => listDuplicates(work, one.unitId)),
    { code: 'merge-person-outside' },
  )
})

test('a proposal is refused with a reason, or taken back by its proposer alone', async () => {
  const { first, second } = await aDouble({ name: 'Đặng Văn Hai' })
  const { id } = await propose(one, first, second)
  await assert.rejects(propose(two, second, first), { code: 'merge-open' })
  await assert.rejects(
    house.as(two, work => register.withdrawMerge(work, id)),
    { code: 'not-the-proposer' },
  )
  await assert.rejects(
    house.as(two, work => register.refuseMerge(work, id, { reason: ' ' })),
    { code: 'reason-needed' },
  )
  const refused = await house.as(two, work => register.refuseMerge(work, id, { reason: 'Hai anh em sinh đôi' }))
  assert.equal(refused.state, 'refused')
  const again = await propose(two, second, first)
  assert.equal((await house.as(two, work => register.withdrawMerge(work, again.id))).state, 'withdrawn')
  const listed = await house.as(one, work => listMerges(work, ['refused', 'withdrawn']))
  assert.ok(listed.length >= 2)
})
