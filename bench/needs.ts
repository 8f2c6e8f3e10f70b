// Who needs what, at 1.3 million people with cards, accounts and the rolls of all schools, under row-level security:
// figures and pages of the list, as a province's commander, a district's and a ward's officer ask. node bench/needs.ts:
// a synthetic province is written, imported and reconciled first. DATA=FOLDER keeps it for the next run.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as campaign from '../src/campaign/campaign.ts'
import * as cards from '../src/cards/cards.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { readCsv } from '../src/platform/csv/read-csv.ts'
import { asDay } from '../src/platform/day.ts'
import { openDatabase } from '../src/platform/db.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { type Authority, asSystem, makeOpenWork, type Work } from '../src/platform/work.ts'
import * as register from '../src/register/register.ts'
import * as rolls from '../src/rolls/rolls.ts'
import * as units from '../src/units/units.ts'
import { synthesise } from '../synth/synth.ts'

const day = asDay('2023-04-20')
const schoolYear = '2022-2023'
const kept = process.env['DATA']
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'dinhdanh-bench-')))
await mkdir(folder, { recursive: true })
const people = Number(process.env['PEOPLE'] ?? 1_300_000)
const rounds = Number(process.env['ROUNDS'] ?? 20)

setSealingKey(Buffer.alloc(32, 7))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const database = openDatabase(postgres.url)
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
try {
  await migrateJobs(postgres.url)
  await migrate(postgres.url)
  if (await openWork(asSystem('bench'), register.isEmpty)) await fill()
  await measureAll()
} finally {
  await database.end()
  await postgres.release()
  if (!kept) await rm(folder, { recursive: true, force: true })
}

async function fill() {
  const out = join(folder, 'out')
  const maintenance = { ...asSystem('bench'), role: 'maintenance' as const }
  const timed = async (what: string, step: () => Promise<unknown>) => {
    const elapsed = stopwatch()
    await step()
    console.error(what, (elapsed() / 1000).toFixed(1), 's')
  }
  await timed('synth', () => synthesise({ people, seed: 7, out, day }))
  await timed('units, schools', () =>
    openWork(maintenance, async work => {
      await units.loadReference(work)
      await units.importUnits(work, readCsv(join(out, 'units.csv'), { columns: units.unitColumns }))
      await units.importSchools(work, readCsv(join(out, 'schools.csv'), { columns: units.schoolColumns }))
    }),
  )
  await timed('persons', () => register.importPersons({ openWork }, join(out, 'persons.csv')))
  await timed('cards', () => cards.importCards(openWork, maintenance, join(out, 'cards.csv')))
  await timed('accounts', () => accounts.importAccounts(openWork, maintenance, join(out, 'accounts.csv')))
  await timed('rolls', () =>
    rolls.importFolder(openWork, asSystem('bench'), join(out, 'rolls'), { schoolYear, asOf: day }),
  )
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
      purpose: 'campaign',
    }
  })
}

async function measureAll() {
  const born = [2004, 2005, 2007, 2008]
  const everybody = { basis: 'permanent' as const }
  const standings = { province: await officer('22'), district: await officer('193'), ward: await officer('06649') }
  const questions: readonly (readonly [string, (work: Work) => Promise<unknown>])[] = [
    ['figures, by school', work => campaign.countNeeds(work, { born })],
    ['figures, by permanent residence', work => campaign.countNeeds(work, { born, basis: 'permanent' })],
    ['first page, by school', work => campaign.listPeopleInNeed(work, { born })],
    ['a later page, by school', later({ born })],
    ['first page, without a card', work => campaign.listPeopleInNeed(work, { born, needs: ['card'] })],
    ['first page, a rare need', work => campaign.listPeopleInNeed(work, { born, needs: ['card-renewal'] })],
    ['first page, by residence', work => campaign.listPeopleInNeed(work, { born, basis: 'permanent' })],
    ['first page, in order of birth', work => campaign.searchPeopleInNeed(work, { born, order: 'born' })],
    ['first page, in order of schools', work => campaign.searchPeopleInNeed(work, { born, order: 'school' })],
    ['first page, by part of a name', work => campaign.searchPeopleInNeed(work, { born, name: 'huong' })],
    ['first page of everybody, by residence', work => campaign.searchPeopleInNeed(work, everybody)],
    ['the same, in order of birth', work => campaign.searchPeopleInNeed(work, { ...everybody, order: 'born' })],
    ['the same, by part of a name', work => campaign.searchPeopleInNeed(work, { ...everybody, name: 'huong' })],
    ['everybody of a name chosen', work => choose(work, { born, name: 'huong' })],
    ['a workbook of everybody', work => exported(work, { born })],
  ]
  const lines: Record<string, Record<string, number>> = {}
  for (const [what, ask] of questions)
    for (const [who, standing] of Object.entries(standings)) {
      const times: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const elapsed = stopwatch()
        await openWork(standing, ask)
        times.push(elapsed())
      }
      times.sort((a, b) => a - b)
      const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
      lines[`${what}, ${who}`] = { p50: at(0.5), p95: at(0.95), worst: at(1) }
    }
  const pupils = await openWork(standings.province, work => campaign.countNeeds(work, { born }))
  const all = await openWork(standings.province, work => campaign.countNeeds(work, everybody))
  const cpu = process.cpuUsage()
  console.log(
    `${rounds} questions each, milliseconds, whole work with its trace; ${pupils.all.people} pupils, ` +
      `${pupils.all.inNeed} of them in need; of everybody ${all.all.inNeed} of ${all.all.people}; ` +
      `${((cpu.user + cpu.system) / 1e6).toFixed(0)} CPU seconds of this process`,
  )
  console.table(lines)
}

/** A list that is longer than one deed may be done to is refused, which is an answer too. */
function choose(work: Work, search: Parameters<typeof campaign.chooseEverybody>[1]) {
  return campaign.chooseEverybody(work, search).catch(refusedWith('choice-too-large'))
}

function exported(work: Work, filter: Parameters<typeof campaign.exportPeopleInNeed>[1]) {
  return campaign.exportPeopleInNeed(work, filter, 'bench', 'vi').catch(refusedWith('list-too-long'))
}

function refusedWith(code: string) {
  return (error: unknown) => {
    if ((error as { code?: unknown }).code !== code) throw error
  }
}

/** The page after the first, which is asked for once. */
function later(filter: Parameters<typeof campaign.listPeopleInNeed>[1]) {
  const next = new Map<string, string | null>()
  return async (work: Work) => {
    const key = work.unitId ?? ''
    if (!next.has(key)) next.set(key, (await campaign.listPeopleInNeed(work, filter)).next)
    const after = next.get(key)
    return campaign.listPeopleInNeed(work, filter, { ...(after && { after }) })
  }
}
