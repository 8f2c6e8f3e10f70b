import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fromRoot } from '../../src/platform/root.ts'

/**
 * Runbooks as a program reads them, the pages in docs/operations/runbooks. Each has the same parts; what stands in its
 * `sh` blocks is run as it is written, what stands in `text` blocks is what the commands before it must say.
 */

export const runbooksFolder = fromRoot('docs/operations/runbooks/').pathname

/** The parts of a page that are run, in their order. */
const parts = ['Look', 'Mend', 'Over'] as const
type Part = (typeof parts)[number]

export type Runbook = {
  readonly name: string
  /** The lines at the top that give each variable its usual value: every later block is run behind them. */
  readonly variables: string
  /** What is run in each part. */
  readonly lines: Readonly<Record<Part, string>>
  /** What the commands of "Look" say. */
  readonly says: readonly string[]
}

const blocksOf = (text: string, language: 'sh' | 'text'): string[] =>
  [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, lines]) =>
    kind === language && lines ? [lines] : [],
  )

/** A page, read. Throws where a part or its lines are missing. */
export function parseRunbook(name: string, text: string): Runbook {
  const [top = '', ...sections] = text.split(/^## /m)
  const bodyOf = (part: string) => sections.find(section => section.startsWith(`${part}\n`)) ?? ''
  const linesOf = (part: Part) => blocksOf(bodyOf(part), 'sh').join('\n')
  const lines = { Look: linesOf('Look'), Mend: linesOf('Mend'), Over: linesOf('Over') }
  const variables = blocksOf(top, 'sh').join('\n')
  const lacking = [
    ...(variables ? [] : ['variables at the top']),
    ...parts.flatMap(part => (lines[part] ? [] : [`lines under "${part}"`])),
    ...['Noticed by', 'Lost'].flatMap(part => (bodyOf(part) ? [] : [`the part "${part}"`])),
  ]
  if (lacking.length > 0) throw new Error(`${name}.md lacks ${lacking.join(', ')}`)
  const says = blocksOf(bodyOf('Look'), 'text').flatMap(block => block.split('\n').filter(line => line !== ''))
  return { name, variables, lines, says }
}

export const readRunbook = (name: string): Runbook =>
  parseRunbook(name, readFileSync(join(runbooksFolder, `${name}.md`), 'utf8'))

/** The names of all runbooks. The README is about all of them. */
export const runbookNames = (): string[] =>
  readdirSync(runbooksFolder)
    .filter(file => file.endsWith('.md') && file !== 'README.md')
    .map(file => basename(file, '.md'))
    .sort()

/** What is copied each day, as the README writes it. */
export const dailyCopy = (): string =>
  blocksOf(readFileSync(join(runbooksFolder, 'README.md'), 'utf8'), 'sh').join('\n')
