import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Citations in comments, documents and settings: a section of a document, an ADR, a file of this repository. Each is
 * looked up; what is cited and does not exist is told.
 */

const root = join(import.meta.dirname, '..')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const filesOf = (patterns: readonly string[]) =>
  globSync([...patterns], { cwd: root, exclude: ['**/node_modules/**'] }).sort()

/**
 * Where citations are looked for. Landed migrations, what is generated from them, and the CHANGELOG say what was so
 * when
 * they were written.
 */
export const citingFiles = () =>
  filesOf([
    '{src,web,test,e2e,bench,synth,relying-parties,db}/**/*.{ts,tsx,js,css,md,csv,json}',
    'docs/**/*.{md,json}',
    '{README,CONTRIBUTING,SECURITY}.md',
    '*.{mjs,json}',
    '.dependency-cruiser.mjs',
    'bin/*',
  ]).filter(file => !/package-lock|^db\/(types\.ts|schema\.sql)$|^test\/citations/.test(file))

const everyFile = new Set(
  filesOf([
    '{src,web,test,e2e,bench,synth,relying-parties,db,docs,bin,.ci}/**/*',
    '*.{md,mjs,json}',
    '.dependency-cruiser.mjs',
  ]),
)
const everyName = new Set([...everyFile].map(file => basename(file)))
const folders = ['src', 'web', 'test', 'e2e', 'bench', 'synth', 'relying-parties', 'db', 'docs', 'bin']

/** The part of a file in which people are told something, as one line of words. */
export function proseOf(file: string, text: string): string {
  const comments = /\.(ts|tsx|js|mjs|css)$|^bin\//.test(file)
    ? [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm)].map(([comment]) => comment).join('\n')
    : text
  return comments.replace(/\n[ \t]*(?:\*(?!\*)\/?|\/\/|--|>)?[ \t]*/g, ' ')
}

/**
 * The sections of a document: '3', '2A', '2.11', 'B2', a numbered item ('9.1') or the row of a table ('8.7') of one.
 */
function sectionsOf(text: string): Set<string> {
  const found = new Set<string>()
  let within = ''
  for (const line of text.split('\n')) {
    const heading = /^#+ (\d+[A-Z]?|[A-Z]\d?)\.? /.exec(line)?.[1]
    if (heading) {
      within = /^\d+[A-Z]$/.test(heading) ? within : heading
      found.add(heading)
    }
    const paragraph = /^(?:- )?\**(\d+\.\d+)\b/.exec(line)?.[1]
    if (paragraph) found.add(paragraph)
    const item = /^(?:(\d+)\. |\|\s*(\d+)\s*\|)/.exec(line)
    if (item) found.add(within ? `${within}.${item[1] ?? item[2]}` : `${item[1]}`)
  }
  return found
}

const read = new Map<string, { text: string; sections: Set<string> }>()
function documentOf(file: string) {
  const known = read.get(file)
  if (known) return known
  const text = textOf(file)
  const document = { text, sections: sectionsOf(text) }
  read.set(file, document)
  return document
}

const adrs = new Map(filesOf(['docs/adr/*.md']).map(file => [Number(basename(file).slice(0, 4)), file]))

const documentNamed = (name: string, by: string): string | undefined =>
  [name, join('docs', name), join(dirname(by), name), join('docs', basename(name))].find(file => everyFile.has(file))

/** 'domain.md 1.1, 1.5' and 'domain.md 2C, 3.4' cite two sections, '2.16–2.18' both ends. */
const section = /(?:\d+\.\d+|\d+[A-Z]?|[A-Z]\d?)(?![\w.]*[\w])/.source
const sectionsCited = new RegExp(`^,? ?(?:sections? )?(${section}(?:(?:, | and |–)${section})*)`)

const plain = (text: string) => text.replaceAll('`', '').toLowerCase()

function faultOfDocument(file: string, name: string, after: string, isInParentheses: boolean): string[] {
  const document = documentNamed(name, file)
  if (!document) return [`${name} does not exist`]
  const { text, sections } = documentOf(document)
  const cited = sectionsCited.exec(after)?.[1]
  if (cited)
    return cited
      .split(/, | and |–/)
      .filter(each => !sections.has(each))
      .map(each => `${name} has no section ${each}`)
  // A heading or a file's name after a comma: 'interfaces.md, persons.csv', 'docs/design.md, Tokens'.
  const phrase = /^, "?([A-Za-z][^,;:"()]*?)"?\)/.exec(after)?.[1]
  if (phrase && isInParentheses && !/\.md|ADR|\/|`/.test(phrase) && !plain(text).includes(plain(phrase)))
    return [`${name} says nothing of "${phrase}"`]
  return []
}

function documentFaults(file: string, prose: string): string[] {
  return [...prose.matchAll(/(?<![\w/.-])((?:docs\/|\.\.?\/)?(?:adr\/)?[A-Za-z][\w.-]*\.md)\b(?=(.{0,90}))/g)].flatMap(
    ({ 1: name = '', 2: after = '', index }) => {
      const before = prose.slice(Math.max(0, index - 60), index)
      // Of another repository: 'timgit/pg-boss, docs/database-backends.md'.
      if (/[\w-]+\/[\w-]+,? (?:website\/)?$/.test(before) && file.startsWith('docs/')) return []
      return faultOfDocument(file, name, after.replace(/^`/, ''), before.lastIndexOf('(') > before.lastIndexOf(')'))
    },
  )
}

function adrFaults(prose: string): string[] {
  return [...prose.matchAll(/\bADR (\d+)(?:\.(\d+))?((?:(?:, | and )\d+\b(?!\.\d))*)/g)].flatMap(
    ([, first = '', item, more = '']) =>
      [first, ...(more.match(/\d+/g) ?? [])].flatMap(number => {
        const adr = adrs.get(Number(number))
        if (!adr) return [`there is no ADR ${number}`]
        return item && !documentOf(adr).sections.has(`${number}.${item}`) ? [`ADR ${number} has no item ${item}`] : []
      }),
  )
}

/** A path with a folder in it, or the bare name of a source file; patterns, addresses and examples are none. */
const paths = new RegExp(
  String.raw`(?<![\w/.@<>{}*:-])((?:\.{1,2}\/)*(?:[a-z][\w-]*\/)+[\w.-]*[\w]\.(?:ts|tsx|mjs|sql` +
    String.raw`|css)|[a-z][\w-]*(?:\.test)?\.(?:ts|tsx)` +
    String.raw`|(?:FOLDERS)\/(?:[\w.-]+\/)*(?:[\w.-]*\w)?)(?![\w*/{<…-])`,
  'g',
)

const pathsCited = new RegExp(paths.source.replace('FOLDERS', folders.join('|')), 'g')

function pathFaults(file: string, prose: string): string[] {
  return [...prose.matchAll(pathsCited)].flatMap(({ 1: path = '', index }) => {
    const before = prose.slice(Math.max(0, index - 40), index)
    if (/[\w-]+\/[\w-]+,? (?:\w+, |website\/)?$|https?:\S*$/.test(before)) return []
    if (/^docs\/(adr\/)?[\w.-]+\.md$/.test(path)) return []
    if (!path.includes('/')) return everyName.has(path) ? [] : [`no file is called ${path}`]
    const places = [path, join('src', path), join(dirname(file), path), ...inContext(file, path), join('docs', path)]
    if (/^docs\/adr\/\d{4}$/.test(path) && adrs.has(Number(path.slice(-4)))) return []
    return places.some(place => existsSync(join(root, place))) ? [] : [`${path} does not exist`]
  })
}

const inContext = (file: string, path: string): string[] => {
  const context = /^(?:src|web)\/[^/]+/.exec(file)?.[0]
  return context ? [join(context, path), join(dirname(context), path)] : []
}

/** Links of a document to files; what begins with a slash is a page of the running house. */
function linkFaults(file: string, text: string): string[] {
  if (!file.endsWith('.md')) return []
  return [...text.matchAll(/\]\(([^)#/\s:][^)#\s:]*)\)/g)]
    .filter(([, to = '']) => !existsSync(join(root, dirname(file), to)))
    .map(([, to]) => `the link to ${to} leads nowhere`)
}

/** What a file cites and nobody would find. */
export function faultsOf(file: string, text: string): string[] {
  const prose = proseOf(file, text)
  return [
    ...documentFaults(file, prose),
    ...adrFaults(prose),
    ...pathFaults(file, prose),
    ...linkFaults(file, text),
  ].map(fault => `${file}: ${fault}`)
}
