import { WrongUsage } from '../platform/terminal.ts'
import { commands, groups } from './commands.ts'
import { help } from './help.ts'
import type { Command } from './options.ts'

/** What commands were called until this release; the old words are gone in the next. */
export const formerNames: Readonly<Record<string, string>> = {
  'units import': 'unit import',
  'schools import': 'school import',
  'cards import': 'card import',
  'cards history': 'card history',
  'accounts import': 'account import',
  'accounts history': 'account history',
  'packets import': 'packet import',
  'figures import': 'stats import',
  'keys rotate': 'key rotate',
  attendance: 'out-of-school list',
  gaps: 'gap list',
}

type Found = {
  readonly name: string
  readonly command: Command
  readonly rest: readonly string[]
  /** For stderr, where an old word was used. */
  readonly warning?: string
}

/** Finds a command by its first two words, or its first. */
export function findCommand(words: readonly string[]): Found | undefined {
  for (const length of [2, 1]) {
    const said = words.slice(0, length).join(' ')
    const name = formerNames[said] ?? said
    const command = commands[name]
    if (!command) continue
    const warning = `"${said}" is now called "${name}"; the old words are gone in the next release`
    return { name, command, rest: words.slice(length), ...(name !== said && { warning }) }
  }
  return undefined
}

/** The same, where there must be one; throws WrongUsage with the commands of its noun, or with all. */
export function getCommand(words: readonly string[]): Found {
  const found = findCommand(words)
  if (found) return found
  const near = help(groups, words[0])
  throw new WrongUsage(`there is no command "${words.slice(0, 2).join(' ')}"\n\n${near || help(groups)}`)
}
