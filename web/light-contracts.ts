import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Plugin, parseAst } from 'vite'

/**
 * What a browser needs of a contract: where a door is and how it is knocked at. The shapes of what is sent and answered
 * are checked by the server alone, so that neither they nor the package that makes them go to a browser that does not
 * check by them itself.
 */

/** Members of an endpoint that `web/parts/call.ts` and the pages never read. */
const serversAlone = new Set([
  'summary',
  'params',
  'query',
  'body',
  'right',
  'rate',
  'problems',
  'bodyLimit',
  'formerly',
  'formerFields',
  'formerValues',
])

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [member: string]: unknown }
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

function* within(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) yield* within(one)
}

type Edit = { readonly from: number; readonly to: number; readonly text: string }

/** Inside of an endpoint: nothing of its shapes but whether it answers with one. */
function* editsOfDoor(door: Node): Generator<Edit> {
  for (const member of door['properties'] as readonly Node[]) {
    const name = (member['key'] as Node | undefined)?.['name']
    if (name === 'reply') yield { from: member.start, to: member.end, text: 'reply: true' }
    // What stays behind is a comma too many, which an object may have only once: a member takes its place.
    if (typeof name === 'string' && serversAlone.has(name)) yield { from: member.start, to: member.end, text: `...{}` }
  }
}

/** A list that takes in another runs it, as a bundler must suppose: said so that it may be left out as well. */
function* editsOfSpread(node: Node): Generator<Edit> {
  const elements = node.type === 'ArrayExpression' ? (node['elements'] as readonly (Node | null)[]) : []
  if (!elements.some(element => element?.type === 'SpreadElement')) return
  yield { from: node.start, to: node.start + 1, text: '/* @__PURE__ */ [].concat(' }
  yield { from: node.end - 1, to: node.end, text: ')' }
  for (const element of elements)
    if (element?.type === 'SpreadElement') yield { from: element.start, to: element.start + '...'.length, text: '' }
    else if (element?.type === 'ArrayExpression') {
      yield { from: element.start, to: element.start, text: '[' }
      yield { from: element.end, to: element.end, text: ']' }
    }
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = code
  for (const { from, to, text: instead } of edits.toSorted((a, b) => b.from - a.from))
    text = text.slice(0, from) + instead + text.slice(to)
  return text
}

const calleeOf = (call: Node) => (call['callee'] as Node | undefined)?.['name']

/** Shapes that nothing reads any more are left out, since no call that makes one does anything else. */
export function lightContract(code: string): string {
  const edits: Edit[] = []
  const left: { from: number; to: number }[] = []
  for (const node of within(parseAst(code, { lang: 'ts' }) as unknown as Node)) {
    if (left.some(({ from, to }) => node.start >= from && node.end <= to)) continue
    edits.push(...editsOfSpread(node))
    if (node.type !== 'CallExpression') continue
    const [door] = node['arguments'] as readonly Node[]
    if (calleeOf(node) === 'endpoint' && door?.type === 'ObjectExpression')
      for (const edit of editsOfDoor(door)) {
        left.push(edit)
        edits.push(edit)
      }
    edits.push({ from: node.start, to: node.start, text: '/* @__PURE__ */ ' })
  }
  return edited(code, edits)
}

/** The one file of shapes that a page checks by: a campaign's, before it is sent. No contract needs it beside. */
const checkedHere = 'contract-definition.ts'
const isContract = (path: string) => path.includes('/src/') && basename(path).startsWith('contract')

/** Whatever is asked of it, or made by it, it is itself. */
const nothing = 'new Proxy(() => Type, { get: (_, name) => (name === Symbol.iterator ? undefined : Type) })'
const unread = '\0shapes-that-nobody-reads'
const unreadDefinition = '\0definition-that-nobody-reads'

/** Stands in for the shapes of a file, by the names that it exports. */
async function standIn(file: string): Promise<string> {
  const names = [...(await readFile(file, 'utf8')).matchAll(/^export const (\w+)/gm)].map(
    ([, name]) => `Type as ${name}`,
  )
  return `const Type = ${nothing}\nexport { ${names.join(', ')} }`
}

export function lightContracts(): Plugin {
  let definition = ''
  return {
    name: 'light-contracts',
    enforce: 'pre',
    resolveId(source, importer = '') {
      if (source === 'typebox' && /\/src\//.test(importer) && !importer.endsWith(checkedHere)) return unread
      if (!source.endsWith(checkedHere) || !isContract(importer)) return null
      definition = join(dirname(importer), source)
      return unreadDefinition
    },
    load(id) {
      if (id === unread) return `export const Type = ${nothing}`
      return id === unreadDefinition ? standIn(definition) : null
    },
    transform: {
      filter: { id: /\.ts$/, code: /from 'typebox'/ },
      handler: (code, id) => (id.includes('/src/') ? { code: lightContract(code), map: null } : null),
    },
  }
}
