import { readFileSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileText, jsonText, steady, told } from './normal.ts'
import { root } from './server.ts'

/**
 * The command line, run in this process: its modules are loaded once for all commands, which else take seconds each.
 */

export type Told = { readonly code: number; readonly stdout: string; readonly stderr: string }

let runs = 0

/** What bin/dinhdanh runs: the file of the command line is found there, wherever it lies. */
const commandLine = () => /runShipped\('([^']+)'/.exec(readFileSync(`${root}/bin/dinhdanh`, 'utf8'))?.[1] ?? ''

export async function run(words: readonly string[]): Promise<Told> {
  const [argv, out, err] = [process.argv, process.stdout.write, process.stderr.write]
  const said = { stdout: '', stderr: '' }
  const taking = (where: keyof typeof said) =>
    ((piece: string | Uint8Array, encoding?: unknown, done?: unknown) => {
      said[where] += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8')
      const then = typeof encoding === 'function' ? encoding : done
      if (typeof then === 'function') then()
      return true
    }) as typeof process.stdout.write
  process.argv = [argv[0] ?? '', 'dinhdanh', ...words]
  process.stdout.write = taking('stdout')
  process.stderr.write = taking('stderr')
  try {
    await import(`${root}/${commandLine()}?${runs++}`)
    return { code: Number(process.exitCode ?? 0), ...said }
  } finally {
    process.exitCode = 0
    process.argv = argv
    process.stdout.write = out
    process.stderr.write = err
  }
}

/** How far a thing is depends on the machine; where in the sources a fault came from is no behaviour. */
export const withoutProgress = (text: string) =>
  text
    .split('\n')
    .filter(line => !/^\d+ %|^ +at .*:\d+:\d+\)?$/.test(line))
    .join('\n')

export type Recorder = {
  /** Runs a command and keeps what it says, and what it writes at `--out`, `--save`, `--save-model`. */
  record(name: string, words: readonly string[], more?: readonly string[]): Promise<Told>
}

export function recorderInto(folder: string): Recorder {
  return {
    async record(name, words, more = []) {
      const done = await run(words)
      const { code, stdout, stderr } = done
      const command = steady(words.join(' '))
      const document = { command, code, stdout: told(stdout), stderr: steady(withoutProgress(stderr)).split('\n') }
      await writeFile(join(folder, `${name}.json`), jsonText(document))
      const written = words.filter((_, i) => /^--(out|save|save-model)$/.test(words[i - 1] ?? ''))
      for (const path of [...written, ...more]) await keep(folder, `${name} ${basename(path)}`, path)
      return done
    },
  }
}

/** Keeps a file that a command wrote, as text; a file that is not there is told too. */
async function keep(folder: string, name: string, path: string) {
  if (
    await stat(path).then(
      found => found.isDirectory(),
      () => false,
    )
  )
    return
  const ending = extname(path)
  const isBytes = /^\.(zip|png|bin)$/.test(ending)
  const read = isBytes ? readFile(path).then(bytes => bytes.subarray(0, 8).toString('latin1')) : fileText(path)
  const text = await read.catch(() => undefined)
  if (text === undefined) return writeFile(join(folder, `${name}.txt`), 'not there\n')
  await writeFile(join(folder, /^\.(csv|json)$/.test(ending) ? name : `${name}.txt`), `${text}\n`)
}

/** The table of commands as `help` prints it: each command's own words. */
export const commandsIn = (help: string): string[][] =>
  help
    .split('\n')
    .filter(line => /^ {2}[a-z]/.test(line))
    .map(line => line.trim().split(/ {2,}/)[0] ?? '')
    .map(usage => (/^[a-z][a-z-]*( [a-z][a-z-]*)*(?= |$)/.exec(usage)?.[0] ?? '').split(' '))
