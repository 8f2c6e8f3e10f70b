import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Changeable, exampleInstance } from '../../planning/optimiser/example-instance.fixture.ts'
import type { PlanInstance } from '../../planning/optimiser/instance.ts'
import { stopwatch } from '../../platform/clock.ts'
import { Problem } from '../../platform/problem.ts'
import { fromRoot } from '../../platform/root.ts'
import { WrongUsage } from '../../platform/terminal.ts'
import { planCheck } from './plan-check.ts'
import { planSolve } from './plan-solve.ts'

const command = fileURLToPath(fromRoot('bin/dinhdanh'))
const root = await mkdtemp(join(tmpdir(), 'dinhdanh-plan-'))
after(() => rm(root, { recursive: true, force: true }))
await copyFile(fromRoot('docs/examples/plan-instance.json'), join(root, 'instance.json'))

type Ran = { readonly code: number | null; readonly out: string; readonly told: string }
const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, ...env } = process.env

/**
 * Runs a command as a person would; `interruptWhen` sends Ctrl-C as a terminal does, to every process of it, as soon as
 * stderr says so.
 */
function run(words: readonly string[], interruptWhen?: RegExp): Promise<Ran> {
  const child = spawn(process.execPath, [command, 'plan', ...words], { env, cwd: root, detached: true })
  let [out, told, isInterrupted] = ['', '', false]
  child.stdout.on('data', piece => (out += piece))
  child.stderr.on('data', piece => {
    told += piece
    if (!interruptWhen?.test(told) || isInterrupted || child.pid === undefined) return
    isInterrupted = true
    process.kill(-child.pid, 'SIGINT')
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, told })))
}

async function instanceFile(name: string, change: (draft: Changeable<PlanInstance>) => unknown): Promise<string> {
  const draft = exampleInstance()
  change(draft)
  await writeFile(join(root, name), JSON.stringify(draft))
  return name
}
const people = exampleInstance().demands.reduce((sum, demand) => sum + demand.people, 0)
const planIn = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8'))

const solved = await run(['solve', 'instance.json', '--seconds', '3', '--out', 'plan.json', '--json'])

test('the example of the documents is solved, and its plan is valid', async () => {
  assert.equal(solved.code, 0, solved.told)
  const [document, plan] = [JSON.parse(solved.out), await planIn('plan.json')]
  assert.equal(document.people, people)
  assert.equal(document.inTime, people - plan.objective.latePeople)
  assert.deepEqual(document.objective, plan.objective)
  assert.deepEqual([document.out, document.instance], ['plan.json', plan.instance])
  assert.equal(plan.made.stopped, false)
  assert.match(solved.told, /100 % {2}the plan is made/)

  const checked = await run(['check', 'instance.json', 'plan.json'])
  assert.equal(checked.code, 0, checked.out)
  assert.match(checked.out, /^valid\nobjective \d+: /)
})

test('the same seed and work give the same plan', async () => {
  const words = ['solve', 'instance.json', '--work', '50', '--seed', '7', '--out']
  for (const name of ['one.json', 'other.json']) assert.equal((await run([...words, name])).code, 0)
  const [one, other] = [await planIn('one.json'), await planIn('other.json')]
  assert.deepEqual([one.made.seed, one.made.work], [7, 50])
  assert.deepEqual(one.routes, other.routes)
  assert.deepEqual(one.objective, other.objective)
})

test('a malformed instance is refused with each fault on a line, and nothing is written', async () => {
  const broken = await instanceFile('broken.json', ({ demands, kits }) => {
    Object.assign(demands[3] ?? {}, { people: -2 })
    Object.assign(kits[0] ?? {}, { store: 'tây' })
  })
  const { code, told, out } = await run(['solve', broken, '--out', 'none.json'])
  assert.deepEqual([code, out], [1, ''])
  assert.match(told, /plan-instance-malformed/)
  assert.match(told, /\n {4}demands\[3\]\.people is -2: it must be 0 or more\n/)
  assert.match(told, /\n {4}kits\[0\]\.store is tây: no place has this id\n/)
  assert.ok(!(await readdir(root)).includes('none.json'))
})

/** The command without its options read from words, in this process. */
const solveBy = (values: Readonly<Record<string, string>>, ...positionals: readonly string[]) =>
  planSolve({ positionals, values, json: false })
const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code
const misused = (says: RegExp) => (error: unknown) => error instanceof WrongUsage && says.test(error.message)

test('what cannot be written is refused before anything is read', async () => {
  for (const out of [join(root, 'no/such/folder/plan.json'), root])
    await assert.rejects(solveBy({ out }, join(root, 'nowhere.json')), refusedAs('plan-folder-unwritable'))
  const out = join(root, 'none.json')
  await assert.rejects(solveBy({ out }, join(root, 'nowhere.json')), refusedAs('plan-file-missing'))
})

test('wrong words are wrong usage, and say what is wanted', async () => {
  const [file, out] = [join(root, 'instance.json'), join(root, 'none.json')]
  await assert.rejects(solveBy({}, file), misused(/--out PLAN\.json/))
  await assert.rejects(solveBy({ out }), misused(/one file/))
  await assert.rejects(solveBy({ out }, file, file), misused(/one file/))
  await assert.rejects(solveBy({ out, seconds: '5', work: '5' }, file), misused(/not both/))
  await assert.rejects(solveBy({ out, seconds: '0' }, file), misused(/--seconds is 0: it must be a number from 0\.1/))
  await assert.rejects(solveBy({ out, seconds: '1e9' }, file), misused(/--seconds is 1e9/))
  await assert.rejects(solveBy({ out, work: '2.5' }, file), misused(/--work is 2\.5: it must be a whole number/))
  await assert.rejects(solveBy({ out, seed: '-1' }, file), misused(/--seed is -1/))
  await assert.rejects(solveBy({ out: `${root}/./instance.json` }, file), misused(/the instance itself/))
  await assert.rejects(planCheck({ positionals: [file], values: {}, json: false }), misused(/two files/))
  assert.ok(!(await readdir(root)).includes('none.json'))
})

test('Ctrl-C writes the best plan so far, says so, and exits with its own code', async () => {
  const passed = stopwatch()
  const { code, told, out } = await run(['solve', 'instance.json', '--seconds', '120', '--out', 'stopped.json'], /%/)
  assert.equal(code, 130, told)
  assert.ok(passed() < 60_000)
  assert.match(told, /Stopped: the best plan so far is written to stopped\.json/)
  assert.match(out, new RegExp(`of ${people} people in time`))
  const plan = await planIn('stopped.json')
  assert.equal(plan.made.stopped, true)
  assert.deepEqual(
    (await readdir(root)).filter(name => name.endsWith('.partial')),
    [],
  )
})

test('the first Ctrl-C twice is one, and a second one ends what does not stop', async () => {
  const script = `import { stoppableOnce } from ${JSON.stringify(new URL('interruption.ts', import.meta.url).href)}
    setInterval(() => undefined, 1000)
    await stoppableOnce(() => new Promise(() => console.log('runs')))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { env })
  const ended = new Promise(resolve => child.on('close', resolve))
  await new Promise(resolve => child.stdout.once('data', resolve))
  child.kill('SIGINT')
  await setTimeout(50)
  child.kill('SIGINT')
  assert.equal(await Promise.race([ended, setTimeout(1000, 'goes on')]), 'goes on')
  child.kill('SIGINT')
  assert.equal(await ended, 130)
})

test('a plan that breaks a rule is not valid, and each fault says where and what', async () => {
  const plan = await planIn('plan.json')
  plan.objective.latePeople += 1
  await writeFile(join(root, 'wrong.json'), JSON.stringify(plan))
  const wrong = await run(['check', 'instance.json', 'wrong.json'])
  assert.equal(wrong.code, 1)
  assert.match(wrong.out, /^not valid: .*\(objective-number\)/s)

  const other = await instanceFile('other-instance.json', draft => Object.assign(draft, { name: 'another' }))
  const another = await run(['check', other, 'plan.json', '--json'])
  assert.equal(another.code, 1)
  const { valid, faults } = JSON.parse(another.out)
  const codes = faults.map(({ code }: { readonly code: string }) => code)
  assert.equal(valid, false)
  assert.ok(codes.includes('other-instance'), another.out)
})

test('where nobody needs anything and nothing was announced, the plan is of nothing, and valid', async () => {
  const empty = await instanceFile('empty.json', draft => Object.assign(draft, { demands: [], announced: [] }))
  const { code, told, out } = await run(['solve', empty, '--seconds', '0.5', '--out', 'nothing.json'])
  assert.equal(code, 0, told)
  assert.match(out, /^0 of 0 people in time, 0 late; 0 minutes/)
  const valid = await run(['check', empty, 'nothing.json', '--json'])
  assert.deepEqual([valid.code, JSON.parse(valid.out).valid], [0, true], valid.out)
})

test('what a plan’s file says does not reach the terminal as commands', async () => {
  const empty = await instanceFile('empty.json', draft => Object.assign(draft, { demands: [], announced: [] }))
  const plan = { format: 'dinhdanh-plan/1', instance: { name: '\u001b[2J\u009b', sha256: 'a'.repeat(64) } }
  const numbers = { total: 0, travelMinutes: 0, overtimeMinutes: 0, latePeople: 0, unservedPeople: 0, movedSessions: 0 }
  const rest = { made: { seed: 1, seconds: 1, stopped: false }, objective: { ...numbers, km: 0 }, routes: [], late: [] }
  await writeFile(join(root, 'hostile.json'), JSON.stringify({ ...plan, ...rest }))
  const { code, out } = await run(['check', empty, 'hostile.json'])
  assert.equal(code, 1)
  assert.match(out, /\\u001b\[2J/)
  assert.ok(!/[\u001b\u009b]/.test(out))
})

test('a plan is explained: whom it leaves late and what was tried, and one session with every other slot', async () => {
  const whole = await run(['explain', 'instance.json', 'plan.json', '--json'])
  assert.equal(whole.code, 0, whole.told)
  const plan = await planIn('plan.json')
  assert.equal(JSON.parse(whole.out).late.late, plan.objective.latePeople)
  const [route] = plan.routes
  const name = `${route.sessions[0].site}/${route.day}`
  const one = await run(['explain', 'instance.json', 'plan.json', '--session', name])
  assert.equal(one.code, 0, one.told)
  for (const part of [/^why here:$/m, /^ {2}without it: /m, /^why then:$/m, /^a day later/m])
    assert.match(one.out, part)
})

test('a plan that breaks a rule is not explained, and an unknown session is wrong usage', async () => {
  const plan = await planIn('plan.json')
  await writeFile(join(root, 'broken-plan.json'), JSON.stringify({ ...plan, routes: plan.routes.slice(1) }))
  const broken = await run(['explain', 'instance.json', 'broken-plan.json'])
  assert.equal(broken.code, 1)
  assert.match(broken.told, /plan-malformed/)
  const unknown = await run(['explain', 'instance.json', 'plan.json', '--session', 'nowhere/2026-10-12'])
  assert.equal(unknown.code, 2)
  assert.match(unknown.told, /no session nowhere/)
})
