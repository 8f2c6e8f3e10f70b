// Who needs what, at 1.3 million people with cards, accounts and the rolls of all schools, under row-level security:
// figures and pages of the list, as a province's commander, a district's and a ward's officer ask. node bench/needs.ts:
// a synthetic province is written, imported and reconciled first. DATA=FOLDER keeps it for the next run; ONLY=REGEXP
// asks some questions; KEEP=FILE keeps the CPU time of each, and AGAINST=FILE tells how it grew since that many people:
// the exponent of their number.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as campaign from '../src/campaign/campaign.ts'
import * as cards from '../src/cards/cards.ts'
import { countOutOfSchool, listOutOfSchool } from '../src/out-of-school/figures-and-lists.ts'
import { countUniversal, listChildren } from '../src/out-of-school/universal/universal.ts'
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
import * as statistics from '../src/statistics/statistics.ts'
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
const database = openDatabase(postgres.administratorUrl)
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => day })
try {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  if (await openWork(asSystem('bench'), register.isEmpty)) await fill()
  await timed('kept and counted', () => statistics.recountAllDue(openWork))
  await measureAll()
} finally {
  await database.end()
  await postgres.release()
  if (!kept) await rm(folder, { recursive: true, force: true })
}

async function timed(what: string, step: () => Promise<unknown>) {
  const elapsed = stopwatch()
  await step()
  console.error(what, (elapsed() / 1000).toFixed(1), 's')
}

async function fill() {
  const out = join(folder, 'out')
  const maintenance = { ...asSystem('bench'), role: 'maintenance' as const }
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

/** CPU seconds so far of this process, and of each backend that serves it. */
async function cpuSeconds(): Promise<ReadonlyMap<number, number>> {
  const { user, system } = process.cpuUsage()
  const pids = await openWork(asSystem('bench'), async ({ tx }) => {
    const { rows } = await sql<{ pid: number }>`
      select pid from pg_stat_activity where datname = current_database()`.execute(tx)
    return rows.map(({ pid }) => pid)
  })
  const ofBackend = async (pid: number) => {
    const [, text = ''] = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')
    const fields = text.split(' ')
    return [pid, (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100] as const
  }
  return new Map([[process.pid, (user + system) / 1e6], ...(await Promise.all(pids.map(ofBackend)))])
}

/** What was taken between two moments, by whoever was there at both: a busy machine changes it little. */
function cpuBetween(before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number {
  return [...after].reduce((sum, [pid, seconds]) => sum + seconds - (before.get(pid) ?? seconds), 0)
}

async function measureAll() {
  const born = [2004, 2005, 2007, 2008]
  const everybody = { basis: 'permanent' as const }
  const ordered = (work: Work, order: 'born' | 'school' | 'class' | 'unit', descending: boolean) =>
    campaign.searchPeopleInNeed(work, { ...everybody, order, descending })
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
    ['the same, born last first', work => ordered(work, 'born', true)],
    ['the same, in order of schools', work => ordered(work, 'school', false)],
    ['the same, schools last first', work => ordered(work, 'school', true)],
    ['the same, in order of classes', work => ordered(work, 'class', false)],
    ['the same, classes last first', work => ordered(work, 'class', true)],
    ['the same, in order of communes', work => ordered(work, 'unit', false)],
    ['figures of everybody, by residence', work => campaign.countNeeds(work, everybody)],
    ['the same, by part of a name', work => campaign.searchPeopleInNeed(work, { ...everybody, name: 'huong' })],
    ['everybody of a name chosen', work => choose(work, { born, name: 'huong' })],
    ['Phổ cập, figures', work => countOutOfSchool(work, {})],
    ['Phổ cập, first page of nobody’s roll', work => listOutOfSchool(work, { cases: ['absent'] })],
    ['Phổ cập, a later page', work => listOutOfSchool(work, { cases: ['absent'] }, { offset: 1000 })],
    ['Phổ cập of education, figures', ofEducation(work => countUniversal(work, {}))],
    ['Phổ cập of education, first page', ofEducation(work => listChildren(work, 'primary', { case: 'out-of-school' }))],
    ['a workbook of everybody', work => exported(work, { born })],
  ]
  const lines: Record<string, Record<string, number>> = {}
  const count = await openWork(asSystem('bench'), async ({ tx }) => {
    const { rows } = await sql<{ people: number }>`
      select count(*)::integer as people from register.published_birth`.execute(tx)
    return rows[0]?.people ?? 0
  })
  type Kept = { readonly people: number; readonly cpu: Record<string, number> }
  const against = process.env['AGAINST']
  const before = against ? (JSON.parse(await readFile(against, 'utf8')) as Kept) : undefined
  const growthOf = (key: string, cpu: number) => {
    const then = before?.cpu[key]
    if (!before || then === undefined) return undefined
    return { growth: Number((Math.log(cpu / then) / Math.log(count / before.people)).toFixed(2)) }
  }
  const only = new RegExp(process.env['ONLY'] ?? '')
  for (const [what, ask] of questions)
    for (const [who, standing] of Object.entries(standings)) {
      if (!only.test(`${what}, ${who}`)) continue
      const times: number[] = []
      await openWork(standing, ask)
      const began = await cpuSeconds()
      for (let round = 0; round < rounds; round += 1) {
        const elapsed = stopwatch()
        await openWork(standing, ask)
        times.push(elapsed())
      }
      times.sort((a, b) => a - b)
      const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)
      const cpu = Math.round(cpuBetween(began, await cpuSeconds()) * (1000 / rounds))
      const key = `${what}, ${who}`
      lines[key] = { p50: at(0.5), p95: at(0.95), worst: at(1), cpu, ...growthOf(key, cpu) }
    }
  console.table(lines)
  const kept = process.env['KEEP']
  const taken = Object.fromEntries(Object.entries(lines).map(([key, line]) => [key, line['cpu'] ?? 0]))
  if (kept) await writeFile(kept, JSON.stringify({ people: count, cpu: taken } satisfies Kept))
  if (process.env['ONLY']) return
  const pupils = await openWork(standings.province, work => campaign.countNeeds(work, { born }))
  const all = await openWork(standings.province, work => campaign.countNeeds(work, everybody))
  const cpu = process.cpuUsage()
  console.log(
    `${rounds} questions each, milliseconds, whole work with its trace; ${pupils.all.people} pupils, ` +
      `${pupils.all.inNeed} of them in need; of everybody ${all.all.inNeed} of ${all.all.people}; ` +
      `${((cpu.user + cpu.system) / 1e6).toFixed(0)} CPU seconds of this process`,
  )
}

/** Education officers are signed in by their posts, which a bench has not: the house asks for the same unit. */
function ofEducation(ask: (work: Work) => Promise<unknown>) {
  return async ({ unitId }: Work) => openWork({ ...asSystem('bench'), ...(unitId && { unitId }) }, work => ask(work))
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
