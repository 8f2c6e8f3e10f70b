import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { synthesise } from '../synth.ts'

let folder: string
const rowsOf = async (name: string): Promise<Record<string, string>[]> =>
  parse(await readFile(join(folder, name)), { columns: true })

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'synth-attendance-'))
  await synthesise({ people: 15_000, seed: 7, out: folder })
})
after(() => rm(folder, { recursive: true }))

test('each living child of school age is listed once, and is on a roll exactly where the truth says', async () => {
  const children = await rowsOf('truth/attendance.csv')
  const ofAge = (await rowsOf('persons.csv')).filter(({ birth_date, life_status }) => {
    const year = Number(birth_date!.slice(0, 4))
    return year >= 2005 && year <= 2016 && life_status === 'alive'
  })
  assert.deepEqual(
    children.map(({ person_number }) => person_number).sort(),
    ofAge.map(({ person_number }) => person_number).sort(),
  )

  const listed = new Set((await rowsOf('truth/rolls.csv')).map(({ person_number }) => person_number))
  for (const { person_number, roll } of children) assert.equal(roll === 'yes', listed.has(person_number), person_number)
})

test('a state follows from the school: here in the commune, elsewhere, or none', async () => {
  const unitOf = new Map((await rowsOf('schools.csv')).map(({ code, unit }) => [code, unit]))
  for (const { unit, state, school } of await rowsOf('truth/attendance.csv')) {
    if (state === 'absent') assert.equal(school, '')
    else assert.equal(state, unitOf.get(school!) === unit ? 'enrolled-here' : 'enrolled-elsewhere')
  }
})

test('of those past fifteen more are at no school, and some are at one of another province', async () => {
  const bornIn = new Map(
    (await rowsOf('persons.csv')).map(({ person_number, birth_date }) => [
      person_number,
      Number(birth_date!.slice(0, 4)),
    ]),
  )
  const children = await rowsOf('truth/attendance.csv')
  const share = (older: boolean) => {
    const those = children.filter(({ person_number }) => bornIn.get(person_number)! <= 2007 === older)
    return those.filter(({ state }) => state === 'absent').length / those.length
  }
  assert.ok(share(true) > 4 * share(false), `${share(true)} ${share(false)}`)
  assert.ok(share(false) > 0.005 && share(false) < 0.05, String(share(false)))
  assert.ok(children.some(({ school, roll }) => school === 'outside' && roll === 'no'))
})
