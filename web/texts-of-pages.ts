import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Plugin } from 'vite'
import { parseAst } from 'vite'

/**
 * The texts of the console, by page and language: a page brings its own with its code, and no text comes that it does
 * not say. What a page says is read from its sources: a key stands there whole, is put together in a template
 * (`due-${what}`), or is a code behind a prefix (useCodes of web/console/base/labels.ts). A key that none of this finds
 * is asked for when it is said (web/console/base/texts.ts).
 */

const folder = join(import.meta.dirname, 'console')

type Pair = readonly [vi: string, en: string] | (() => readonly [string, string])
type Texts = Readonly<Record<string, Pair>>

/** What comes later than the frame: where it begins, and under which name its texts are kept. */
export type Later = { readonly name: string; readonly file: string }

const isWords = (path: string) => /\/words[^/]*\.ts$/.test(path)

/** Files that a file of ours takes in at once; types are no files. */
function importsOf(path: string, text: string): string[] {
  if (!/\.tsx?$/.test(path)) return []
  return text
    .split(/^(?=import |export )/m)
    .filter(piece => !piece.startsWith('import type ') && !piece.startsWith('export type '))
    .flatMap(piece => [...piece.matchAll(/\bfrom '(\.[^']+\.tsx?)'/g)])
    .map(([, to = '']) => join(dirname(path), to))
}

/** Each `page(() => import('…'), 'Name')` and `part(() => import('…'), 'Name')` of a source. */
export function latersIn(path: string, text: string): Later[] {
  const found = text.matchAll(/\b(?:page|part)\(\s*\(\) => import\('([^']+)'\),\s*'(\w+)',?\s*\)/g)
  return [...found].map(([, to = '', name = '']) => ({ name, file: join(dirname(path), to) }))
}

const texts = new Map<string, string>()
const sourceOf = (path: string): string => {
  const known = texts.get(path) ?? readFileSync(path, 'utf8')
  texts.set(path, known)
  return known
}

/** A file and all that comes with it. */
export function reachedFrom(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  for (const next of importsOf(path, sourceOf(path))) reachedFrom(next, seen)
  return seen
}

/** Whether something stands between the two ends of a key. */
const isMadeOf = (key: string, before: string, after: string) =>
  key.length > before.length + after.length && key.startsWith(before) && key.endsWith(after)

/** The keys that a source says. */
function keysIn(path: string, keys: readonly string[], known: ReadonlySet<string>): Set<string> {
  const source = sourceOf(path)
  const said = new Set<string>()
  const literals = new Set(
    [...source.matchAll(/'([\w.-]+)'|"([\w.-]+)"|\b([\w]+):/g)].map(([, a, b, c]) => a ?? b ?? c ?? ''),
  )
  for (const literal of literals) if (known.has(literal)) said.add(literal)
  const patterns = [...source.matchAll(/`([\w.-]*)\$\{[^`]*?\}([\w.-]*)`/g)]
    .filter(([, before = '', after = '']) => before.length + after.length > 1)
    .map(([, before = '', after = '']) => [before, after] as const)
  // A code of the server behind a prefix.
  const prefixes = /from '[^']*\/labels\.ts'/.test(source) ? [...literals].filter(literal => literal.length > 1) : []
  const asPattern = [...patterns, ...prefixes.map(prefix => [`${prefix}-`, ''] as const)]
  for (const key of keys) if (asPattern.some(([before, after]) => isMadeOf(key, before, after))) said.add(key)
  return said
}

export type TextsOfPages = {
  /** The keys by name: `frame`, each page and part. */
  readonly keysOf: ReadonlyMap<string, ReadonlySet<string>>
  readonly laters: readonly Later[]
  /** Keys whose text asks the law, by the file of their words. */
  readonly byLaw: ReadonlyMap<string, ReadonlySet<string>>
  readonly all: Texts
  keysOfFile(path: string): ReadonlySet<string>
}

/** Finds who says what. */
export async function findTexts(): Promise<TextsOfPages> {
  const { texts: all } = (await import('./console/words.ts')) as unknown as { texts: Texts }
  texts.clear()
  const keys = Object.keys(all)
  const known = new Set(keys)
  const files = new Map<string, ReadonlySet<string>>()
  const keysOfFile = (path: string) => {
    const found = files.get(path) ?? (isWords(path) ? new Set<string>() : keysIn(path, keys, known))
    files.set(path, found)
    return found
  }
  const frame = reachedFrom(join(folder, 'main.tsx'))
  const reached = new Set(frame)
  const laters: Later[] = []
  for (const path of reached) {
    for (const later of latersIn(path, sourceOf(path))) {
      if (laters.some(({ name }) => name === later.name)) continue
      laters.push(later)
      for (const next of reachedFrom(later.file)) reached.add(next)
    }
  }
  const keysFrom = (paths: Iterable<string>) => new Set([...paths].flatMap(path => [...keysOfFile(path)]))
  const keysOf = new Map<string, ReadonlySet<string>>([['frame', keysFrom(frame)]])
  for (const { name, file } of laters) {
    const own = [...reachedFrom(file)].filter(path => !frame.has(path))
    keysOf.set(name, new Set([...keysFrom(own)].filter(key => !keysOf.get('frame')?.has(key))))
  }
  return { keysOf, laters, byLaw: await findByLaw(all), all, keysOfFile }
}

/** Which file of words has which texts that are functions. */
async function findByLaw(all: Texts): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const functions = new Set(Object.keys(all).filter(key => typeof all[key] === 'function'))
  const found = new Map<string, ReadonlySet<string>>()
  for (const path of reachedFrom(join(folder, 'words.ts'))) {
    if (!isWords(path) || path === join(folder, 'words.ts')) continue
    const exported = (await import(path)) as Readonly<Record<string, unknown>>
    const keys = Object.values(exported)
      .filter(one => typeof one === 'object' && one !== null)
      .flatMap(one => Object.keys(one as object))
    const own = keys.filter(key => functions.has(key))
    if (path.startsWith(folder)) found.set(path, new Set(own))
  }
  return found
}

/** The files to write: address below `assets/` → JSON. */
function filesOf({ keysOf, all }: TextsOfPages): { name: string; content: string }[] {
  const plain = Object.keys(all).filter(key => typeof all[key] !== 'function')
  const packs = new Map<string, Iterable<string>>([...keysOf, ['all', plain]])
  return [...packs].flatMap(([name, keys]) =>
    (['vi', 'en'] as const).map((language, at) => ({
      name: `${language}/${name}.json`,
      content: JSON.stringify(
        Object.fromEntries(
          [...keys].sort().flatMap(key => {
            const pair = all[key]
            return typeof pair === 'function' || !pair ? [] : [[key, pair[at]]]
          }),
        ),
      ),
    })),
  )
}

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [member: string]: unknown }

/** A file of words without the texts that are no function: those come as data. */
export function withoutPlainTexts(code: string, kept: ReadonlySet<string>): string {
  const cuts: Node[] = []
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const one of value) look(one)
      return
    }
    if (typeof value !== 'object' || value === null || !('type' in value)) return
    const node = value as Node
    const key = node['key'] as Node | undefined
    const name = key && (key['name'] ?? key['value'])
    const isText = (node['value'] as Node | undefined)?.type === 'ArrayExpression'
    if (node.type === 'Property' && isText && typeof name === 'string' && !kept.has(name)) cuts.push(node)
    else look(Object.values(node))
  }
  look(parseAst(code, { lang: 'ts' }))
  let text = code
  for (const { start, end } of cuts.toReversed()) text = `${text.slice(0, start)}...{}${text.slice(end)}`
  return text
}

/** Writes the texts beside the code, and takes them out of it. */
export async function textsOfPages(address: string): Promise<{ plugin: Plugin; found: TextsOfPages; base: string }> {
  const found = await findTexts()
  const files = filesOf(found)
  const hash = createHash('sha256').update(JSON.stringify(files)).digest('base64url').slice(0, 8)
  const base = `/${address}/assets/texts-${hash}`
  const pathOf = (id: string) => id.split('?')[0] ?? id
  return {
    found,
    base,
    plugin: {
      name: 'texts-of-pages',
      enforce: 'pre',
      config: () => ({ define: { __TEXTS__: JSON.stringify(base) } }),
      transform: {
        filter: { id: /\.tsx?$/ },
        handler(code, id) {
          const path = pathOf(id)
          if (!path.startsWith(folder)) return null
          const kept = found.byLaw.get(path)
          if (kept) return { code: withoutPlainTexts(code, kept), map: null }
          const keys = found.keysOfFile(path)
          const from = [...found.byLaw].filter(([, own]) => [...own].some(key => keys.has(key))).map(([words]) => words)
          if (from.length === 0) return null
          const lines = from.map((words, at) => {
            const to = relative(dirname(path), words)
            return `import * as __words${at} from '${to.startsWith('.') ? to : `./${to}`}'`
          })
          const store = relative(dirname(path), join(folder, 'base/texts.ts'))
          lines.push(`import { addTextsByLaw as __add } from '${store.startsWith('.') ? store : `./${store}`}'`)
          const adds = from.map((_, at) => `for (const one of Object.values(__words${at})) __add(one)`)
          return { code: `${lines.join('\n')}\n${code}\n${adds.join('\n')}\n`, map: null }
        },
      },
      generateBundle() {
        for (const { name, content } of files)
          this.emitFile({ type: 'asset', fileName: `assets/texts-${hash}/${name}`, source: content })
      },
    },
  }
}
