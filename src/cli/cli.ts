import { endSignals, interruptedExit } from '../platform/last-resort.ts'
import { scanAll } from '../platform/scanning/scanning.ts'
import { exitCodeOf, printAnswer, printError } from '../platform/terminal.ts'
import { groups } from './commands.ts'
import { findCommand, getCommand } from './find-command.ts'
import { help, helpOf } from './help.ts'
import type { Invocation } from './invocation.ts'
import { readOptions } from './options.ts'

/** `help`, `help card`, `help card import`, `card import --help`. */
function helpFor(words: readonly string[]): string {
  if (words.length === 0) return help(groups)
  const ofNoun = words.length === 1 && !findCommand(words) ? help(groups, words[0]) : ''
  if (ofNoun) return ofNoun
  const { name, command } = getCommand(words)
  return helpOf(name, command)
}

async function run(words: readonly string[]): Promise<void> {
  const asksForHelp = words[0] === 'help' || words.includes('--help')
  if (words.length === 0 || asksForHelp)
    return printAnswer(false, undefined, helpFor(words.filter(word => word !== 'help' && word !== '--help')))
  const { name, command, rest, warning } = getCommand(words)
  if (warning) process.stderr.write(`${warning}\n`)
  const { values, positionals } = readOptions(name, command, rest)
  const folder = typeof values['data'] === 'string' ? values['data'] : 'data'
  const given = { positionals, values: values as Invocation['values'], json: values['json'] === true }
  if ('alone' in command) return command.alone({ ...given, folder })
  // A command that ends by itself stops the PostgreSQL that nobody else uses; one that a signal ends would not.
  // Each signal is heard while it ends, too: Ctrl-C comes from the terminal and again from bin/dinhdanh.
  for (const signal of endSignals) process.on(signal, () => process.exit(interruptedExit))
  const { openHouse } = await import('../open-house.ts')
  const house = await openHouse({ folder, purpose: 'command', said: { logLevel: 'warn' } })
  try {
    if (command.scans) for (const path of positionals) await scanAll(path)
    await command.run({ ...given, house })
  } finally {
    await house.close()
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  printError(error)
  process.exitCode = exitCodeOf(error)
}
