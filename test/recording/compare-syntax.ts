// Shows that files which moved say what they said: their syntax trees are equal but for the paths by which files name
// each other.
//
//   node bin/script test/recording/compare-syntax.ts BEFORE AFTER MOVES.tsv
//
// BEFORE and AFTER are revisions; a line of MOVES.tsv is `old path<TAB>new path`. Exits with 1 and a list where a tree
// differs, a file is lost, or one is new.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync } from '@swc/core'

type Tree = { readonly [key: string]: unknown }
type Side = { readonly files: ReadonlyMap<string, string>; readonly nameOf: (path: string) => string }

const [before, after, table] = process.argv.slice(2)
if (!before || !after || !table) throw new Error('usage: compare-syntax.ts BEFORE AFTER MOVES.tsv')

const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8', maxBuffer: 256_000_000 })
/** The files of a revision, each with the hash of its content. */
const filesOf = (revision: string) =>
  new Map(
    git('ls-tree', '-r', '--format=%(path)%x09%(objectname)', revision)
      .split('\n')
      .filter(Boolean)
      .map(line => line.split('\t') as [string, string]),
  )
const isCode = (path: string) => /\.(ts|tsx)$/.test(path)

const moves = new Map(
  readFileSync(table, 'utf8')
    .split('\n')
    .filter(line => line && !line.startsWith('#'))
    .map(line => line.split('\t') as [string, string]),
)
const newName = (path: string) => moves.get(path) ?? path

/** A text that names a file or folder by its place, as the place it names after the moves; any other text as it is. */
function placeNamed(text: string, file: string, { files, nameOf }: Side): string {
  const path = text.startsWith('.') ? posix.join(posix.dirname(file), text) : text
  const clean = path.replace(/\/$/, '')
  if (files.has(clean)) return `file ${nameOf(clean)}`
  const isFolder =
    text.startsWith('.') && [...files.keys()].some(one => one.startsWith(`${clean === '.' ? '' : `${clean}/`}`))
  return isFolder ? 'folder' : text
}

const blank = Symbol('white space between elements')

/** The text between JSX elements as React reads it: lines are trimmed and joined by a space. */
const jsxText = (text: string) =>
  text
    .split('\n')
    .map((line, at, { length }) => (at === 0 ? line.trimEnd() : at === length - 1 ? line.trimStart() : line.trim()))
    .filter(Boolean)
    .join(' ')

/**
 * The tree without positions, and with paths as the places they name; imports and re-exports are sorted, since
 * formatters sort them by path.
 */
function plain(node: unknown, file: string, side: Side): unknown {
  if (Array.isArray(node)) {
    const parts = node.map(part => plain(part, file, side)).filter(part => part !== blank)
    const isFromElsewhere = (part: unknown) => {
      const tree = part as Tree | null | undefined
      return tree?.['type'] === 'ImportDeclaration' || (tree?.['type'] === 'ExportNamedDeclaration' && !!tree['source'])
    }
    const fromElsewhere = parts.filter(isFromElsewhere).map(part => JSON.stringify(part))
    return [...fromElsewhere.sort(), ...parts.filter(part => !isFromElsewhere(part))]
  }
  if (typeof node !== 'object' || node === null) return node
  const { span: _span, ctxt: _context, raw: _raw, ...rest } = node as Tree
  if ('start' in rest && 'end' in rest) return 'position'
  if (rest['type'] === 'JSXText' && String(rest['value']).includes('\n')) return jsxText(String(rest['value'])) || blank
  if (rest['type'] === 'ParenthesisExpression') return plain(rest['expression'], file, side)
  const named =
    rest['type'] === 'StringLiteral' ? { ...rest, value: placeNamed(String(rest['value']), file, side) } : rest
  return Object.fromEntries(Object.entries(named).map(([key, value]) => [key, plain(value, file, side)]))
}

function treeOf(revision: string, path: string, side: Side): string {
  const text = git('show', `${revision}:${path}`)
  const { body } = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('.tsx'), target: 'es2024' })
  return JSON.stringify(plain(body, path, side))
}

const old: Side = { files: filesOf(before), nameOf: newName }
const now: Side = { files: filesOf(after), nameOf: path => path }

const expected = new Map([...old.files.keys()].map(path => [newName(path), path]))
const lost = [...expected]
  .filter(([path]) => !now.files.has(path))
  .map(([path, from]) => `lost: ${from} is not at ${path}`)
const unexpected = [...now.files.keys()].filter(path => !expected.has(path)).map(path => `new: ${path}`)
const compared = [...expected].filter(([path]) => isCode(path) && now.files.has(path))
const differing = compared
  .filter(([path, from]) => path !== from || old.files.get(from) !== now.files.get(path))
  .filter(([path, from]) => treeOf(before, from, old) !== treeOf(after, path, now))
  .map(([path, from]) => `differs: ${from} and ${path}`)

const faults = [...lost, ...unexpected, ...differing]
for (const fault of faults) console.log(fault)
console.log(
  `${compared.length} trees compared, ${differing.length} differ, ${lost.length} lost, ${unexpected.length} new`,
)
process.exitCode = faults.length ? 1 : 0
