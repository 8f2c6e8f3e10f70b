// Finds what a reader would trip over: one name for two things, and lines that do not fit.
import { parseSync } from '@swc/core'

export type SourceText = { readonly file: string; readonly text: string }

type Node = { readonly type: string; readonly [key: string]: unknown }
type Named = { readonly value: string }

const parse = ({ file, text }: SourceText): readonly Node[] =>
  parseSync(text, { syntax: 'typescript', tsx: file.endsWith('x'), target: 'es2022' }).body as unknown as Node[]

const isFunction = (node: Node | undefined) =>
  node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression'

/** The functions that a statement at the top of a file declares. */
function functionsOf(statement: Node): string[] {
  if (statement.type === 'FunctionDeclaration') return [(statement['identifier'] as Named).value]
  if (statement.type !== 'VariableDeclaration') return []
  return (statement['declarations'] as { id: Node & Named; init?: Node }[]).flatMap(({ id, init }) =>
    id.type === 'Identifier' && isFunction(init) ? [id.value] : [],
  )
}

/** The types that a statement at the top of a file declares. */
function typesOf(statement: Node): string[] {
  if (statement.type === 'TsTypeAliasDeclaration' || statement.type === 'TsInterfaceDeclaration')
    return [(statement['id'] as Named).value]
  return statement.type === 'ClassDeclaration' ? [(statement['identifier'] as Named).value] : []
}

/** `key: places`, for each key that stands in more than one place. */
const inTwoPlaces = (found: readonly (readonly [key: string, file: string])[]): string[] =>
  [...Map.groupBy(found, ([key]) => key)]
    .filter(([, places]) => places.length > 1)
    .map(([key, places]) => `${key}: ${places.map(([, file]) => file).join(', ')}`)

/** Exported types whose name stands in more than one file. */
export const typesNamedTwice = (sources: readonly SourceText[]): string[] =>
  inTwoPlaces(
    sources.flatMap(source =>
      parse(source)
        .filter(({ type }) => type === 'ExportDeclaration')
        .flatMap(({ declaration }) => typesOf(declaration as Node))
        .map(name => [name, source.file] as const),
    ),
  )

/** Functions whose name stands in more than one file of a folder of src/, exported or not. */
export const functionsNamedTwice = (sources: readonly SourceText[]): string[] =>
  inTwoPlaces(
    sources.flatMap(source =>
      parse(source)
        .map(node => (node.type === 'ExportDeclaration' ? (node['declaration'] as Node) : node))
        .flatMap(functionsOf)
        .map(name => [`${source.file.split('/').slice(1, -1)[0] ?? 'src'} ${name}`, source.file] as const),
    ),
  )

/** `file:line`, for each line of more than `width` characters. */
export const longLines = (sources: readonly SourceText[], width = 120): string[] =>
  sources.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, at) => ([...line].length > width ? [`${file}:${at + 1}`] : [])),
  )

const literal = /'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`/g
const nameOfTest = new RegExp(
  String.raw`\b(?:test|it)\(\s*((?:${literal.source})(?:\s*\+\s*(?:${literal.source}))*)`,
  'g',
)

/** The names of a file's tests, as they are written there: `${…}` stands as it is. */
export const testNames = (text: string): string[] =>
  [...text.matchAll(nameOfTest)].map(([, written = '']) =>
    [...written.matchAll(literal)].map(([, plain, filled]) => plain ?? filled ?? '').join(''),
  )

/** Those of them that have more than `length` characters. */
export const longTestNames = ({ file, text }: SourceText, length = 100): string[] =>
  testNames(text)
    .filter(name => [...name].length > length)
    .map(name => `${file}: ${name}`)
