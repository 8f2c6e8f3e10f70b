// Finds every regular expression in source text: literals, `new RegExp` of a constant, and `pattern` of a schema.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { parseSync } from '@swc/core'

export type SourceText = { readonly file: string; readonly text: string }

/** `source` is undefined where an expression is made from what is known only when the program runs. */
export type FoundExpression = {
  readonly file: string
  readonly source: string | undefined
  readonly flags: string
}

type Node = { readonly type: string; readonly [key: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** JavaScript is read with JSX, as the pages' own scripts have none of TypeScript's casts in angle brackets. */
const parse = ({ file, text }: SourceText): Node =>
  parseSync(text, {
    syntax: 'typescript',
    tsx: !/\.m?ts$/.test(file),
    target: 'es2022',
  }) as unknown as Node

/** Every node of a tree, the whole first. Places and types hold no expression. */
function nodesOf(value: unknown, found: Node[] = []): Node[] {
  if (Array.isArray(value)) for (const one of value) nodesOf(one, found)
  else if (typeof value === 'object' && value !== null) {
    if (isNode(value)) found.push(value)
    for (const [key, part] of Object.entries(value))
      if (typeof part === 'object' && key !== 'span' && key !== 'typeAnnotation') nodesOf(part, found)
  }
  return found
}

type ParsedFile = {
  /** By name, what a constant is made of; undefined where two of one name differ. */
  readonly constants: ReadonlyMap<string, Node | undefined>
  /** By local name, the file and the name there. */
  readonly imports: ReadonlyMap<string, { readonly file: string; readonly name: string }>
  readonly nodes: readonly Node[]
}

function parsedOf(source: SourceText): ParsedFile {
  const nodes = nodesOf(parse(source))
  const constants = new Map<string, Node | undefined>()
  const imports = new Map<string, { file: string; name: string }>()
  for (const node of nodes) {
    if (node.type === 'VariableDeclaration' && node['kind'] === 'const')
      for (const { id, init } of node['declarations'] as { id: Node; init?: Node }[])
        if (id.type === 'Identifier' && init)
          constants.set(String(id['value']), constants.has(String(id['value'])) ? undefined : init)
    if (node.type !== 'ImportDeclaration') continue
    const from = String((node['source'] as Node)['value'])
    if (!from.startsWith('.')) continue
    for (const one of node['specifiers'] as Node[]) {
      const local = String((one['local'] as Node)['value'])
      const name = String((one['imported'] as Node | null)?.['value'] ?? local)
      imports.set(local, { file: join(dirname(source.file), from), name })
    }
  }
  return { constants, imports, nodes }
}

/** Reads the text of constants, over files too. */
class ConstantReader {
  readonly #files = new Map<string, ParsedFile>()
  readonly #textOf: (file: string) => string | undefined

  constructor(textOf: (file: string) => string | undefined) {
    this.#textOf = textOf
  }

  file(file: string): ParsedFile {
    const known = this.#files.get(file)
    if (known) return known
    const parsed = parsedOf({ file, text: this.#textOf(file) ?? '' })
    this.#files.set(file, parsed)
    return parsed
  }

  /** The text that a node stands for; undefined where that is known only when the program runs. */
  text(node: Node | null | undefined, place: Place): string | undefined {
    switch (node?.type) {
      case 'StringLiteral':
        return cooked(String(node['raw']))
      case 'TemplateLiteral':
        return this.#template(node, place, raw => cooked(`\`${raw}\``))
      case 'TaggedTemplateExpression':
        return isStringRaw(node) ? this.#template(node['template'] as Node, place, raw => raw) : undefined
      case 'BinaryExpression':
        return node['operator'] === '+' ? this.#joined([node['left'], node['right']] as Node[], '', place) : undefined
      case 'Identifier':
        return place.given.get(String(node['value'])) ?? this.#constant(String(node['value']), place)
      case 'RegExpLiteral':
        return String(node['pattern'])
      case 'MemberExpression':
        return isNamed(node['property'], 'source') ? this.text(node['object'] as Node, place) : undefined
      case 'CallExpression':
        return this.#joinedArray(node, place) ?? this.#called(node, place)
      default:
        return node && wrappers.includes(node.type) ? this.text(unwrapped(node), place) : undefined
    }
  }

  #constant(name: string, { file }: Place): string | undefined {
    const { constants, imports } = this.file(file)
    if (constants.has(name)) return this.text(constants.get(name), placeIn(file))
    const from = imports.get(name)
    return from && this.#constant(from.name, placeIn(from.file))
  }

  #template(template: Node, place: Place, read: (raw: string) => string): string | undefined {
    const quasis = (template['quasis'] as Node[]).map(quasi => read(String(quasi['raw'])))
    const between = (template['expressions'] as Node[]).map(one => this.text(one, place))
    if (between.includes(undefined)) return undefined
    return quasis.map((quasi, at) => quasi + (between[at] ?? '')).join('')
  }

  #joined(parts: readonly Node[], by: string, place: Place): string | undefined {
    const texts = parts.map(part => this.text(part, place))
    return texts.includes(undefined) ? undefined : texts.join(by)
  }

  /** ['a', 'b'].join('|') */
  #joinedArray(call: Node, place: Place): string | undefined {
    const callee = call['callee'] as Node
    if (callee.type !== 'MemberExpression' || !isNamed(callee['property'], 'join')) return undefined
    const by = this.text(argumentsOf(call)[0], place)
    const object = callee['object'] as Node
    const list = object.type === 'Identifier' ? this.file(place.file).constants.get(String(object['value'])) : object
    const elements = list && unwrapped(list)
    if (by === undefined || elements?.type !== 'ArrayExpression') return undefined
    return this.#joined(
      (elements['elements'] as { expression: Node }[]).map(({ expression }) => expression),
      by,
      place,
    )
  }

  /** A call of a function of the same file that is one expression: wordsOf('a|b'). */
  #called(call: Node, place: Place): string | undefined {
    const callee = call['callee'] as Node
    const made = this.file(place.file).constants.get(String(callee['value']))
    if (callee.type !== 'Identifier' || made?.type !== 'ArrowFunctionExpression') return undefined
    const texts = argumentsOf(call).map(one => this.text(one, place))
    const names = (made['params'] as Node[]).map(param => String(param['value'] ?? ''))
    const given = names.flatMap((name, at): [string, string][] => {
      const text = texts[at]
      return text === undefined ? [] : [[name, text]]
    })
    return this.text(made['body'] as Node, { file: place.file, given: new Map(given) })
  }
}

/** Where a constant is read: in which file, and what a function was given there. */
type Place = { readonly file: string; readonly given: ReadonlyMap<string, string> }

const placeIn = (file: string): Place => ({ file, given: new Map() })

const argumentsOf = (call: Node): Node[] =>
  ((call['arguments'] ?? []) as { expression: Node }[]).map(({ expression }) => expression)

/** The value of a literal, as it stands in the source: what the parser gives doubles some backslashes. */
const cooked = (literal: string): string => String(runInNewContext(literal))

const wrappers: readonly string[] = [
  'TsConstAssertion',
  'TsAsExpression',
  'TsSatisfiesExpression',
  'ParenthesisExpression',
]

/** Without `as const` and the like. */
const unwrapped = (node: Node): Node => (wrappers.includes(node.type) ? unwrapped(node['expression'] as Node) : node)

const isNamed = (node: unknown, name: string) => isNode(node) && node.type === 'Identifier' && node['value'] === name

const isStringRaw = ({ tag }: Node) =>
  isNode(tag) && tag.type === 'MemberExpression' && isNamed(tag['object'], 'String') && isNamed(tag['property'], 'raw')

/** The key of `pattern: …` and of `patternProperties`' like, whose text a validator compiles. */
const isPatternKey = (key: unknown) =>
  isNamed(key, 'pattern') || (isNode(key) && key.type === 'StringLiteral' && key['value'] === 'pattern')

function expressionsOf(node: Node, file: string, reader: ConstantReader): FoundExpression[] {
  if (node.type === 'RegExpLiteral')
    return [{ file, source: String(node['pattern']), flags: String(node['flags'] ?? '') }]
  if ((node.type === 'NewExpression' || node.type === 'CallExpression') && isNamed(node['callee'], 'RegExp')) {
    const [source, flags] = argumentsOf(node)
    const place = placeIn(file)
    return [{ file, source: reader.text(source, place), flags: flags ? (reader.text(flags, place) ?? '') : '' }]
  }
  // A JSON schema's patterns are compiled with the flag u.
  if (node.type === 'KeyValueProperty' && isPatternKey(node['key'])) {
    const value = node['value'] as Node
    if (value.type === 'RegExpLiteral') return []
    return [{ file, source: reader.text(value, placeIn(file)), flags: 'u' }]
  }
  return []
}

/** All expressions of some files; what they import is read from where it stands. */
export function findExpressions(sources: readonly SourceText[]): FoundExpression[] {
  const texts = new Map(sources.map(({ file, text }) => [file, text]))
  const reader = new ConstantReader(
    file => texts.get(file) ?? (existsSync(file) ? readFileSync(file, 'utf8') : undefined),
  )
  return sources.flatMap(({ file }) => reader.file(file).nodes.flatMap(node => expressionsOf(node, file, reader)))
}
