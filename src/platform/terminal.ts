import { stopwatch } from './clock.ts'
import { fileRefusalOf } from './last-resort.ts'
import { Problem } from './problem.ts'

/**
 * Shows how far a thing is: a bar on a terminal, a line each 10 % otherwise. On stderr, since stdout belongs to
 * documents.
 */
export function progressOn(
  stream: NodeJS.WriteStream = process.stderr,
): (done: number, total: number, what: string) => void {
  let last = ''
  return (done, total, what) => {
    const share = total > 0 ? Math.min(1, done / total) : 0
    if (stream.isTTY) {
      const filled = Math.round(share * 30)
      stream.write(`\r\x1b[K${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.floor(share * 100)} %  ${what}`)
      if (done >= total) stream.write('\n')
      return
    }
    const line = `${Math.floor(share * 10) * 10} % ${what.replace(/\d+/g, '')}`
    if (line !== last) stream.write(`${Math.floor(share * 10) * 10} %  ${what}\n`)
    last = line
  }
}

/** Tells what is being done: a line each time, with the seconds since the first of them was to come. */
export function stepsOn(stream: Pick<NodeJS.WriteStream, 'write'> = process.stdout): (what: string) => void {
  const passed = stopwatch()
  return what => void stream.write(`${(passed() / 1000).toFixed(1).padStart(6)} s  ${what}\n`)
}

/** What a terminal would obey, or show as something else, and half characters. */
const unprintable = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu

/** A text as a terminal may show it, whoever wrote it. */
export const escapedForTerminal = (text: string): string =>
  text.replace(unprintable, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Facts that are sentences, or statements to be copied, and have a line each. */
const listed: ReadonlySet<string> = new Set(['faults', 'lacks', 'statements'])

function factText(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (!listed.has(name) || !Array.isArray(value)) return JSON.stringify(value)
  return value
    .map(fault => `\n    ${typeof fault === 'string' ? escapedForTerminal(fault) : JSON.stringify(fault)}`)
    .join('')
}

/** A refusal as a person at a terminal reads it: what is so, what to do, the facts, the code. */
export function refusalText({ code, kind, facts }: Problem): string {
  const lines = [`${kind.title} (${code})`, kind.vi, kind.fix, kind.fixVi]
  const given = Object.entries(facts).map(([name, value]) => `  ${name}: ${factText(name, value)}`)
  return [...lines.filter(Boolean), ...given].join('\n')
}

/** A command that was written wrongly: exit 2. */
export class WrongUsage extends Error {}

export const exitCodeOf = (error: unknown) => (error instanceof WrongUsage ? 2 : 1)

export function printError(error: unknown): void {
  const refusal = error instanceof Problem ? error : fileRefusalOf(error)
  if (refusal) process.stderr.write(`${refusalText(refusal)}\n`)
  else if (error instanceof WrongUsage) process.stderr.write(`${error.message}\n`)
  else
    process.stderr.write(
      'Something failed that should not have; nothing half-done was ' +
        `kept.\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
}

/**
 * One JSON document on stdout where it was asked for, words otherwise. Large documents are written whole before the
 * process ends.
 */
export async function printAnswer(json: boolean, document: unknown, words: string): Promise<void> {
  const text = json ? `${JSON.stringify(document)}\n` : `${words}\n`
  await new Promise<void>((done, fail) => process.stdout.write(text, error => (error ? fail(error) : done())))
}
