import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import * as accounts from '../src/accounts/accounts.ts'
import { routes as accountRoutes } from '../src/accounts/routes.ts'
import { routes as campaignRoutes } from '../src/campaign/routes.ts'
import { routes as cardRoutes } from '../src/cards/routes.ts'
import { routes as enrolmentRoutes } from '../src/enrolment/routes.ts'
import { kindsOfFollowUps } from '../src/follow-up-kinds.ts'
import { routes as followUpRoutes } from '../src/follow-ups/routes.ts'
import { routes as outOfSchoolRoutes } from '../src/out-of-school/routes.ts'
import { routes as planningRoutes } from '../src/planning/routes.ts'
import { type Endpoint, signedIn } from '../src/platform/endpoint.ts'
import { openRequests } from '../src/platform/http/serve-endpoint.ts'
import { makeServer } from '../src/platform/http/server.ts'
import { openLog } from '../src/platform/log.ts'
import type { Authority } from '../src/platform/work.ts'
import { routes as registerRoutes } from '../src/register/routes.ts'
import { routes as rollRoutes } from '../src/rolls/routes.ts'
import { mayDo } from '../src/staff/role.ts'
import { routes as statisticsRoutes } from '../src/statistics/routes.ts'
import { aCard } from './a-card.ts'
import { anOfficerOf, aPerson, commune, enter } from './builders.ts'
import { openHouse } from './house.ts'
import { schoolsOf } from './rolls/sending.ts'

/**
 * An officer of one district wants to read a stranger of another, and opens the record himself: by an invented roll, or
 * by a correction. He tries every door that his role opens, and the database under the application's role with his
 * scope.
 */

const house = await openHouse({ withUnits: true })
const { school, send } = await schoolsOf(house, [
  ['22001', 'Trường THPT Cẩm Phả', 'upper-secondary', commune.quangHanh],
  ['22002', 'Trường THPT Hà Khánh', 'upper-secondary', commune.haKhanh],
])
const schoolId = await school('22001')
const attacker = await anOfficerOf(house, '195')
const colleague = await anOfficerOf(house, '195')
const owner = await anOfficerOf(house, commune.haKhanh)
const commander = await anOfficerOf(house, '22')

/** What a stranger does not want to be read; the name and the birth date are known to the attacker. */
const row = aPerson({
  name: 'Hoàng Thị Kín Đáo',
  sex: 'F',
  bornOn: '2005-11-23',
  residence_address: 'Số 7 ngõ Bạch Đằng Bí Mật',
  father_name: 'Hoàng Văn Giấu Tên',
  mother_name: 'Lý Thị Khuất Mặt',
  religion: 'Đạo Riêng',
  hometown: 'Quê Không Kể',
  phone: '0912345678',
  household_number: 'HK-BI-MAT-77',
})
const personId = await enter(house, row)
const account = await house.work(work => accounts.request(work, personId, { level: 1, phone: '0987654321' as never }))
const cardId = await aCard({ openWork: house.openWork, standing: commander }, personId, 'handed-over')
const [{ serial } = { serial: '' }] = await house.owner<{ serial: string }>(
  'select serial from cards.card where id = $1',
  [cardId],
)
const secrets = [
  row.person_number,
  row.residence_address,
  row.father_name,
  row.mother_name,
  row.religion,
  row.hometown,
  row.phone,
  '912345678',
  '987654321',
  row.household_number,
  serial,
]

const app = await makeServer({ log: openLog('silent'), origin: 'http://localhost:8080', trustProxy: false })
after(() => app.close())
const standings: Readonly<Record<string, Authority>> = { attacker, colleague, owner, commander }
const doors = {
  app,
  origin: 'http://localhost:8080',
  openWork: openRequests(house.openWork, async request => {
    const who = standings[String(request.headers['x-officer'])]
    const role = who === commander ? 'provincial-commander' : 'district-officer'
    return (
      who && {
        by: who.by,
        authority: (right: string, purpose: string) =>
          right === signedIn || mayDo(role, right) ? { ...who, purpose } : undefined,
      }
    )
  }),
}
const keys = () => assert.fail('no door here needs the keys of stations')
const isDemonstration = () => false
registerRoutes(doors)
rollRoutes(doors)
followUpRoutes(doors, kindsOfFollowUps)
cardRoutes(doors, { isDemonstration })
await campaignRoutes(doors, { openWork: house.openWork, isDemonstration: () => true })
enrolmentRoutes(doors, { openWork: house.openWork, keys, isDemonstration, today: keys })
accountRoutes(doors, { openWork: house.openWork, keys, secret: keys as never, isDemonstration })
outOfSchoolRoutes(doors)
planningRoutes(doors, { isDemonstration: () => false })
statisticsRoutes(doors, { key: keys as never, isDemonstration })

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'path' in value && 'method' in value && 'right' in value
const root = join(import.meta.dirname, '..')
const readingDoors = (
  await Promise.all(
    globSync('src/**/contract*.ts', { cwd: root }).map(async file =>
      Object.values((await import(join(root, file))) as Record<string, unknown>).filter(isEndpoint),
    ),
  )
)
  .flat()
  .filter(({ method }) => method === 'GET')

let calls = 0
/** Each call comes from an address of its own, so that none is refused for being one of many. */
const call = async (who: string, method: 'GET' | 'POST', path: string, payload?: object) => {
  calls += 1
  const reply = await app.inject({
    remoteAddress: `10.${calls >> 16}.${(calls >> 8) & 255}.${calls & 255}`,
    method,
    url: `/api${path}`,
    headers: { 'x-officer': who },
    ...(payload && { payload }),
  })
  return { status: reply.statusCode, text: reply.body, body: reply.body.startsWith('{') ? reply.json() : {} }
}
const page = (who: string) => call(who, 'GET', `/register/persons/${personId}`)

/** Every door that reads, with every id that has to do with the stranger. */
async function answersOf(who: string, ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const { path } of readingDoors)
    for (const id of path.includes(':') ? ids : ['']) {
      const filled = path.replace(/:(\w+)/g, (_, name: string) => (name === 'place' ? '1' : id))
      const { status, text } = await call(who, 'GET', filled)
      if (status === 200) found.push(`${path} ${text}`)
    }
  return found
}

async function assertNothingIsRead(who: string, ids: readonly string[]) {
  const answers = await answersOf(who, ids)
  for (const secret of secrets)
    assert.deepEqual(
      answers.filter(text => text.includes(secret)),
      [],
      `${secret} was answered`,
    )
}

/** Every table that names the person, but for what the attacker wrote and the case itself. */
async function tablesThatShow(standing: Authority): Promise<string[]> {
  const tables = await house.owner<{ name: string }>(`
    select n.nspname || '.' || c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id'
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname in ('register', 'cards', 'accounts', 'enrolment', 'statistics', 'planning')
      and c.relname not in ('access_case', 'correction', 'ended_case') order by 1`)
  assert.ok(tables.length > 30)
  return house.as(standing, async ({ tx }) => {
    const shown: string[] = []
    for (const { name } of tables) {
      const { rows } = await sql`select from ${sql.raw(name)} where person_id = ${personId} limit 1`.execute(tx)
      if (rows.length > 0) shown.push(name)
    }
    return shown
  })
}

const paper = { kind: 'birth-certificate', number: '12/2005', issuer: 'UBND phường Hà Khánh' }
const propose = (who: string, form: object, evidence: unknown) =>
  call(who, 'POST', `/register/persons/${personId}/corrections`, {
    form,
    evidence,
    values: { hometown: 'Nơi khác', religion: 'Không', father_name: 'Trần Văn Khác', mother_name: 'Trần Thị Khác' },
  })
const dc02 = { code: 'DC02', version: 'TT59/2021' }

test('before anything is opened the stranger is unknown to the attacker', async () => {
  assert.equal((await page('attacker')).status, 404)
  assert.deepEqual(await tablesThatShow(attacker), [])
})

test('an invented roll opens name, birth date, sex, ward and two digits of a stranger, and no more', async () => {
  const line = { name: row.full_name, born: '23/11/2005', class: '12A1', sex: 'Nữ' as const }
  const rollId = await send(attacker, schoolId, [line])
  const found = await house.owner<{ id: string }>(
    `select w.id from rolls.row w left join rolls.candidate c on c.roll_id = w.roll_id
     where w.roll_id = $1 and $2 in (w.person_id, c.person_id)`,
    [rollId, personId],
  )
  assert.equal(found.length, 1, 'the machine found the stranger')
  await assertNothingIsRead('attacker', [personId, cardId, account.id, rollId, found[0]?.id ?? '', schoolId])
  assert.deepEqual(await tablesThatShow(attacker), [])

  const { body } = await page('attacker')
  assert.deepEqual(
    [body.grade, body.fullName, body.birthDate, body.sex, body.numberEnd, body.permanentUnit.name],
    ['compared', row.full_name, '2005-11-23', 'F', row.person_number.slice(-2), 'Phường Hà Khánh'],
  )
})

test('an officer who refers and decides the row of an invented roll himself opens no more by it', async () => {
  const [roll] = await house.owner<{ id: string }>('select id from rolls.roll where in_force')
  const row = `/rolls/${roll?.id}/rows/1`
  await call('attacker', 'POST', `${row}/refer`, { unitId: commander.unitId, note: '' })
  await call('attacker', 'POST', `${row}/return`, {})
  const decided = await app.inject({
    method: 'PUT',
    url: `/api${row}/decision`,
    headers: { 'x-officer': 'attacker' },
    payload: { decision: 'same', personId },
  })
  assert.equal(decided.statusCode, 200, decided.body)
  const cases = await house.owner<{ kind: string; grade: string }>(
    'select kind, grade from register.access_case where person_id = $1 and unit_id = $2',
    [personId, schoolId],
  )
  assert.deepEqual(cases, [{ kind: 'roll-row', grade: 'compared' }])
  await assertNothingIsRead('attacker', [personId, roll?.id ?? '', schoolId])
  assert.deepEqual(await tablesThatShow(attacker), [])
})

test('an invented roll that is replaced once its stranger was read is listed for the superior', async () => {
  await send(attacker, schoolId, [{ name: 'Vi Văn Khác', born: '01/02/2006', class: '12A1' }])
  assert.equal((await page('attacker')).status, 404, 'the case ended with the row')
  const { ended } = (await call('commander', 'GET', '/register/ended-cases')).body
  const [one] = ended.filter(({ kind }: { kind: string }) => kind === 'roll-row')
  assert.deepEqual([one?.openedBy.id, one?.how, one?.people, one?.read], [attacker.by.id, 'withdrawn', 1, 1])
})

test('a correction on form x with evidence x is refused, and opens nothing', async () => {
  const x = { code: 'x', version: 'x' }
  for (const [form, evidence] of [
    [x, paper],
    [x, 'x'],
    [dc02, 'x'],
    [{ ...dc02, version: 'x' }, paper],
    [dc02, { kind: 'birth-certificate', number: 'x', issuer: 'x' }],
    [dc02, { kind: 'birth-certificate' }],
    [dc02, { kind: 'x', number: '1', issuer: 'UBND phường' }],
  ])
    assert.equal((await propose('attacker', form as object, evidence)).status, 400, JSON.stringify([form, evidence]))
  assert.deepEqual(await tablesThatShow(attacker), [])
})

test('a correction on a valid form answers no value of the register, and withdrawing it is listed', async () => {
  const proposed = await propose('attacker', dc02, paper)
  assert.equal(proposed.status, 200, proposed.text)
  for (const secret of secrets) assert.ok(!proposed.text.includes(secret), `${secret} was answered`)
  await assertNothingIsRead('attacker', [personId, proposed.body.id])
  assert.deepEqual(await tablesThatShow(attacker), [])

  const withdrawn = await call('attacker', 'POST', `/register/corrections/${proposed.body.id}/withdraw`, { reason: '' })
  assert.equal(withdrawn.status, 200)
  const { ended } = (await call('commander', 'GET', '/register/ended-cases')).body
  const [one] = ended.filter(({ kind }: { kind: string }) => kind === 'correction')
  assert.deepEqual([one?.openedBy.id, one?.how, one?.people, one?.read], [attacker.by.id, 'withdrawn', 1, 1])
})

test('an equal value is proposed like any other: a correction does not tell what the register has', async () => {
  const guess = (hometown: string) =>
    call('attacker', 'POST', `/register/persons/${personId}/corrections`, {
      form: dc02,
      evidence: paper,
      values: { hometown },
    })
  const [right, wrong] = [await guess(row.hometown), await guess('Chỗ khác')]
  assert.deepEqual([right.status, wrong.status], [200, 200])
  assert.deepEqual(Object.keys(right.body).sort(), Object.keys(wrong.body).sort())
  assert.deepEqual(
    [right.body.changes, wrong.body.changes],
    [[{ field: 'hometown', new: row.hometown }], [{ field: 'hometown', new: 'Chỗ khác' }]],
  )
})

test('the database refuses an officer who opens a case whole, or accepts what he opened himself', async () => {
  const asked = await call('attacker', 'POST', `/register/persons/${personId}/openings`, { reason: 'Cần đối chiếu' })
  assert.equal(asked.status, 200, asked.text)
  const refused = [
    sql`update register.access_case set grade = 'whole', basis = 'owner' where person_id = ${personId}`,
    sql`insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, opened_by, grade, basis)
      values (${personId}, ${attacker.unitId}, 'session', gen_random_uuid(), current_date, current_date + 9,
        ${attacker.by.id}, 'whole', 'owner')`,
    sql`insert into register.access_case (person_id, unit_id, kind, case_id, opened_on, until, opened_by)
      values (${personId}, ${attacker.unitId}, 'session', gen_random_uuid(), current_date, current_date + 9,
        ${colleague.by.id})`,
  ]
  for (const statement of refused) await assert.rejects(house.as(attacker, ({ tx }) => statement.execute(tx)))
  await house.as(attacker, ({ tx }) => sql`select register.accept_case('opening', ${asked.body.id})`.execute(tx))
  for (const kind of ['roll-row', 'roll-review', 'correction', 'roll-hand-on'])
    await house.as(attacker, ({ tx }) =>
      sql`select register.accept_case(${kind}, case_id) from register.access_case where kind = ${kind}`.execute(tx),
    )
  assert.deepEqual(await tablesThatShow(attacker), [])
  const own = await call('attacker', 'POST', `/register/openings/${asked.body.id}/accept`, {})
  assert.deepEqual([own.status, own.body.type], [409, '/problems/second-officer-needed'])
  await assertNothingIsRead('attacker', [asked.body.id])
})

test('a second officer, or the unit of residence, opens the whole record, and it ends with its last day', async () => {
  for (const who of ['colleague', 'owner']) {
    const { openings } = (await call(who, 'GET', '/register/openings')).body
    const [waiting] = openings.filter(({ accepted }: { accepted: boolean }) => !accepted)
    assert.deepEqual(
      [waiting?.name, waiting?.reason, waiting?.askedBy.id],
      [row.full_name, 'Cần đối chiếu', attacker.by.id],
    )
    assert.equal((await call(who, 'POST', `/register/openings/${waiting.id}/accept`, {})).status, 200)
    const { body } = await page('attacker')
    assert.deepEqual([body.grade, body.number, body.hometown], ['whole', row.person_number, row.hometown])
    assert.deepEqual(
      (
        await house.owner<{ deed: string }>('select deed from audit.deed where subject_id = $1 order by at', [
          waiting.id,
        ])
      ).map(({ deed }) => deed),
      ['opening.asked', 'opening.accepted'],
    )

    await house.owner(`update register.access_case set until = current_date - 1 where kind = 'opening'`)
    assert.equal((await page('attacker')).body.grade, 'compared')
    assert.deepEqual(await tablesThatShow(attacker), [])
    await call('attacker', 'POST', `/register/persons/${personId}/openings`, { reason: 'Cần đối chiếu' })
  }
})

test('past the last day of every case the stranger is unknown again, and what was undecided is listed', async () => {
  await house.owner('update register.access_case set until = current_date - 1 where unit_id <> $1', [owner.unitId])
  assert.equal((await page('attacker')).status, 404)
  await assertNothingIsRead('attacker', [schoolId])
  assert.deepEqual(await tablesThatShow(attacker), [])
  const { ended } = (await call('commander', 'GET', '/register/ended-cases')).body
  const expired = ended
    .filter(({ how }: { how: string }) => how === 'expired')
    .map(({ kind }: { kind: string }) => kind)
  assert.ok(expired.includes('correction') && expired.includes('opening'), expired.join())
})
