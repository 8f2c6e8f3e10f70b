// Tells what differs between two recordings, once everything that was renamed has its new name:
//
//   node bin/script test/recording/compare.ts BEFORE AFTER [--renames table.tsv]… [--lines N]
//
// A table has a line a rename: old TAB new, or old TAB new TAB where, `where` being the beginning of the files that
// it holds for (`tests.tsv`, `commands/`). Whole words and paths are renamed, the longest first, all at once: two
// names can be exchanged. In outside.tsv the kind stands before: kind TAB old TAB new. A path is renamed as routes and
// as OpenAPI write it, a field only where it stands in quotes. An empty line or one that begins with # says nothing.
// Exits with 1 where a difference is left: paths that answer for one more release are only in the recording after.
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { jsonText } from './normal.ts'

const options = { renames: { type: 'string', multiple: true }, lines: { type: 'string', default: '12' } } as const
const { values, positionals } = parseArgs({ allowPositionals: true, options })
const [before, after] = positionals
if (!before || !after) throw new Error('say which: compare.ts BEFORE AFTER [--renames table.tsv]')
const shownLines = Number(values.lines)

type Rename = { readonly from: string; readonly to: string; readonly where: string }

const kinds = ['path', 'field', 'problem', 'table', 'column'] as const

const inOpenApi = (path: string) => path.replace(/:(\w+)/g, '{$1}')

/** How a recording may write a name of this kind. */
function writtenAs(kind: (typeof kinds)[number] | undefined, from: string, to: string) {
  if (kind === 'field') return [{ from: `"${from}"`, to: `"${to}"` }]
  if (kind !== 'path' || !from.includes(':')) return [{ from, to }]
  return [
    { from, to },
    { from: inOpenApi(from), to: inOpenApi(to) },
  ]
}

function readRenames(file: string): Rename[] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter(line => line.trim() && !line.startsWith('#'))
    .flatMap((line, i) => {
      const cells = line.split('\t')
      const kind = kinds.find(one => one === cells[0])
      const [from, to, where = ''] = kind ? cells.slice(1) : cells
      if (!from || to === undefined) throw new Error(`${file}, line ${i + 1}: a rename is old TAB new`)
      return writtenAs(kind, from, to).map(one => ({ ...one, where }))
    })
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const letter = '[\\p{L}\\p{N}_-]'
const beginsWithLetter = new RegExp(`^${letter}`, 'u')
const endsWithLetter = new RegExp(`${letter}$`, 'u')

/** A part of a word is no word: where a name begins or ends with a letter, none may stand beside it. */
const asPattern = ({ from }: Rename) =>
  (beginsWithLetter.test(from) ? `(?<!${letter})` : '') +
  literally(from) +
  (endsWithLetter.test(from) ? `(?!${letter})` : '')

const renames = (values.renames ?? []).flatMap(readRenames)

type Renaming = (text: string) => string

/** The same few tables of renames hold for many files. */
const renamings = new Map<string, Renaming>()

function renamingFor(file: string): Renaming {
  const those = renames.filter(({ where }) => file.startsWith(where))
  const known = renamings.get(those.map(({ from, where }) => `${from}\t${where}`).join('\n'))
  if (known) return known
  const made = renamingBy(those)
  renamings.set(those.map(({ from, where }) => `${from}\t${where}`).join('\n'), made)
  return made
}

function renamingBy(those: readonly Rename[]): Renaming {
  if (those.length === 0) return text => text
  const news = new Map(those.map(({ from, to }) => [from, to]))
  const longestFirst = [...those].sort((a, b) => b.from.length - a.from.length)
  const pattern = new RegExp(longestFirst.map(asPattern).join('|'), 'gu')
  return text => text.replace(pattern, found => news.get(found) ?? found)
}

/** Keys and lists are sorted again, since a new name may stand elsewhere among them. */
function linesOf(file: string, text: string): string[] {
  if (file.endsWith('.json')) return jsonText(JSON.parse(text)).split('\n')
  const lines = text.split('\n')
  return file.endsWith('.tsv') ? lines.sort() : lines
}

type Change = { readonly sign: '-' | '+'; readonly line: number; readonly text: string }

const key = (lines: readonly string[], at: number) => lines[at] ?? ''

/** Lines that are in one and not in the other, or elsewhere: by steps from one equal line to the next that is near. */
function changesBetween(old: readonly string[], now: readonly string[]): Change[] {
  const changes: Change[] = []
  const reach = 400
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      i++
      j++
      continue
    }
    const [nextOld, nextNow] = meeting(old, now, i, j, reach)
    for (; i < nextOld; i++) changes.push({ sign: '-', line: i + 1, text: key(old, i) })
    for (; j < nextNow; j++) changes.push({ sign: '+', line: j + 1, text: key(now, j) })
  }
  return changes
}

/**
 * The nearest two places from here on at which both say the same; where there is none near, one line of each is left
 * behind.
 */
function meeting(
  old: readonly string[],
  now: readonly string[],
  i: number,
  j: number,
  reach: number,
): readonly [number, number] {
  const places = new Map<string, number>()
  for (let at = Math.min(now.length, j + reach) - 1; at >= j; at--) places.set(key(now, at), at)
  let best: readonly [number, number] | undefined
  for (let at = i; at < Math.min(old.length, i + reach); at++) {
    const there = places.get(key(old, at))
    if (there !== undefined && (!best || at + there < best[0] + best[1])) best = [at, there]
  }
  return best ?? [Math.min(i + 1, old.length), Math.min(j + 1, now.length)]
}

const filesIn = (folder: string) =>
  globSync('**/*', { cwd: folder }).filter(file => statSync(join(folder, file)).isFile())

const old = new Map(filesIn(before).map(file => [renamingFor(file)(file), file]))
const now = new Set(filesIn(after))
if (old.size === 0 || now.size === 0) throw new Error('a recording is empty')

let differing = 0
for (const file of [...new Set([...old.keys(), ...now])].sort()) {
  const was = old.get(file)
  const isThere = now.has(file)
  if (was === undefined || !isThere) {
    differing++
    console.log(`${file}: only ${isThere ? 'after' : 'before'}`)
    continue
  }
  const renamed = renamingFor(was)(readFileSync(join(before, was), 'utf8'))
  const changes = changesBetween(linesOf(file, renamed), linesOf(file, readFileSync(join(after, file), 'utf8')))
  if (changes.length === 0) continue
  differing++
  console.log(`${file}: ${changes.length} lines differ`)
  for (const { sign, line, text } of changes.slice(0, shownLines))
    console.log(`  ${sign} ${String(line).padStart(5)} ${text.slice(0, 300)}`)
  if (changes.length > shownLines) console.log(`  … and ${changes.length - shownLines} more`)
}
console.log(differing ? `${differing} of ${old.size} files differ` : `${old.size} files are the same`)
process.exitCode = differing ? 1 : 0
