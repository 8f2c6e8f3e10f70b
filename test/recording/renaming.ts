import { readFileSync } from 'node:fs'

/** Old and new names, and which readings a recorded text has once it may bear the new ones. */

export type Kind = 'path' | 'field' | 'problem' | 'table' | 'column' | 'schema' | 'command' | 'word'

type Rename = { readonly kind: Kind | undefined; readonly from: string; readonly to: string }

const kinds = new Set<unknown>([
  'path',
  'field',
  'problem',
  'table',
  'column',
  'schema',
  'command',
  'word',
] satisfies Kind[])
const isKind = (text: unknown): text is Kind => kinds.has(text)

/** Lines of a table: kind TAB old TAB new; without a kind a name holds for a whole cell, such as a test's name. */
const readTable = (file: string): Rename[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line, i) => ({ line, i }))
    .filter(({ line }) => line.trim() && !line.startsWith('#'))
    .map(({ line, i }) => {
      const cells = line.split('\t')
      const kind = isKind(cells[0]) ? cells[0] : undefined
      const [from, to] = kind ? cells.slice(1) : cells
      if (!from || to === undefined) throw new Error(`${file}, line ${i + 1}: a rename is old TAB new`)
      return { kind, from, to }
    })

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
const letter = '[\\p{L}\\p{N}_-]'
const beginsWithLetter = new RegExp(`^${letter}`, 'u')
const endsWithLetter = new RegExp(`${letter}$`, 'u')

/** A part of a word is no word: where a name begins or ends with a letter, none may stand beside it. */
const asPattern = (from: string) =>
  (beginsWithLetter.test(from) ? `(?<!${letter})` : '') +
  literally(from) +
  (endsWithLetter.test(from) ? `(?!${letter})` : '')

/** Names within the names of constraints and indexes: `move` in `move_at_not_null`. */
function withinNames(renames: readonly Rename[], others: readonly Kind[]): (text: string) => string {
  const parts = renames.flatMap(({ kind, from, to }) => {
    if (kind === 'table') return [[from.replace(/^.*\./, ''), to.replace(/^.*\./, '')] as const]
    return kind && others.includes(kind) ? [[from, to] as const] : []
  })
  const news = new Map(parts)
  const longestFirst = [...news.keys()].sort((a, b) => b.length - a.length).map(literally)
  if (longestFirst.length === 0) return text => text
  const pattern = new RegExp(`(?<![a-z])(?:${longestFirst.join('|')})(?![a-z0-9])`, 'g')
  return text => text.replace(pattern, found => news.get(found) ?? found)
}

const inOpenApi = (path: string) => path.replace(/:(\w+)/g, '{$1}')
const belowApi = (path: string) => path.replace(/^\/api(?=\/)/, '')

/** How a recording may write a name of this kind; a field stands in quotes where it is a value or in a text. */
function writtenAs({ kind, from, to }: Rename): (readonly [string, string])[] {
  if (kind === 'path')
    return [from, inOpenApi(from), belowApi(from), belowApi(inOpenApi(from))].map(
      (path, i) => [path, [to, inOpenApi(to), belowApi(to), belowApi(inOpenApi(to))][i] ?? to] as const,
    )
  if (kind === 'field') return [[`"${from}"`, `"${to}"`] as const]
  return [[from, to] as const]
}

/** Whole names at once, the longest first: two names can be exchanged. */
function replacing(renames: readonly Rename[]): (text: string) => string {
  const news = new Map(renames.flatMap(writtenAs))
  if (news.size === 0) return text => text
  const longestFirst = [...news.keys()].sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map(asPattern).join('|'), 'gu')
  return text => text.replace(pattern, found => news.get(found) ?? found)
}

export type Reading = { readonly text: string; readonly as: 'same' | 'renamed' | 'reworded' }

export type Renaming = {
  /** What a text may say after: itself, then with new names, all of them or not those of columns, then reworded. */
  readings(text: string): Reading[]
  /** The same of a line of a database's shape. */
  schemaReadings(text: string): Reading[]
  /** What a member may be called after: by its new names where it has any, and as before. */
  membersOf(name: string): { readonly now: string[]; readonly former: boolean }
  /** A cell of a list, such as a test's name or its file. */
  cell(text: string): string
}

export function readRenaming(tables: readonly string[]): Renaming {
  const renames = tables.flatMap(readTable)
  const ofKinds = (...wanted: Kind[]) => replacing(renames.filter(({ kind }) => kind && wanted.includes(kind)))
  const names = ['path', 'problem', 'table', 'command'] as const
  const stages = [
    { as: 'renamed' as const, by: ofKinds(...names) },
    { as: 'renamed' as const, by: ofKinds(...names, 'field') },
    { as: 'renamed' as const, by: ofKinds(...names, 'field', 'column') },
    { as: 'reworded' as const, by: ofKinds('word') },
    { as: 'reworded' as const, by: ofKinds(...names, 'word') },
    { as: 'reworded' as const, by: ofKinds(...names, 'field', 'column', 'word') },
  ]
  const fields = Map.groupBy(
    renames.filter(({ kind }) => kind === 'field'),
    ({ from }) => from,
  )
  const cells = new Map(renames.filter(({ kind }) => !kind).map(({ from, to }) => [from, to]))
  const byName = ofKinds(...names)
  const tablesInNames = withinNames(renames, [])
  const columnsInNames = withinNames(renames, ['column'])
  const allInNames = withinNames(renames, ['column', 'schema'])
  const read = (text: string) => [
    { text, as: 'same' as const },
    ...stages.map(({ as, by }) => ({ text: by(text), as })),
  ]
  const shapes = [allInNames, columnsInNames, tablesInNames]
  return {
    schemaReadings: text => [
      { text, as: 'same' },
      ...shapes.map(shape => ({ text: shape(byName(text)), as: 'renamed' as const })),
      ...read(text).slice(1),
    ],
    readings: read,
    membersOf(name) {
      const named = byName(name)
      if (named !== name) return { now: [named], former: true }
      const those = (fields.get(name) ?? []).map(({ to }) => to)
      return { now: [name, ...those], former: false }
    },
    cell: text => cells.get(text) ?? text,
  }
}
