// Tells what differs between two recordings, once everything that was renamed has its new name:
//
//   node bin/script test/recording/compare.ts BEFORE AFTER [--only TEXT] [--lines N] [--added] [--renames TABLE]…
//
// Documents are compared member by member, lists by what is equal in them, sheets cell by cell: an entry more shifts
// nothing. Each file has its counts: what is the same, the same under its new name or in new words, added, removed,
// changed, moved within a list; then the removed and changed ones, each once with how often it occurs. Names are those
// of renames/outside.tsv, words.tsv, paths.tsv and tests.tsv, unless tables are given: kind TAB old TAB new, or old TAB
// new for whole cells. A path that answers under its former name too is compared under both. What only the sources say
// (names of tests, sentences) is compared with --only its file. Exits with 1 where something is removed or changed.
import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Difference, differences, type Tally } from './differences.ts'
import { readRenaming } from './renaming.ts'

const options = {
  renames: { type: 'string', multiple: true },
  only: { type: 'string', default: '' },
  lines: { type: 'string', default: '20' },
  added: { type: 'boolean', default: false },
} as const
const { values, positionals } = parseArgs({ allowPositionals: true, options })
const [before, after] = positionals
if (!before || !after) throw new Error('say which: compare.ts BEFORE AFTER')

const known = ['outside', 'words', 'paths', 'tests'].map(name => join(import.meta.dirname, `renames/${name}.tsv`))
const renaming = readRenaming(values.renames ?? known)

const filesIn = (folder: string) =>
  globSync('**/*', { cwd: folder }).filter(file => statSync(join(folder, file)).isFile())

const now = new Set(filesIn(after))
const nameNow = (file: string) => renaming.membersOf(file).now.find(name => now.has(name)) ?? file
const old = new Map(filesIn(before).map(file => [now.has(file) ? file : nameNow(file), file]))
if (old.size === 0 || now.size === 0) throw new Error('a recording is empty')

/** Officers read the same doors: what differs for several of them is told once. */
const kindOf = (file: string) =>
  file.startsWith('officers/') ? 'officers' : file.startsWith('commands/usage ') ? 'commands/usage' : file
const isQuiet = ({ tally }: Told) => Object.keys(tally).every(name => name === 'same')

type Told = { readonly tally: Tally; readonly found: Map<string, { difference: Difference; times: number }> }
const told = new Map<string, Told>()

function take(file: string, { tally, found }: ReturnType<typeof differences>) {
  const kind = kindOf(file)
  const sum = told.get(kind) ?? { tally: {} as Tally, found: new Map() }
  for (const [name, count] of Object.entries(tally)) sum.tally[name] = (sum.tally[name] ?? 0) + count
  for (const difference of found) {
    const key = JSON.stringify([difference.sign, difference.at, difference.was, difference.is])
    const known = sum.found.get(key)
    sum.found.set(key, { difference, times: (known?.times ?? 0) + 1 })
  }
  told.set(kind, sum)
}

const readIn = (folder: string, file: string) => readFileSync(join(folder, file), 'utf8')

/** What only the sources say: compared where it is asked for. */
const ofSources = new Set(['tests.tsv', 'sentences.tsv', 'deeds.tsv', 'schema.txt'])
const isWanted = (file: string) => (values.only ? file.includes(values.only) : !ofSources.has(file))

for (const file of [...new Set([...old.keys(), ...now])].filter(isWanted).sort()) {
  const was = old.get(file)
  const text = was === undefined ? undefined : readIn(before, was)
  take(file, differences(file, text, now.has(file) ? readIn(after, file) : undefined, renaming))
}

const most = Number(values.lines)
const cut = (text: string | undefined) => (text ?? '').slice(0, 400)
let differing = 0
const quiet = [...told].filter(([, one]) => isQuiet(one))
for (const [kind, { tally, found }] of told) {
  if (isQuiet({ tally, found })) continue
  const shown = [...found.values()].filter(({ difference }) => values.added || difference.sign !== 'added')
  const counts = Object.entries(tally).map(([name, count]) => `${count} ${name}`)
  const isSame = !Object.keys(tally).some(name => name === 'removed' || name === 'changed')
  if (!isSame) differing++
  console.log(`${isSame ? ' ' : '!'} ${kind}: ${counts.join(', ')}`)
  for (const {
    difference: { sign, at, was, is },
    times,
  } of shown.slice(0, most)) {
    console.log(`    ${sign} ${at}${times > 1 ? ` (${times} times)` : ''}`)
    if (was !== undefined) console.log(`      - ${cut(was)}`)
    if (is !== undefined) console.log(`      + ${cut(is)}`)
  }
  if (shown.length > most) console.log(`    … and ${shown.length - most} more`)
}
const same = quiet.reduce((sum, [, { tally }]) => sum + (tally['same'] ?? 0), 0)
console.log(`  ${quiet.length} kinds without any difference: ${same} same`)
console.log(differing ? `${differing} of ${told.size} kinds differ` : `${told.size} kinds are the same`)
process.exitCode = differing ? 1 : 0
