import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { openChecking } from '../../test/a-checking-party.ts'
import { aPerson, enter } from '../../test/builders.ts'
import { openHouse } from '../../test/house.ts'
import { placesOf } from '../platform/limits/law.ts'

const house = await openHouse({ withUnits: true })
const checking = await openChecking(house)

test('a sandbox client that floods is refused, and a live party is answered meanwhile', async () => {
  const invented = aPerson({})
  const id = await enter(house, invented)
  await house.owner('insert into parties.sandbox_person (person_id, added_at) values ($1, now())', [id])
  const told = {
    person_number: invented.person_number,
    full_name: invented.full_name,
    birth_date: invented.birth_date,
  }
  const party = await checking.aParty({ sandbox: true })
  const stranger = await checking.tokenOf(party)
  const live = await checking.tokenOf(await checking.aParty())
  // What the sandbox client asks of this number waits for its lock: its work, and with it the lane, stands still.
  const blocker = new Client({ connectionString: house.url })
  await blocker.connect()
  const lock = 'hashtextextended($1, 1)'
  await blocker.query(`select pg_advisory_lock(${lock})`, [`${party.clientId} ${invented.person_number}`])

  const beyond = 8
  const flood = Array.from({ length: placesOf['sandbox-checks'] + beyond }, () => checking.ask(stranger, told))
  const refused: Awaited<(typeof flood)[number]>[] = []
  const eightRefused = new Promise<void>(done => {
    for (const one of flood)
      void one.then(answer => {
        if (answer.status === 429 && refused.push(answer) === beyond) done()
      })
  })
  await eightRefused
  assert.ok(refused.every(({ body }) => body['type'] === '/problems/verification-sandbox-busy'))
  assert.ok(refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1))
  const asked = await checking.ask(live, told)
  assert.deepEqual([asked.status, asked.body], [200, { matched: true, differs: [] }])

  await blocker.end()
  const answers = await Promise.all(flood)
  assert.equal(answers.filter(({ status }) => status === 200).length, placesOf['sandbox-checks'])
})

test('a sandbox client that asks about a real person leaves nothing with that person', async () => {
  const real = aPerson({})
  const id = await enter(house, real)
  const stranger = await checking.tokenOf(await checking.aParty({ sandbox: true }))
  for (let tries = 0; tries < 12; tries += 1)
    assert.deepEqual(
      (
        await checking.ask(stranger, {
          person_number: real.person_number,
          full_name: 'Lò Văn Sai',
          birth_date: '1990-01-01',
        })
      ).body['differs'],
      ['person_number'],
    )
  assert.equal((await house.owner('select from verification.wrong where person_id = $1', [id])).length, 0)
  const live = await checking.tokenOf(await checking.aParty())
  const asked = await checking.ask(live, {
    person_number: real.person_number,
    full_name: real.full_name,
    birth_date: real.birth_date,
  })
  assert.deepEqual(asked.body, { matched: true, differs: [] })
})
