// Plans of a province beside those of a greedy planner: objective, people late, minutes, the proved bounds and the gaps
// as time goes on, and CPU seconds; each plan is checked.
// node bin/script bench/planning.ts [province|accounts|demonstration ...]:
// SECONDS=60 is how long each is searched, SEED=1 changes instance and search, TEAMS=24 the teams of the province.
// `demonstration` makes one of PEOPLE=20000 and sets the plan by hand of its sessions beside ours.
// `events`: the plan of SECONDS of each is made again after ten random events, one by one, for REPLAN=3 seconds.
// INSTANCE=F.json takes an instance from a file instead, PLAN=F.json sets somebody's plan of it beside ours.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import * as campaign from '../src/campaign/campaign.ts'
import { makeDemonstration } from '../src/demonstration/demonstration.ts'
import { openHouse } from '../src/open-house.ts'
import { greedyPlan } from '../src/planning/optimiser/greedy.fixture.ts'
import type { PlanInstance } from '../src/planning/optimiser/instance.ts'
import { accountsInstance, provinceInstance } from '../src/planning/optimiser/made-instance.fixture.ts'
import type { Plan, PlanBound, PlanObjective } from '../src/planning/optimiser/plan.ts'
import { readInstance } from '../src/planning/optimiser/read-instance.ts'
import { madeEvents } from '../src/planning/optimiser/replanning/made-events.fixture.ts'
import { replan } from '../src/planning/optimiser/replanning/replan.ts'
import { type SolveProgress, solve } from '../src/planning/optimiser/solve.ts'
import { ruleOfFault } from '../src/planning/plan-check/fault.ts'
import { checkPlan } from '../src/planning/plan-check/plan-check.ts'
import { handPlanOf } from '../src/planning/plan-reasons/hand-plan.fixture.ts'
import * as planning from '../src/planning/planning.ts'
import { stopwatch } from '../src/platform/clock.ts'
import { addDays, daysFrom, weekday } from '../src/platform/day.ts'
import { asSystem } from '../src/platform/work.ts'

const given = (name: string, usual: number) => Number(process.env[name] ?? usual)
const seconds = given('SECONDS', 60)
const seed = given('SEED', 1)
const marks = [1, 5, 10, 30, 60].filter(mark => mark < seconds)

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
const count = (value: number) => Math.round(value).toLocaleString('en')
const percent = (value: number, bound: number) =>
  value > 0 ? `${(((value - bound) / value) * 100).toFixed(2)} %` : '–'
const print = (...cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

const columns = [
  'objective',
  'bound',
  'gap',
  'late',
  'at least',
  'gap',
  'minutes',
  'at least',
  'gap',
  'CPU, s',
  'valid',
]

type Row = {
  readonly objective: PlanObjective
  readonly bound?: PlanBound | undefined
  readonly cpu: number
  /** Of whole plans alone. */
  readonly faults?: number | undefined
}

function printRow(name: string, { objective, bound, cpu, faults }: Row): void {
  const minutes = objective.travelMinutes + objective.overtimeMinutes
  const beside = (value: number, least: number | undefined) =>
    least === undefined ? [count(value), '–', '–'] : [count(value), count(least), percent(value, least)]
  print(
    name,
    ...beside(objective.total, bound?.total),
    ...beside(objective.latePeople, bound?.latePeople),
    ...beside(minutes, bound?.minutes),
    cpu.toFixed(1),
    faults === undefined ? '' : faults === 0 ? 'yes' : `${faults} faults`,
  )
}

/** What a plan by hand comes to by the checker, and which rules it breaks how often. */
function measureHand(instance: PlanInstance): void {
  const plan = handPlanOf(instance)
  const { faults, objective } = checkPlan(instance, plan)
  const sessions = plan.routes.reduce((sum, one) => sum + one.sessions.length, 0)
  printRow(`by hand, ${sessions} sessions`, { objective, cpu: 0, faults: faults.length })
  const broken = [...Map.groupBy(faults, ({ code }) => `${ruleOfFault[code]}: ${code}`)]
  for (const [rule, those] of broken.toSorted((a, b) => b[1].length - a[1].length))
    print(`  breaks ${rule}`, count(those.length), ...columns.slice(1).map(() => ''))
}

const faultsIn = (instance: PlanInstance, plan: Plan) => checkPlan(instance, plan).faults.length

function measureGreedy(instance: PlanInstance): void {
  const [passed, before] = [stopwatch(), cpuSeconds()]
  const plan = greedyPlan(instance)
  const [took, cpu] = [passed() / 1000, cpuSeconds() - before]
  printRow(`greedy, ${took.toFixed(1)} s`, { objective: plan.objective, cpu, faults: faultsIn(instance, plan) })
}

/** A row for each mark: what was known of the search when it passed. */
async function measureSearch(instance: PlanInstance): Promise<void> {
  const [passed, before] = [stopwatch(), cpuSeconds()]
  const waiting = [...marks]
  let latest: (SolveProgress & { readonly cpu: number }) | undefined
  const onProgress = (progress: SolveProgress) => {
    while (waiting[0] !== undefined && passed() >= waiting[0] * 1000) {
      const name = `${waiting.shift()} s`
      if (latest) printRow(name, { objective: latest.objective, bound: latest.bound, cpu: latest.cpu })
      else print(name, 'no plan yet', ...columns.slice(1).map(() => ''))
    }
    latest = { ...progress, cpu: cpuSeconds() - before }
  }
  const plan = await solve(instance, { seed, seconds, onProgress })
  const [took, cpu] = [passed() / 1000, cpuSeconds() - before]
  const { objective, bound } = plan
  printRow(`${took.toFixed(1)} s, the plan`, { objective, bound, cpu, faults: faultsIn(instance, plan) })
}

async function measure(name: string, instance: PlanInstance, others: readonly Plan[] = []): Promise<void> {
  const people = instance.demands.reduce((sum, demand) => sum + demand.people, 0)
  const { sites, teams, kits, days } = instance
  const load = loadavg().map(one => one.toFixed(1))
  process.stdout.write(
    `\n${name}: ${count(people)} people at ${count(sites.length)} sites, ${teams.length} teams, ${kits.length} kits, ` +
      `${days.length} days; seed ${seed}, load ${load.join(' ')}\n\n`,
  )
  print('after', ...columns)
  print(...['after', ...columns].map((_, i) => (i === 0 ? '---' : '---:')))
  for (const { objective, bound, ...plan } of others)
    printRow('the given plan', { objective, bound, cpu: 0, faults: faultsIn(instance, { ...plan, objective, bound }) })
  if (name === 'demonstration') measureHand(instance)
  measureGreedy(instance)
  await measureSearch(instance)
}

/** Ten random events: how long each replan took, what it moved, and whom it is late for. */
async function measureEvents(name: string, instance: PlanInstance): Promise<void> {
  const { bound: _bound, gap: _gap, ...plan } = await solve(instance, { seed, seconds })
  const load = loadavg().map(one => one.toFixed(1))
  process.stdout.write(`\n${name}: plan of ${seconds} s, seed ${seed}, load ${load.join(' ')}\n\n`)
  const heads = ['event', 'seconds', 'announced', 'moved', 'by the event', 'late before', 'late after', 'valid']
  print(...heads)
  print(...heads.map((_, i) => (i === 0 ? '---' : '---:')))
  for (const event of madeEvents(instance, plan, seed, 10)) {
    const passed = stopwatch()
    const after = await replan(instance, plan, [event], { seed, seconds: given('REPLAN', 3) })
    const took = (passed() / 1000).toFixed(1)
    const { announced, before, after: now } = after.difference
    const counts = [announced.all, announced.moved, announced.byEvent, before.late, now.late].map(count)
    const faults = faultsIn(after.instance, after.plan)
    print(`${event.what} ${event.from} to ${event.to}`, took, ...counts, faults === 0 ? 'yes' : `${faults} faults`)
  }
}

/** The week after the day of the demonstration, for which people planned by hand; evenings and Saturday ordered. */
async function demonstrationInstance(): Promise<PlanInstance> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
  const house = await openHouse({
    folder: join(folder, 'data'),
    purpose: 'server',
    said: { people: given('PEOPLE', 20_000) },
    environment: { DINHDANH_LOG_LEVEL: 'silent' },
  })
  try {
    await makeDemonstration(house, () => undefined)
    const from = addDays(house.today(), 1)
    const to = addDays(from, 6)
    const days = daysFrom(from, to).filter(day => weekday(day) === 6)
    return await house.openWork(asSystem('demonstration'), async work => {
      const one = await campaign.getCampaignByName(work, 'tai-khoan-2023')
      return planning.buildInstance(work, { campaign: one, from, to, overtime: { days, evenings: true } })
    })
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const made: Readonly<Record<string, () => PlanInstance | Promise<PlanInstance>>> = {
  province: () => provinceInstance(seed, { teams: given('TEAMS', 24) }),
  accounts: () => accountsInstance(seed),
  demonstration: demonstrationInstance,
}

const { INSTANCE: file, PLAN: otherFile } = process.env
if (process.argv[2] === 'events') {
  for (const [name, make] of Object.entries(made)) if (name !== 'demonstration') await measureEvents(name, await make())
} else if (file === undefined) {
  const names = process.argv.length > 2 ? process.argv.slice(2) : ['province', 'accounts']
  for (const name of names) {
    const make = made[name]
    if (!make) throw new Error(`there is no instance ${name}: ${Object.keys(made).join(', ')}`)
    await measure(name, await make())
  }
} else {
  const other: readonly Plan[] = otherFile === undefined ? [] : [JSON.parse(await readFile(otherFile, 'utf8'))]
  await measure(file, readInstance(JSON.parse(await readFile(file, 'utf8'))), other)
}
