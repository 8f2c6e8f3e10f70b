// Where the time of a first start goes: each step with its seconds by the clock, and the CPU seconds of the program, of
// the builder of pages and of PostgreSQL. node bin/script bench/first-start.ts [FOLDER TO BUILD IN]
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { command, ended, environment, freePort } from '../test/house-to-copy.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-first-start-'))
const data = join(folder, 'data')

type Used = { readonly program: number; readonly postgres: number }

/** CPU seconds of processes (proc(5), stat): their own, and those of their children that ended. */
function used(program: number): Used {
  let [ofProgram, ofPostgres] = [0, 0]
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [parent, group] = [Number(fields[1]), Number(fields[2])]
      const seconds = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
      const isOfProgram = Number(pid) === program || parent === program || group === program
      if (isOfProgram) ofProgram += seconds
      else if (readlinkSync(`/proc/${pid}/cwd`).startsWith(data)) ofPostgres += seconds
    } catch {
      // It ended meanwhile.
    }
  }
  return { program: ofProgram, postgres: ofPostgres }
}

const load = loadavg()
const child = spawn(command, ['start', '--data', data, '--port', String(await freePort()), ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
  env: environment(),
})
const begun = performance.now()
const steps: { readonly what: string; readonly at: number; readonly used: Used }[] = []
for await (const line of createInterface({ input: child.stdout })) {
  const what = /^ *\d+\.\d s {2}(.*)$/.exec(line)?.[1]
  const isOpen = line.includes('Ctrl-C')
  if (what || isOpen)
    steps.push({ what: what ?? 'open', at: (performance.now() - begun) / 1000, used: used(child.pid ?? 0) })
  if (isOpen) break
}
const over = ended(child)
child.kill('SIGINT')
await over
await rm(folder, { recursive: true, force: true })

process.stdout.write(`load before ${load.map(one => one.toFixed(1)).join(' ')}\n\n`)
process.stdout.write(
  '| at, s | step | s | program and builder, CPU s | PostgreSQL, CPU s |\n|---:|---|---:|---:|---:|\n',
)
for (const [at, step] of steps.entries()) {
  const next = steps[at + 1] ?? step
  const cells = [next.at - step.at, next.used.program - step.used.program, next.used.postgres - step.used.postgres].map(
    one => one.toFixed(1),
  )
  process.stdout.write(`| ${step.at.toFixed(1)} | ${step.what} | ${cells.join(' | ')} |\n`)
}
