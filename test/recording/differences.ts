import { align } from './align.ts'
import type { Reading, Renaming } from './renaming.ts'

/** What differs between a recorded file before and after, member by member and line by line. */

export type Sign = 'added' | 'removed' | 'changed' | 'moved'
export type Difference = { readonly sign: Sign; readonly at: string; readonly was?: string; readonly is?: string }
export type Tally = Record<string, number>

type Members = Readonly<Record<string, unknown>>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

const isPage = (list: readonly unknown[]) =>
  list.some(one => typeof one === 'string' && /^<(!doctype|main|html)\b/i.test(one.trim()))

/** What a page says from one block to the next: where its text is broken into lines says nothing. */
function blocksOf(list: readonly unknown[]): readonly unknown[] {
  const [lead, text] = typeof list[0] === 'number' ? [list.slice(0, 1), list.slice(1)] : [[], list]
  const blocks = text
    .join('\n')
    .replace(/\s+/g, ' ')
    .replaceAll('> <', '><')
    .replaceAll(' </', '</')
    .split(/(?=<(?:li|tr|p|h\d|d[td]|option|label|div|section|input|button|form|meta|link|main|ul|ol|table)\b)/)
  return [...lead, ...blocks.map(one => one.trim()).filter(Boolean)]
}

/** Statements of a script or rules of a style sheet, without comments and however they are broken into lines. */
const statementsOf = (list: readonly unknown[]): readonly string[] =>
  list
    .filter(line => !/^\s*(\/\/|\/?\*)/.test(String(line)))
    .join('\n')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),{}[\]]) ?/g, '$1')
    .replace(/,([)}\]])/g, '$1')
    .split(/(?<=[;{}])/)
    .filter(Boolean)

/**
 * What of a row of the sources is seen from outside: of a text not its key, of a consequence not what the function is
 * called. Pairs of other words than texts are left out.
 */
function rowOf(file: string, cells: readonly string[]): string {
  const [first = '', ...rest] = cells
  if (file === 'texts.tsv') return rest.some(text => /[\u00c0-\u1ef9]| /.test(text)) ? rest.join('\t') : ''
  if (file === 'consequences.tsv') return rest.join().includes(' ') ? `${first}\t${rest.join().split(',').length}` : ''
  return cells.join('\t')
}

/** A line of a database's shape without the sentence that explains it. */
const uncommented = (line: string) => line.replace(/ -- .*$|(?<=^kind .*true [a-z]+), .*$/, '')

/** By what a line is known: a cell by sheet and address, a text on paper by page and place, a list's row by its key. */
function keyOf(file: string) {
  if (file.endsWith('texts.tsv') || file.endsWith('problems.tsv') || file.endsWith('consequences.tsv'))
    return (line: string) => line.split('\t')[0]
  return (line: string) => {
    const [, cell] = /^([^\t]+\t[A-Z]+\d+)\t/.exec(line) ?? []
    const [, spot] = /^(\d+\t[\d.-]+\t[\d.]+)\t/.exec(line) ?? []
    const [, index] = /^CREATE (?:UNIQUE )?INDEX (\w+)/.exec(line) ?? []
    const [, named] = /^([a-z]\w*)(?: |: )/.exec(line) ?? []
    const [, code] = /href="(\/problems\/[\w-]+)"/.exec(line) ?? []
    return cell ?? spot ?? code ?? (file === 'schema.json' ? (index ?? named) : undefined)
  }
}

export function differences(file: string, before: string | undefined, after: string | undefined, renaming: Renaming) {
  const found: Difference[] = []
  const tally: Tally = {}
  const key = keyOf(file)
  const isShape = file.startsWith('schema')
  const readingsOf = isShape ? renaming.schemaReadings : renaming.readings
  const isInNoOrder = /\.tsv$|^schema/.test(file)
  const count = (name: string) => {
    tally[name] = (tally[name] ?? 0) + 1
  }
  const note = (sign: Sign, at: string, was?: unknown, is?: unknown) => {
    count(sign)
    const of = { ...(was !== undefined && { was: plain(was) }), ...(is !== undefined && { is: plain(is) }) }
    found.push({ sign, at, ...of })
  }

  function leaf(at: string, was: unknown, is: unknown) {
    const [first, second] = [plain(was), plain(is)]
    const reading = readingsOf(first).find(({ text }) => text === second)
    if (reading) return count(reading.as)
    if (isShape && readingsOf(uncommented(first)).some(({ text }) => text === uncommented(second)))
      return count('reworded')
    const named = typeof was === 'string' ? renaming.membersOf(was).now : []
    if (named.includes(second)) return count('renamed')
    note('changed', at, was, is)
  }

  function members(at: string, was: Members, is: Members) {
    const taken = new Set<string>()
    for (const [name, value] of Object.entries(was)) {
      const { now, former } = renaming.membersOf(name)
      const named = now.find(one => one in is && (one === name || !(one in was)))
      if (named !== undefined) {
        taken.add(named)
        if (named !== name) count('renamed')
        compare(`${at} › ${named}`, value, is[named])
      }
      if (former && name in is) {
        taken.add(name)
        compare(`${at} › ${name} (former)`, value, is[name])
      } else if (named === undefined) note('removed', `${at} › ${name}`, value)
    }
    for (const name of Object.keys(is)) if (!taken.has(name)) note('added', `${at} › ${name}`, is[name])
  }

  /** Elements of a list as texts; those from before as they read after, where that is found there. */
  function readable(was: readonly unknown[], is: readonly unknown[]) {
    const after = is.map(plain)
    const there = new Set(after)
    const before = was.map(one => {
      const readings = readingsOf(plain(one))
      return readings.find(({ text }) => there.has(text)) ?? (readings[1] as Reading)
    })
    return { before, after }
  }

  function lists(at: string, was: readonly unknown[], is: readonly unknown[]) {
    const { before, after } = readable(was, is)
    const texts = before.map(({ text }) => text)
    const gone: number[] = []
    let come: number[] = []
    for (const pair of align(texts, after, key)) {
      if (pair.is === undefined) gone.push(pair.was as number)
      else if (pair.was === undefined) come.push(pair.is)
      else if (pair.isEqual) count(before[pair.was]?.as ?? 'same')
      else compare(`${at}[${pair.was}]`, was[pair.was], is[pair.is])
    }
    for (const one of gone) {
      const text = texts[one] ?? ''
      const named = key(text)
      const to =
        come.find(other => after[other] === text) ?? come.find(other => named && key(after[other] ?? '') === named)
      come = come.filter(other => other !== to)
      if (to === undefined) note('removed', `${at}[${one}]`, was[one])
      else if (after[to] === text && !isInNoOrder && before[one]?.as === 'same')
        note('moved', `${at}[${one}]`, was[one])
      else compare(`${at}[${one}]`, was[one], is[to])
    }
    for (const one of come) note('added', `${at}[${one}]`, undefined, is[one])
  }

  function elements(at: string, list: readonly unknown[]): readonly unknown[] {
    if (/\/assets\/[^›]*\.(js|css) /.test(at)) return statementsOf(list)
    return isPage(list) ? blocksOf(list) : list
  }

  function compare(at: string, was: unknown, is: unknown) {
    if (Array.isArray(was) && Array.isArray(is)) return lists(at, elements(at, was), elements(at, is))
    if (isMembers(was) && isMembers(is)) return members(at, was, is)
    leaf(at, was, is)
  }

  const read = (text: string): unknown => {
    if (file.endsWith('.json')) return JSON.parse(text)
    if (file === 'schema.txt') return text.split(/\n\n+/).sort()
    const lines = text.trimEnd().split('\n')
    if (!file.endsWith('.tsv')) return lines
    return lines
      .map(line => rowOf(file, line.split('\t').map(renaming.cell)))
      .filter(row => row !== '')
      .sort()
  }
  if (before === undefined) note('added', file)
  else if (after === undefined) note('removed', file)
  else compare('', read(before), read(after))
  return { tally, found }
}
