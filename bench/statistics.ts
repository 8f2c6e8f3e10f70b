// Quick statistics at a province's size: how fast a page is, beside counting the facts for the same page; what counting
// costs those who write; and whether DuckDB, which counts exported facts by SQL of its own, finds the same. DATA=FOLDER
// node bench/statistics.ts: FOLDER holds a province that bench/needs.ts filled. EVENTS, ROUNDS, QUESTIONS and SECONDS
// change how much is done, ONLY=pages|duckdb|writing what.
import { setTimeout } from 'node:timers/promises'
import * as accounts from '../src/accounts/accounts.ts'
import * as audit from '../src/audit/audit.ts'
import * as campaign from '../src/campaign/campaign.ts'
import { consequences } from '../src/consequences.ts'
import { asDay } from '../src/platform/day.ts'
import { asId } from '../src/platform/ids.ts'
import { asSystem, type Work } from '../src/platform/work.ts'
import * as statistics from '../src/statistics/statistics.ts'
import * as units from '../src/units/units.ts'
import { askDuckDb } from './statistics/duckdb.ts'
import { pageByFacts } from './statistics/facts.ts'
import {
  addDay,
  closeBench,
  day,
  factsOf,
  inBench,
  makeEvents,
  openWork,
  percentiles,
  postgresAgain,
  random,
  timed,
} from './statistics/house.ts'

const events = Number(process.env['EVENTS'] ?? 600_000)
const rounds = Number(process.env['ROUNDS'] ?? 200)
/** Pages asked before the clock counts: code is compiled as it runs, and the first read comes from the disk. */
const warming = 10
const questions = Number(process.env['QUESTIONS'] ?? 200)
const seconds = Number(process.env['SECONDS'] ?? 20)

try {
  const id = await theCampaign()
  const only = process.env['ONLY']
  if (!only || only === 'pages') await pages(id)
  if (!only || only === 'duckdb') await duckDb(id)
  if (!only || only === 'writing') await writing()
} finally {
  await closeBench()
}

/** Everyone of fourteen and above, by permanent residence, asked for 723,000 activated accounts. */
async function theCampaign(): Promise<campaign.CampaignId> {
  const known = await openWork(asSystem('bench'), campaign.listCampaigns)
  const made = known.find(({ name }) => name === 'bench')
  if (made) return made.id
  audit.setConsequences(consequences)
  const { id } = await timed(`campaign of everyone of fourteen and above, counted`, async () => {
    const shape = await openWork(asSystem('bench'), work =>
      campaign.create(work, {
        name: 'bench',
        title: 'Toàn dân',
        cohort: { ageFrom: 14, basis: 'permanent' },
        metrics: ['account-activated'],
        startsOn: '2023-01-20',
        deadlines: [{ name: 'Kích hoạt', on: '2023-06-30', proof: 'account-activated' }],
        targets: [{ unit: '22', metric: 'account-activated', value: 723_000 }],
      }),
    )
    await statistics.recountAllDue(openWork)
    return shape
  })
  await timed(`${events} activations of 90 days taken in as an extract`, () => makeEvents(events))
  await timed('and counted', () => statistics.recountAllDue(openWork))
  return campaign.asCampaignId(id)
}

/** Pages of random days: of the province, a district, a ward. */
async function pages(id: campaign.CampaignId): Promise<void> {
  const all = await openWork(asSystem('bench'), work => units.unitsOn(work, day))
  const levels = {
    province: all.filter(({ code, level }) => code === '22' && level === 'province'),
    district: all.filter(({ parentId }) => parentId && all.find(({ id: p }) => p === parentId)?.code === '22'),
    ward: [] as units.Unit[],
  }
  levels.ward = all.filter(
    ({ parentId, level }) => level === 'commune' && levels.district.some(({ id: p }) => p === parentId),
  )
  const rows: Record<string, Record<string, number>> = {}
  for (const [name, choices] of Object.entries(levels)) {
    const [ours, facts]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds + warming; round += 1) {
      const unit = choices[Math.floor(random() * choices.length)]
      const on = addDay('2023-01-21', Math.floor(random() * 89))
      if (!unit) continue
      const took = await inBench(work => statistics.readQuickSheet(work, id, { unit: unit.id, day: on }))
      if (round >= warming) ours.push(took)
      if (round % 10 === 0) facts.push(await inBench(work => pageByFacts(work, id, unit, asDay(on))))
    }
    const [a, b] = [percentiles(ours), percentiles(facts)]
    rows[name] = {
      'p50 ms': a.p50,
      'p95 ms': a.p95,
      'worst ms': a.worst,
      'by facts p50 ms': b.p50,
      'times as fast': Math.round((b.p50 / a.p50) * 10) / 10,
    }
  }
  console.log(
    `a page of quick statistics of a random unit and day, ${rounds} each, the whole work with its forecast, ` +
      'beside counting the facts for the same page',
  )
  console.table(rows)
}

/** Random questions, asked of us and of DuckDB over exported facts. */
async function duckDb(id: campaign.CampaignId): Promise<void> {
  const facts = await factsOf(id)
  const asked = await askDuckDb(facts, questions, random)
  let wrong = 0
  for (const { query, answers } of asked) {
    const sheet = await openWork(asSystem('bench'), work => statistics.readQuickSheet(work, id, query))
    const row = sheet.whole
    if (row.members !== answers.members || row.cumulative !== answers.cumulative || row.today !== answers.today) {
      wrong += 1
      if (wrong <= 5)
        console.log('differs', query, answers, { members: row.members, cumulative: row.cumulative, today: row.today })
    }
  }
  console.log(
    `${asked.length} random questions (metric, unit, day, part, map) counted by DuckDB from exported facts: ` +
      `${wrong} answered otherwise`,
  )
}

/** Deeds a second by sixteen at once, without counting and with it, in turn. */
async function writing(): Promise<void> {
  const plain = Object.fromEntries(
    Object.entries(consequences).map(([deed, steps]) => [deed, deed.startsWith('account.') ? [] : steps]),
  )
  const rates: { without: number[]; with: number[] } = { without: [], with: [] }
  for (let turn = 0; turn < 3; turn += 1) {
    audit.setConsequences(plain)
    rates.without.push(await deedsPerSecond(false))
    audit.setConsequences(consequences)
    rates.with.push(await deedsPerSecond(true))
  }
  const mean = (list: number[]) => list.reduce((sum, n) => sum + n, 0) / list.length
  const [without, withCounting] = [mean(rates.without), mean(rates.with)]
  console.log(
    `deeds a second, 16 at once, three turns of ${seconds} s each: ${Math.round(without)} without counting, ` +
      `${Math.round(withCounting)} with it folded every second: ` +
      `${Math.round((1 - withCounting / without) * 1000) / 10} % less`,
  )
}

async function deedsPerSecond(counting: boolean): Promise<number> {
  const accountsToLock = await postgresAgain(
    `select id from accounts.account where state = 'activated' order by md5(id::text || '${random()}') limit 60000`,
  )
  let next = 0
  let done = 0
  let going = true
  const one = async () => {
    while (going) {
      const id = accountsToLock[next++]?.['id']
      if (typeof id !== 'string') return
      await openWork(asSystem('bench'), async (work: Work) => {
        await accounts.lock(work, asId<'account'>(id), { reason: 'bench' })
      })
      done += 1
    }
  }
  const folding = (async () => {
    while (counting && going) {
      await statistics.recountDue(openWork)
      await setTimeout(1000)
    }
  })()
  const workers = Array.from({ length: 16 }, one)
  const started = performance.now()
  await setTimeout(seconds * 1000)
  going = false
  const rate = done / ((performance.now() - started) / 1000)
  await Promise.all([...workers, folding])
  return rate
}
