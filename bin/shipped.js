// The Node that ships with the house (house.md 9.6), for whatever is started by the one that a machine has. Plain
// JavaScript: that one may know no more.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const place = path => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The group of a process (proc(5), stat), which npm and what it starts share; undefined where it is not to be seen. */
function groupOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]
  } catch {
    return undefined
  }
}

/**
 * Runs a script of the house; what it starts by the name of `node` is the shipped one too, which npm 10 does not put on
 * the path.
 */
export function runShipped(script, args, env = {}) {
  const shipped = place(`node_modules/node-linux-${process.arch}/bin/node`)
  const node = existsSync(shipped) ? shipped : process.execPath
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter)
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', place(script), ...args], {
    stdio: 'inherit',
    env: { ...env, ...process.env, PATH: path },
  })

  // A terminal sends Ctrl-C to both; the script stops in order, and this process waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm may end without a word to what it started, which nobody could stop any more; also before this process knew it,
  // so it is told from whoever took this process over by its group.
  const [parent, group] = [process.ppid, groupOf('self')]
  const isAlone = () => process.ppid !== parent || (groupOf(process.ppid) ?? group) !== group
  const leave = () => isAlone() && child.kill('SIGTERM')
  if (process.env.npm_lifecycle_event) setInterval(leave, 500).unref()
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1)
  })
}

/**
 * What Node compiles is kept beside the packages, where only who installs them writes; who may not write there compiles
 * anew.
 */
export const compiled = { NODE_COMPILE_CACHE: place('node_modules/.cache/compiled') }
