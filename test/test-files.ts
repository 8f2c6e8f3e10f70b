// Which test files run in a process of their own, which together in one, and in what order.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

export const allTestFiles = () =>
  globSync('{src,synth,bench,web,relying-parties,test,e2e}/**/*.test.ts', { cwd: root }).sort()

/**
 * What a test, or a helper of tests, does to the process or the machine; two files that do it would meet. The
 * consequences of deeds and the sealing key are set anew for each file (in-turn.ts).
 */
const marksTheProcess = new RegExp(
  String.raw`node:child_process|playwright|process\.(chdir|umask|on\()` +
    String.raw`|process\.env\[[^\]]+\] = |delete process\.env|globalThis|mock\.|fake-indexeddb|new Worker\(` +
    '|setFlagsFromString|setDefaultCACertificates|setRehearsalMark|setLawOfTexts|/open-house',
)

const isOurTests = (file: string) => /^(test|e2e|bench|relying-parties)\/|\.(test|fixture)\b|\.test-/.test(file)

const importsOf = (file: string): string[] => {
  const place = join(root, file)
  if (!/\.tsx?$/.test(file) || !existsSync(place)) return []
  const named = readFileSync(place, 'utf8').matchAll(/(?:\bfrom |\bimport |\bimport\()\s*'(\.[^']+)'/g)
  return [...named].map(([, path = '']) => join(dirname(file), path))
}

/** Does a file, with all the test helpers that it reaches, leave the process as it found it? */
function leavesNoMark(file: string): boolean {
  const reached = new Set([file])
  for (const each of reached) {
    if (
      isOurTests(each) &&
      existsSync(join(root, each)) &&
      marksTheProcess.test(readFileSync(join(root, each), 'utf8'))
    )
      return false
    for (const next of importsOf(each)) reached.add(next)
  }
  return true
}

/**
 * Files that leave no mark are run in a few processes, since starting one takes longer than most of them; the others
 * each in its own. The longest come first, so that no processor waits for one at the end.
 */
export function sortFiles(files: readonly string[], intoFolder: string, groups = 4): string[] {
  const seconds = readSeconds()
  const secondsOf = (file: string) => seconds[file] ?? guess(file)
  const together = new Set(files.filter(leavesNoMark))
  const parts: Part[] = [
    ...files.filter(file => !together.has(file)).map(file => ({ seconds: secondsOf(file), files: [file] })),
    ...evenParts([...together], secondsOf, groups),
  ]
  return parts
    .toSorted((one, other) => other.seconds - one.seconds)
    .map(({ files: [first = '', ...rest] }, at) =>
      rest.length ? inTurn(join(intoFolder, `together-${at}.mjs`), [first, ...rest]) : join(root, first),
    )
}

type Part = { seconds: number; readonly files: string[] }

/** Parts that take about as long as one another. */
function evenParts(files: readonly string[], secondsOf: (file: string) => number, groups: number): Part[] {
  const parts: Part[] = Array.from({ length: groups }, () => ({ seconds: 0, files: [] }))
  for (const file of files.toSorted((one, other) => secondsOf(other) - secondsOf(one))) {
    const shortest = parts.reduce((one, other) => (other.seconds < one.seconds ? other : one))
    shortest.files.push(file)
    shortest.seconds += secondsOf(file)
  }
  return parts.filter(part => part.files.length > 0)
}

/** Writes what runs the files, one after another; gives its place. */
function inTurn(place: string, files: readonly string[]): string {
  const imported = JSON.stringify(join(root, 'test/in-turn.ts'))
  const places = JSON.stringify(files.map(file => join(root, file)))
  writeFileSync(place, `import { runInTurn } from ${imported}\nawait runInTurn(${places})\n`)
  return place
}

/** How long each file took when it last ran. It only orders, so it may be lost. */
const kept = join(root, 'node_modules/.cache/test-seconds.json')
const readSeconds = (): Record<string, number> => {
  try {
    return JSON.parse(readFileSync(kept, 'utf8'))
  } catch {
    return {}
  }
}

export const nameOf = (place: string) => (place.startsWith(root) ? relative(root, place) : place)

/** What is not known: whole houses with browsers take long, and storms, and what asks every door as every role. */
const guess = (file: string) => {
  if (/^e2e\//.test(file)) return 40
  return /^bench\b|^test\/(start|doors|readings|statements|strangers|today|two-officers)/.test(file) ? 60 : 2
}

export function keepSeconds(measured: ReadonlyMap<string, number>): void {
  try {
    mkdirSync(dirname(kept), { recursive: true })
    writeFileSync(kept, JSON.stringify({ ...readSeconds(), ...Object.fromEntries(measured) }))
  } catch {
    // Whoever may not write beside the packages runs them in the guessed order.
  }
}
