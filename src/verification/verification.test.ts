import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { FastifyRequest } from 'fastify'
import { openChecking } from '../../test/a-checking-party.ts'
import { aPerson, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { findClient } from '../parties/parties.ts'
import { countingStatements, kept } from '../platform/db.ts'
import { authenticateParty, findClientOf } from '../signin/signin.ts'
import { answerWithinQuota } from './checks/checks.ts'
import { asClient, openCheckQueue } from './checks/queue.ts'
import { readCheckRequest } from './person-data.ts'
import { openSandboxPlaces } from './sandbox-places.ts'
import { answerAll, probingAbout } from './verification.ts'

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)
const { ask } = checking

const told = (row: Record<string, string>) => ({
  person_number: row['person_number'],
  full_name: row['full_name'],
  birth_date: row['birth_date'],
  sex: row['sex'],
})

const party = await checking.aParty()
const token = await checking.tokenOf(party)
const readings = (personId: string) =>
  house.owner<{ by_kind: string; by_id: string; purpose: string; fields: string; request_id: string }>(
    'select by_kind, by_id, purpose, fields, request_id from audit.access where person_id = $1 order by id',
    [personId],
  )

test('a person with this number, name, birth date and sex is confirmed and has it in their access log', async () => {
  const row = aPerson({ name: 'Nguyễn Thị Thủy', sex: 'F' })
  const personId = await enter(house, row)

  const { status, body, headers } = await ask(token, told(row))

  assert.equal(status, 200)
  assert.deepEqual(body, { matched: true, differs: [] })
  const seen = (await readings(personId)).at(-1)
  assert.deepEqual(
    { ...seen, by_id: 'the party' },
    {
      by_kind: 'party',
      by_id: 'the party',
      purpose: 'verification',
      fields: 'number,name,birth,sex',
      request_id: headers.get('x-request-id'),
    },
  )
})

test('case, Unicode form, tone placement, blanks and legacy fonts are no difference; a mark is', async () => {
  const row = aPerson({ name: 'Hoàng Thị Thúy Hoà', sex: 'F' })
  await enter(house, row)
  const as = async (full_name: string) => (await ask(token, { ...told(row), full_name })).body

  for (const name of [
    'HOÀNG THỊ THUÝ HÒA',
    ' hoàng  thị thúy hoà ',
    'Hoàng Thị Thúy Hoà'.normalize('NFD'),
    'Hoµng ThÞ Thóy Hoµ',
  ])
    assert.deepEqual(await as(name), { matched: true, differs: [] }, name)
  assert.deepEqual(await as('Hoàng Thị Thuy Hoà'), { matched: false, differs: ['full_name'] })
})

test('swapped day and month are a difference; a date of which both know the year alone is not', async () => {
  const swapped = aPerson({ bornOn: '2005-03-04' })
  await enter(house, swapped)
  assert.deepEqual((await ask(token, { ...told(swapped), birth_date: '2005-04-03' })).body, {
    matched: false,
    differs: ['birth_date'],
  })
  assert.deepEqual((await ask(token, { ...told(swapped), birth_date: '04/03/2005' })).body, {
    matched: true,
    differs: [],
  })
  assert.deepEqual((await ask(token, { ...told(swapped), birth_date: '2005' })).body, {
    matched: false,
    differs: ['birth_date'],
  })

  const old = aPerson({ bornOn: '1950' })
  await enter(house, old)
  assert.deepEqual((await ask(token, { ...told(old), birth_date: '1950' })).body, { matched: true, differs: [] })
  assert.deepEqual((await ask(token, { ...told(old), birth_date: '1950-01-01' })).body, {
    matched: false,
    differs: ['birth_date'],
  })
})

test('sex is compared where it was given', async () => {
  const row = aPerson({ sex: 'F', name: 'Lê Thị Mai' })
  await enter(house, row)
  const { sex: _sex, ...withoutSex } = told(row)
  assert.deepEqual((await ask(token, withoutSex)).body, { matched: true, differs: [] })
  assert.deepEqual((await ask(token, { ...withoutSex, sex: 'Nam' })).body, { matched: false, differs: ['sex'] })
})

test('a number that nobody ever had is a difference, and leaves no personal data anywhere', async () => {
  const sent = { person_number: '022205987654', full_name: 'Trần Không Ai', birth_date: '2005-11-29' }
  assert.deepEqual((await ask(token, sent)).body, { matched: false, differs: ['person_number'] })

  const tables = await house.owner<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  assert.ok(tables.length > 100)
  for (const { name } of tables) {
    const found = await house.owner(`select from ${name} t where t::text ~ '987654|Trần Không Ai|2005-11-29' limit 1`)
    assert.equal(found.length, 0, `${name} keeps what was sent`)
  }
})

test('a party with a legal basis learns that a number is cancelled or its holder dead, and gets no match', async () => {
  const dead = aPerson({ life_status: 'dead' })
  const renewed = aPerson({ cancelled_numbers: '022205600001' })
  await enter(house, dead)
  await enter(house, renewed)

  assert.deepEqual((await ask(token, told(dead))).body, { matched: false, differs: [], status: 'deceased' })
  assert.deepEqual((await ask(token, { ...told(renewed), person_number: '022205600001' })).body, {
    matched: false,
    differs: ['person_number'],
    status: 'cancelled',
  })
  assert.deepEqual((await ask(token, told(renewed))).body, { matched: true, differs: [] })
})

test('a party without a legal basis gets the answer for an unknown number instead, however often it asks', async () => {
  const dead = aPerson({ life_status: 'dead' })
  const renewed = aPerson({ cancelled_numbers: '022205600002' })
  const personId = await enter(house, dead)
  await enter(house, renewed)
  const without = await checking.tokenOf(await checking.aParty({ legalBasis: false }))
  const answers = []
  for (const person_number of [dead.person_number, '022205600002', '022205999999'])
    for (let time = 0; time < 5; time += 1) {
      const { status, body } = await ask(without, { ...told(dead), full_name: 'Ai Đó', person_number })
      answers.push(JSON.stringify([status, body]))
    }
  assert.deepEqual([...new Set(answers)], [JSON.stringify([200, { matched: false, differs: ['person_number'] }])])
  assert.equal((await readings(personId)).at(-1)?.fields, 'number', 'whose number it was sees that it was asked for')
})

test('unreadable input is refused field by field, and nothing that was sent comes back', async () => {
  const { status, body } = await ask(token, {
    person_number: '22205001234',
    full_name: '12345',
    birth_date: '31/02/2005',
    sex: 'khác',
  })
  assert.equal(status, 400)
  assert.equal(body['type'], '/problems/verification-input-wrong')
  assert.deepEqual(
    (body['wrong'] as { field: string }[]).map(({ field }) => field),
    ['person_number', 'full_name', 'birth_date', 'sex'],
  )
  assert.doesNotMatch(JSON.stringify(body), /22205001234|12345|31\/02|khác/)
})

test('a purpose that was not approved is refused; the approved one is taken in either language', async () => {
  const row = aPerson({})
  await enter(house, row)
  assert.equal(
    (await ask(token, { ...told(row), purpose: 'tiếp thị' })).body['type'],
    '/problems/verification-purpose-not-approved',
  )
  for (const purpose of ['for the exam file', 'Để ghi vào hồ sơ thi', 'verification'])
    assert.equal((await ask(token, { ...told(row), purpose })).status, 200)
})

test('probing a person is slowed, then stopped, whatever else is asked, and the person is notified', async () => {
  const row = aPerson({})
  const personId = await enter(house, row)
  const guesser = await checking.aParty()
  const its = await checking.tokenOf(guesser)
  const guess = (day: number) => ask(its, { ...told(row), birth_date: `2001-01-${String(day).padStart(2, '0')}` })

  const atOnce = await Promise.all(Array.from({ length: 24 }, (_, at) => guess(at + 1)))
  assert.equal(
    atOnce.filter(({ status }) => status === 200).length,
    3,
    'a hundred guesses at once are a hundred guesses',
  )
  const slowed = await ask(its, told(row))
  assert.equal(slowed.body['type'], '/problems/verification-slowed', 'what is right is not told meanwhile')
  assert.ok(Number(slowed.headers.get('retry-after')) >= 1)
  assert.equal((await ask(token, told(row))).status, 200, 'others are answered')

  for (let more = 0; more < 7; more += 1) {
    await house.owner(
      `update verification.wrong set free_at = now() - interval '1 second' where person_id = $1 and client_id = $2`,
      [personId, guesser.clientId],
    )
    assert.equal((await guess(25)).status, 200)
  }
  await house.owner(`update verification.wrong set free_at = now() - interval '1 second' where person_id = $1`, [
    personId,
  ])
  assert.equal((await ask(its, told(row))).body['type'], '/problems/verification-stopped')

  const [deed] = await house.owner<{ facts: unknown; subject_id: string }>(
    `select facts, subject_id from audit.deed where person_id = $1 and deed = 'verification.stopped'`,
    [personId],
  )
  assert.deepEqual(deed, { facts: { wrongs: 10 }, subject_id: guesser.clientId })
  const [about] = await house.work(work => probingAbout(work, personId))
  assert.equal(about?.wrongs, 10)
  assert.equal(about?.refused, 23)
  assert.ok(about?.stoppedAt)
})

test('a client whose numbers are nearly all nobody’s is slowed, then stopped for the day', async () => {
  const trying = await checking.aParty()
  const its = await checking.tokenOf(trying)
  const row = aPerson({})
  await enter(house, row)
  const had = (asked: number, wrong: number, ago: string) =>
    house.owner(
      `insert into verification.tally (client_id, on_day, hand, asked, wrong, wrong_at)
       values ($1, (now() at time zone 'Asia/Ho_Chi_Minh')::date, 2000, $2, $3, now() - $4::interval)
       on conflict (client_id, on_day, hand)
       do update set asked = excluded.asked, wrong = excluded.wrong, wrong_at = excluded.wrong_at`,
      [trying.clientId, asked, wrong, ago],
    )
  await had(900, 500, '0 seconds')
  assert.equal((await ask(its, told(row))).status, 200, 'a bad list is no attack')
  await had(500, 400, '0 seconds')
  assert.equal((await ask(its, told(row))).body['type'], '/problems/verification-client-slowed')
  await had(500, 400, '5 seconds')
  assert.equal((await ask(its, told(row))).status, 200)
  await had(1200, 1190, '1 hour')
  assert.equal((await ask(its, told(row))).body['type'], '/problems/verification-client-stopped')
})

test('the quota is counted check by check, also of those that come at once', async () => {
  const small = await checking.aParty()
  const its = await checking.tokenOf(small)
  await house.owner(
    `insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
      values ($1, 'verification', 5, 5, 'x', now())`,
    [small.clientId],
  )
  const row = aPerson({})
  await enter(house, row)
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask(its, told(row))))
  const counted = answers.filter(({ status }) => status === 200).length
  assert.ok(counted >= 5 && counted <= 7, `${counted} of five, and what was under way beside them`)
  const refused = answers.find(({ status }) => status === 429)
  assert.equal(refused?.body['type'], '/problems/verification-quota-over')
  assert.ok(Number(refused?.headers.get('retry-after')) >= 1)
})

test('a client whose quota is used up has nobody looked up, held or logged', async () => {
  const spent = await checking.aParty()
  await house.owner(
    `insert into parties.quota (client_id, what, per_minute, per_day, set_by_id, set_at)
      values ($1, 'verification', 1, 5, 'x', now())`,
    [spent.clientId],
  )
  const row = aPerson({})
  const personId = await enter(house, row)
  const client = await house.work(work => findClient(work, spent.clientId))
  const asked = readCheckRequest(told(row))
  if ('wrong' in asked || !client) throw new Error('asked for a client and a person')
  const locks = kept<{ held: number }>`
    select count(*)::integer as held from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`
  const seen: unknown[] = []
  for (const inMessages of ['first-statement', undefined] as const)
    await house.as({ ...asClient(client), ...(inMessages && { inMessages }) }, async work => {
      const outcomes = await answerWithinQuota(work, client, [{ asked }, { asked }])
      seen.push('resetsAt' in outcomes && outcomes.resetsAt > work.now, (await locks.execute(work.tx)).rows[0]?.held)
    })
  assert.deepEqual(seen, [true, 0, true, 0])
  assert.equal((await readings(personId)).length, 0)
  const its = await checking.tokenOf(spent)
  assert.equal((await ask(its, told(row))).status, 200, 'none of it was counted')
  assert.equal((await ask(its, told(row))).status, 429)
  assert.equal((await readings(personId)).length, 1)
})

test('a check takes three messages to the database: its token, what is read, what is written', async () => {
  const row = aPerson({})
  await enter(house, row)
  const asked = readCheckRequest(told(row))
  if ('wrong' in asked) throw new Error('asked for a person')
  const authenticate = authenticateParty({ openWork: house.openWork, origin: checking.origin })
  const request = {
    id: 'one',
    headers: { authorization: `Bearer ${token}` },
    routeOptions: { config: { door: { right: 'verification' } } },
  } as unknown as FastifyRequest
  const queue = openCheckQueue(house.openWork, openSandboxPlaces())
  const [ofToken, ofCheck]: [string[], string[]] = [[], []]
  const who = await countingStatements(ofToken, () => authenticate(request))
  const client = findClientOf(who)
  if (!client) throw new Error('the token is not taken')
  const check = (known: Partial<typeof asked> = {}) =>
    countingStatements(ofCheck, () => queue(client, { asked: { ...asked, ...known }, requestId: 'one' }))
  assert.deepEqual(await check(), { matched: true, differs: [] })
  // What was tried is looked up with the rest.
  assert.deepEqual(await check({ names: ['Ngô Thì Khác'], birth: { y: 1901 } }), {
    matched: false,
    differs: ['full_name', 'birth_date'],
  })
  assert.deepEqual([ofToken.length, ofCheck.length], [1, 4], [...ofToken, ...ofCheck].join('\n'))
})

test('a check whose trace cannot be sealed has no answer, and nothing of it is counted', async () => {
  const its = await checking.aParty()
  const itsToken = await checking.tokenOf(its)
  const row = aPerson({})
  const personId = await enter(house, row)
  const counted = async () => {
    const found = await house.owner<{ spent: number; asked: number }>(
      `select (select count(*)::integer from parties.spent where client_id = $1) as spent,
        (select count(*)::integer from verification.tally where client_id = $1) as asked`,
      [its.clientId],
    )
    return [found[0]?.spent, found[0]?.asked, (await readings(personId)).length]
  }
  await house.owner('revoke insert on audit.reading_entry from dinhdanh_app')
  try {
    assert.equal((await ask(itsToken, told(row))).status, 500)
  } finally {
    await house.owner('grant insert on audit.reading_entry to dinhdanh_app')
  }
  assert.deepEqual(await counted(), [0, 0, 0])
  assert.equal((await ask(itsToken, told(row))).status, 200)
  assert.deepEqual(await counted(), [2, 1, 1])
})

test('a sandbox client knows invented people alone', async () => {
  const real = aPerson({})
  const invented = aPerson({})
  const realId = await enter(house, real)
  const inventedId = await enter(house, invented)
  await house.owner('insert into parties.sandbox_person (person_id, added_at) values ($1, now())', [inventedId])
  const its = await checking.tokenOf(await checking.aParty({ sandbox: true }))
  assert.deepEqual((await ask(its, told(real))).body, { matched: false, differs: ['person_number'] })
  assert.deepEqual((await ask(its, told(invented))).body, { matched: true, differs: [] })
  assert.equal((await readings(realId)).length, 0)
})

test('every answer says yes or names fields, and never gives a value', async () => {
  const rows = ['Hoàng Văn Bé', 'Lò Thị Ín', 'Nguyễn Quỳnh Hoa', 'Y Moan Ênuôl'].flatMap((name, at) => [
    aPerson({ name, bornOn: `19${60 + at}-0${at + 1}-1${at}`, sex: at % 2 ? 'F' : 'M' }),
    aPerson({
      name: `${name} Hai`,
      bornOn: `20${10 + at}`,
      life_status: at === 0 ? 'dead' : 'alive',
      cancelled_numbers: `02220570000${at}`,
    }),
  ])
  for (const row of rows) await enter(house, row)
  const numbers = [...rows.map(row => row.person_number), '022205700000', '022205700001', '022205999998']
  const sent = fc.record({
    person_number: fc.constantFrom(...numbers),
    full_name: fc.constantFrom(
      ...rows.flatMap(({ full_name }) => [full_name, full_name.toUpperCase(), full_name.normalize('NFD')]),
    ),
    birth_date: fc.constantFrom(...rows.map(({ birth_date }) => birth_date)),
    sex: fc.constantFrom('', 'M', 'F', 'Nam', 'Nữ'),
  })
  const told = new RegExp(
    String.raw`^(\{"matched":(true|false),"differs":\[("(person_number|full_name|birth_date` +
      String.raw`|sex)",?)*\](,"status":"(cancelled|deceased)")?\}` +
      String.raw`|\{"withheld":"(person-(slowed|stopped)|numbers-stopped)"(,"seconds":\d+)?\})$`,
  )
  const found = await house.work(work => findClient(work, party.clientId))
  assert.ok(found)
  let client = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      fc.constantFrom('singly', 'in-bulk'),
      async (given, legalBasis, pace) => {
        const one = { ...found, clientId: `property-${client++}`, legalBasis }
        const checks = given.map(row => {
          const asked = readCheckRequest(row)
          assert.ok(!('wrong' in asked))
          return { asked }
        })
        await house.owner('delete from verification.wrong')
        for (const outcome of await house.as(asClient(one), work => answerAll(work, one, checks, pace as 'singly'))) {
          const text = JSON.stringify(outcome)
          assert.match(text, told)
          assert.ok(legalBasis || !text.includes('status'))
          assert.ok(!text.includes('"matched":true') || text.includes('"differs":[]'))
        }
      },
    ),
    { numRuns: 60 },
  )
})
