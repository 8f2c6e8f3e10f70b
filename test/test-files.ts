// Which test files run in a process of their own, which together in one, and in what order.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')

export const allTestFiles = () =>
  globSync('{src,synth,bench,web,relying-parties,test,e2e}/**/*.test.ts', { cwd: root }).sort()

/** What a test, or a helper of tests, does to the process or the machine; two files that do it would meet. */
const marksTheProcess = new RegExp(
  String.raw`HOUSE_TEST_URL|node:child_process|playwright|process\.(env\[|chdir|umask|on\()` +
    String.raw`|globalThis|mock\.|fake-indexeddb|new Worker\(|listen\(` +
    String.raw`|set(SealingKey|Consequences)\(`,
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
 * each in its own.
 */
export function sortFiles(files: readonly string[], intoFolder: string, groups = 4): string[] {
  const together = files.filter(leavesNoMark)
  const alone = files.filter(file => !together.includes(file)).map(file => join(root, file))
  const shared = Array.from({ length: groups }, (_, group) => {
    const place = join(intoFolder, `together-${group + 1}.mjs`)
    const mine = together.filter((_file, at) => at % groups === group)
    writeFileSync(place, mine.map(file => `import ${JSON.stringify(join(root, file))}\n`).join(''))
    return place
  })
  return longestFirst([...shared, ...alone])
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

export const nameOf = (place: string) =>
  place.startsWith(root) ? relative(root, place) : place.replace(/^.*\/(together-\d).*$/, '$1')

/** What is not known: whole houses with browsers take long, and storms. */
const guess = (name: string) => (/^e2e\//.test(name) ? 40 : /^(bench|together)\b|^test\/start/.test(name) ? 30 : 5)

/** The longest come first, so that no processor waits for one at the end. */
function longestFirst(places: readonly string[]): string[] {
  const seconds = readSeconds()
  const of = (place: string) => seconds[nameOf(place)] ?? guess(nameOf(place))
  return [...places].sort((one, other) => of(other) - of(one))
}

export function keepSeconds(measured: ReadonlyMap<string, number>): void {
  try {
    mkdirSync(dirname(kept), { recursive: true })
    writeFileSync(kept, JSON.stringify({ ...readSeconds(), ...Object.fromEntries(measured) }))
  } catch {
    // Whoever may not write beside the packages runs them in the guessed order.
  }
}
