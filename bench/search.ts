// Search at 1.3 million people under row-level security, as an officer of a district and of a ward asks: p50 and p95 of
// each question. node bench/search.ts [persons.csv]: by default a synthetic province is written and imported first.
// DATA=FOLDER keeps it for the next run.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as audit from '../src/audit/audit.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { type Authority, asSystem, makeOpenWork, type Work } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as units from '../src/units/units.ts'
import { synthesise } from '../synth/synth.ts'

const day = asDay('2023-04-20')
const kept = process.env['DATA']
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'dinhdanh-bench-')))
await mkdir(folder, { recursive: true })
const people = Number(process.env['PEOPLE'] ?? 1_300_000)
const rounds = Number(process.env['ROUNDS'] ?? 200)

setSealingKey(Buffer.alloc(32, 7))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const database = openDatabase(postgres.administratorUrl)
try {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
  if (await openWork(asSystem('bench'), register.isEmpty)) await fill()
  await measureAll()

  async function fill() {
    await openWork({ ...asSystem('bench'), role: 'maintenance' }, units.loadReference)
    const given = process.argv[2]
    if (!given) await synthesise({ people, seed: 7, out: folder, day })
    await register.importPersons({ openWork }, given ?? join(folder, 'persons.csv'))
  }

  async function officer(code: string): Promise<Authority & { unitId: units.UnitId }> {
    return openWork(asSystem('bench'), async work => {
      const unit = await units.findUnitOn(work, code, day)
      if (!unit) throw new Error(`no unit ${code}`)
      const scope = await units.scopeOf(work, unit.id, day)
      return {
        by: { kind: 'officer', id: 'bench' },
        unitId: unit.id,
        scope: { units: scope as units.UnitId[] },
        purpose: 'register',
      }
    })
  }

  /**
   * People of the whole province, so that most of who is asked for lies outside the officer's scope, as in life half
   * does.
   */
  async function sample(within?: Authority & { unitId: units.UnitId }) {
    return openWork(within ?? asSystem('bench'), async ({ tx }) => {
      const { rows } = await sql<{
        person_id: string
        number: string
        full_name: string
        birth_y: number
        birth_m: number
        birth_d: number
      }>`
        select person_id, number, full_name, birth_y, birth_m, birth_d from register.published_person
        where birth_d is not null and person_id::text like '%7' limit ${rounds * 3}`.execute(tx)
      return rows.filter((_, i) => i % 3 === 0)
    })
  }

  async function measureAll() {
    const district = await officer('193')
    const ward = await officer('06649')
    const mine = await sample(district)
    const all = [...mine.slice(0, rounds / 2), ...(await sample()).slice(0, rounds / 2)]
    const bare = (name: string) =>
      name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
    const given = (name: string) => name.split(' ').at(-1) ?? ''
    type Someone = (typeof all)[number]
    const questions: readonly (readonly [string, Authority, (work: Work, one: Someone) => Promise<unknown>])[] = [
      ['exact number, district', district, (work, one) => register.findByNumber(work, one.number)],
      [
        'whole name and year, district',
        district,
        (work, one) => register.searchPersons(work, { name: one.full_name, born: { y: one.birth_y } }),
      ],
      [
        'whole name and year, no marks',
        district,
        (work, one) => register.searchPersons(work, { name: bare(one.full_name), born: { y: one.birth_y } }),
      ],
      [
        'given name and year, district',
        district,
        (work, one) => register.searchPersons(work, { name: given(one.full_name), born: { y: one.birth_y } }),
      ],
      [
        'given name and year, ward',
        ward,
        (work, one) => register.searchPersons(work, { name: given(one.full_name), born: { y: one.birth_y } }),
      ],
      [
        'given name and date, district',
        district,
        (work, one) =>
          register.searchPersons(work, {
            name: given(one.full_name),
            born: { y: one.birth_y, m: one.birth_m, d: one.birth_d },
          }),
      ],
      ['whole name, district', district, (work, one) => register.searchPersons(work, { name: one.full_name })],
      [
        'whole name in a ward',
        district,
        (work, one) => register.searchPersons(work, { name: one.full_name, unitId: ward.unitId }),
      ],
      [
        'given name in a ward, no year',
        district,
        (work, one) => register.searchPersons(work, { name: given(one.full_name), unitId: ward.unitId }),
      ],
      ["a ward's first page by name", ward, work => register.listPeopleOfUnit(work, ward.unitId)],
    ]
    const lines: Record<string, { p50: number; p95: number; worst: number }> = {}
    for (const [what, standing, ask] of questions) {
      const times: number[] = []
      for (const one of all) {
        const elapsed = stopwatch()
        await openWork(standing, work => ask(work, one))
        times.push(elapsed())
      }
      times.sort((a, b) => a - b)
      const at = (share: number) =>
        Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1))
      lines[what] = { p50: at(0.5), p95: at(0.95), worst: at(1) }
    }
    console.log(`${rounds} questions each, milliseconds, whole work with its trace`)
    console.table(lines)

    const person = mine[0]
    if (!person) return
    const elapsed = stopwatch()
    await openWork(district, work => register.getPerson(work, person.person_id as register.PersonId))
    console.log("a person's page", elapsed().toFixed(1), 'ms')
  }
} finally {
  await database.end()
  await postgres.release()
  if (!kept) await rm(folder, { recursive: true, force: true })
}
