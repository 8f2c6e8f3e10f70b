import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { fromRoot } from '../../src/platform/root.ts'
import { quickFolder } from '../../test/quick-folder.ts'
import { freePort } from '../../test/started-installation.ts'
import { type Breakage, breakages } from './breakages.ts'
import { makeInstallation, runWell } from './installation.ts'
import { type Runbook, readRunbook, runbookNames } from './page.ts'
import { openTrial, shortened, type Trial } from './trial.ts'

/**
 * Tries each runbook: an installation with a demonstration is started and broken, the page's own lines are run as they
 * are written, and `doctor` must find nothing to mend at the end, and nothing to weigh that was not there before.
 * `npm run runbooks [NAME…]`; FOLDER keeps the installation that is copied for each. A line each; exit 1 where one
 * fails.
 */

const untilReady = 'curl -ksSf --retry 90 --retry-delay 1 --retry-all-errors -o /dev/null "$HEALTH" 2>/dev/null'

/** The lines of `doctor` that are the operator's to weigh, by what they are about. */
const toWeigh = (output: string) => [...output.matchAll(/^TO WEIGH ([^:]+):/gm)].map(([, what]) => what ?? '')

/** The folders that a trial has beside its installation, and its `systemctl`. */
async function makePlaces({ root, copies, keys }: Trial): Promise<void> {
  for (const folder of [copies, keys, join(root, 'bin')]) await mkdir(folder, { recursive: true })
  await symlink(join(import.meta.dirname, 'systemctl'), join(root, 'bin', 'systemctl'))
}

/** Makes a demonstration that is copied for each runbook, with its copies on another machine and its keys apart. */
async function makeModel(root: string): Promise<void> {
  const trial = openTrial(root, await freePort())
  await makePlaces(trial)
  await makeInstallation(trial, '--people 600')
}

type TrialOptions = {
  /** The installation that is copied: with its copies and keys, or alone; its keys are copied then. */
  readonly model?: string
  readonly data?: string
  readonly program?: string
  /** Whether it runs, and `doctor` is asked, before it is broken. */
  readonly begins?: 'running' | 'stopped'
}

/**
 * Breaks a fresh copy of an installation and mends it by the page. Gives the seconds that the page's lines took, or why
 * it cannot be tried here.
 */
export async function tryRunbook(
  page: Runbook,
  broken: Breakage,
  { model, data, program, begins = 'running' }: TrialOptions,
): Promise<number | string> {
  const root = await mkdtemp(join(model ?? data ?? '', '..', `${page.name}-`))
  await chmod(root, 0o711)
  const trial = openTrial(root, await freePort(), program)
  const clear = async () => {
    await trial.run('systemctl stop dinhdanh dinhdanh-worker')
    await broken.clear?.(trial)
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }
  // What was started lives on by itself: whoever breaks the run off would leave it behind.
  const breakOff = () => void clear().finally(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, breakOff)
  try {
    if (model) await runWell(trial, `cp -a --reflink=auto '${model}/.' "$TRIAL"`)
    else {
      await makePlaces(trial)
      await runWell(trial, `cp -a --reflink=auto '${data}' "$DATA" && cp -a "$DATA/keys/." "$KEYS"`)
    }
    const reason = await broken.cannot?.(trial)
    return reason ?? (await mend(trial, page, broken, begins))
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, breakOff)
    await clear()
  }
}

async function mend(trial: Trial, page: Runbook, broken: Breakage, begins: 'running' | 'stopped'): Promise<number> {
  await broken.prepare?.(trial)
  const given = broken.given?.(trial)
  const begin = `systemctl start dinhdanh\n${untilReady}\nnpx dinhdanh doctor --data "$DATA"`
  const before = begins === 'running' ? toWeigh(await runWell(trial, begin, given)) : undefined
  await broken.happen(trial)

  const variables = { ...given, ...broken.later?.(trial) }
  const begun = performance.now()
  const looked = await trial.run(`set +e\n${page.variables}\n${page.lines.Look}`, variables)
  const unsaid = page.says.filter(line => !looked.output.includes(line))
  assert.deepEqual(unsaid, [], `"Look" does not say so:\n${shortened(looked.output)}`)
  for (const part of ['Mend', 'Over'] as const) {
    const { code, output } = await trial.run(`${page.variables}\n${page.lines[part]}`, variables)
    assert.equal(code, 0, `the lines of "${part}" ended with ${code}:\n${shortened(output)}`)
    if (part === 'Mend') await broken.inConsole?.(trial)
    if (part !== 'Over') continue
    assert.match(output, /^ok +server: process \d+ serves/m, 'doctor looked at a server that runs')
    const stillSaid = page.says.filter(line => /^TO (MEND|WEIGH)/.test(line) && output.includes(line))
    assert.deepEqual(stillSaid, [], output)
    assert.deepEqual(
      toWeigh(output).filter(what => before && !before.includes(what)),
      [],
      output,
    )
  }
  return (performance.now() - begun) / 1000
}

/** A release folder as an installation has it: the files of the checkout without its history. */
async function makeReleaseFolder(program: string): Promise<void> {
  await rm(program, { recursive: true, force: true })
  await mkdir(program)
  const all = 'tar -C "$FROM" --exclude=./.git --exclude=./node_modules -cf - . | tar -C "$TO" -xf -'
  const from = fromRoot('.').pathname
  await promisify(execFile)('sh', ['-c', all], { env: { ...process.env, FROM: from, TO: program } })
  await symlink(join(from, 'node_modules'), join(program, 'node_modules'))
}

async function main(wanted: readonly string[]): Promise<void> {
  const kept = process.env['FOLDER']
  const root = kept ?? (await mkdtemp(join(quickFolder(), 'dinhdanh-runbooks-')))
  const [model, program] = [join(root, 'model'), join(root, 'program')]
  try {
    await makeReleaseFolder(program)
    if (!existsSync(model)) {
      await mkdir(model, { recursive: true, mode: 0o755 })
      await makeModel(model)
    }
    for (const name of wanted.length > 0 ? wanted : runbookNames()) {
      const broken = breakages[name]
      assert.ok(broken, `nothing breaks what ${name}.md mends`)
      try {
        const took = await tryRunbook(readRunbook(name), broken, { model, program })
        console.log(
          typeof took === 'string'
            ? `not tried  ${name}: ${took}`
            : `ok         ${name}: mended in ${took.toFixed(0)} s`,
        )
      } catch (error) {
        process.exitCode = 1
        console.log(`FAILED     ${name}: ${error instanceof Error ? error.message : error}`)
      }
    }
  } finally {
    if (!kept) await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

if (import.meta.main) await main(process.argv.slice(2))
