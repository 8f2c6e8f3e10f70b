// The Node that ships with the house (house.md 9.6), for whatever is started by the one that a machine has. Plain
// JavaScript: that one may know no more.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const place = path => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The session of a process (proc(5), stat), by the id of its leader; undefined where it is not to be seen. */
function sessionOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])
  } catch {
    return undefined
  }
}

/**
 * Whether whoever started this process had ended before this process knew it: its parent is of another session then, as
 * init is. npm and what it starts share one; a process that leads a session was given its own by whoever started it.
 */
function isLeftAlone() {
  const [own, ofParent] = [sessionOf('self'), sessionOf(process.ppid)]
  return own !== process.pid && own !== undefined && ofParent !== undefined && own !== ofParent
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
  // npm may end without a word to what it started, which nobody could stop any more.
  const [parent, wasLeftAlone] = [process.ppid, isLeftAlone()]
  const leave = () => (wasLeftAlone || process.ppid !== parent) && child.kill('SIGTERM')
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
