import { dirname, join, normalize } from 'node:path'
import { parseSync } from '@swc/core'

/**
 * Finds numbers that decide in the arithmetic of days: they belong in a law.ts. By syntax, so that neither a comment
 * nor
 * a text is taken for one; spans in SQL by the words within templates.
 */

/** Functions of which no argument, and no sum or comparison of what they give, is a number of the program's own. */
const reckoning = new Set([
  'addDays',
  'addWorkingDays',
  'birthday',
  'daysBetween',
  'workingDaysAfter',
  'workingDaysBefore',
  'yearsBetween',
])

/** Most files have none of them, and need no parsing. */
const mayHave = new RegExp(`\\b(?:${[...reckoning].join('|')}|interval|make_interval)\\b`, 'i')

export type Found = { readonly file: string; readonly line: number; readonly text: string }

/** The numbers that names at the top of a file stand for. */
type Constants = ReadonlyMap<string, number>

type Node = { readonly type: string; readonly span?: { readonly start: number; readonly end: number } } & Record<
  string,
  unknown
>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

const partsOf = (node: object): Node[] =>
  Object.values(node).flatMap(value =>
    (Array.isArray(value) ? value : [value]).flatMap(part =>
      isNode(part) ? [part] : part && typeof part === 'object' && !Array.isArray(part) ? partsOf(part) : [],
    ),
  )

const parse = (text: string): Node[] => parseSync(text, { syntax: 'typescript', target: 'esnext' }).body as never

function numberOf(node: unknown): number | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'NumericLiteral') return node['value'] as number
  if (node.type === 'ParenthesisExpression') return numberOf(node['expression'])
  if (node.type === 'UnaryExpression') return numberOf(node['argument'])
  if (node.type !== 'BinaryExpression') return undefined
  const [left, right] = [numberOf(node['left']), numberOf(node['right'])]
  return left === undefined || right === undefined ? undefined : left * right
}

const declared = (statement: Node): Node[] => {
  const declaration = (
    statement.type === 'ExportDeclaration' ? (statement as { declaration?: unknown }).declaration : statement
  ) as Node
  return declaration.type === 'VariableDeclaration' ? (declaration['declarations'] as Node[]) : []
}

function constantsOf(body: readonly Node[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const { id, init } of body.flatMap(declared) as unknown as { id: Node; init: unknown }[]) {
    const value = numberOf(init)
    if (value !== undefined) found.set(id['value'] as string, value)
  }
  return found
}

/** The constants that a file sees: its own, and those that it imports by name from others. */
function seenBy(file: string, body: readonly Node[], exportedBy: (file: string) => Constants): Constants {
  const seen = constantsOf(body)
  for (const one of body.filter(({ type }) => type === 'ImportDeclaration')) {
    const from = (one['source'] as { value: string }).value
    const theirs = from.startsWith('.') ? exportedBy(normalize(join(dirname(file), from))) : undefined
    for (const { imported, local } of one['specifiers'] as { imported?: Node; local: Node }[]) {
      const value = theirs?.get((imported ?? local)['value'] as string)
      if (value !== undefined) seen.set(local['value'] as string, value)
    }
  }
  return seen
}

const nameOfCall = (node: Node): string | undefined => {
  const callee = node['callee'] as Node
  if (node.type !== 'CallExpression') return undefined
  return callee.type === 'Identifier'
    ? (callee['value'] as string)
    : callee.type === 'MemberExpression'
      ? ((callee['property'] as Node)['value'] as string)
      : undefined
}

const isReckoning = (node: unknown) => isNode(node) && reckoning.has(nameOfCall(node) ?? '')

/** Whether a number stands in what is reckoned with; within another call it is that one's. */
function holdsNumber(node: Node, seen: Constants): boolean {
  if (node.type === 'NumericLiteral') return true
  if (node.type === 'Identifier') return seen.has(node['value'] as string)
  if (node.type === 'BinaryExpression')
    return [node['left'], node['right']].some(side => holdsNumber(side as Node, seen))
  if (node.type === 'UnaryExpression') return holdsNumber(node['argument'] as Node, seen)
  if (node.type === 'ParenthesisExpression') return holdsNumber(node['expression'] as Node, seen)
  if (node.type === 'ConditionalExpression')
    return [node['consequent'], node['alternate']].some(side => holdsNumber(side as Node, seen))
  return false
}

/** Spans within SQL: of an interval that is written out, or of one that is made of a number. */
const spans = /\binterval\s+'([^']+)'|make_interval\(\s*\w+\s*=>\s*(\d+)/gi

export type Source = { readonly file: string; readonly text: string }

/** Numbers in the arithmetic of days of some files; a law.ts may have them. */
export function dayLiterals(sources: readonly Source[]): Found[] {
  const textOf = new Map(sources.map(({ file, text }) => [file, text]))
  const known = new Map<string, Constants>()
  const exportedBy = (file: string): Constants => {
    const text = textOf.get(file)
    const constants =
      known.get(file) ??
      constantsOf(text === undefined ? [] : parse(text).filter(({ type }) => type === 'ExportDeclaration'))
    known.set(file, constants)
    return constants
  }
  return sources.flatMap(({ file, text }) => {
    if (/(^|\/)law\.ts$/.test(file) || !mayHave.test(text)) return []
    const body = parse(text)
    const bytes = Buffer.from(text)
    const seen = seenBy(file, body, exportedBy)
    const found: Found[] = []
    const add = ({ span }: Node) => {
      const { start, end } = span as { start: number; end: number }
      const line = bytes
        .subarray(0, start - 1)
        .toString()
        .split('\n').length
      found.push({ file, line, text: bytes.subarray(start - 1, end - 1).toString() })
    }
    const look = (node: Node): void => {
      if (isReckoning(node)) {
        const given = (node['arguments'] as { expression: Node }[]).map(({ expression }) => expression)
        if (given.some(one => holdsNumber(one, seen))) add(node)
      }
      if (node.type === 'BinaryExpression') {
        const sides = [node['left'], node['right']] as [Node, Node]
        if (sides.some(isReckoning) && sides.some(side => !isReckoning(side) && holdsNumber(side, seen))) add(node)
      }
      if (node.type === 'TemplateElement')
        for (const [said] of String(node['raw']).matchAll(spans)) {
          const at =
            bytes.subarray(0, (node.span?.start ?? 1) - 1).toString().length + String(node['raw']).indexOf(said)
          found.push({ file, line: text.slice(0, at).split('\n').length, text: said })
        }
      for (const part of partsOf(node)) look(part)
    }
    for (const one of body) look(one)
    return found
  })
}
