import { parseArgs } from 'node:util'
import { auditVerify, backupTo, doctor, restoreFrom } from './cli-upkeep.ts'
import { type House, openHouse } from './open-house.ts'
import { answer, exitCodeOf, tell, WrongUsage } from './terminal.ts'

/** What a command is given: an open house (unless it says it needs none), its words and options. */
export type Invocation = {
  readonly house: House
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly json: boolean
}

type Command = {
  readonly usage: string
  readonly does: string
  readonly options?: Readonly<Record<string, 'string' | 'boolean'>>
  run(invocation: Invocation): Promise<void>
}

const commands: Readonly<Record<string, Command>> = {
  'audit verify': {
    usage: 'audit verify [--heads FILE]',
    does: 'checks the record of deeds',
    options: { heads: 'string' },
    run: auditVerify,
  },
  backup: { usage: 'backup FILE', does: 'writes everything into one file', run: backupTo },
  restore: { usage: 'restore FILE', does: 'puts a backup into an empty house', run: restoreFrom },
  doctor: { usage: 'doctor', does: 'looks the house over', run: doctor },
}

const help = () =>
  ['dinhdanh COMMAND [--data DIR] [--json]', '', ...Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(72)} ${does}`)].join(
    '\n',
  )

/** Finds the command by its first two words, or its first. */
function commandOf(words: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = commands[words.slice(0, length).join(' ')]
    if (command) return { command, rest: words.slice(length) }
  }
  throw new WrongUsage(`there is no command "${words.slice(0, 2).join(' ')}"\n\n${help()}`)
}

function read(command: Command, rest: string[]) {
  const options = { json: 'boolean', data: 'string', ...command.options } as const
  try {
    return parseArgs({
      args: rest,
      allowPositionals: true,
      options: Object.fromEntries(Object.entries(options).map(([name, type]) => [name, { type }])),
    })
  } catch (error) {
    throw new WrongUsage(`${error instanceof Error ? error.message : error}\n\n  ${command.usage}`)
  }
}

async function run(words: readonly string[]): Promise<void> {
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help') return answer(false, undefined, help())
  const { command, rest } = commandOf(words)
  const { values, positionals } = read(command, rest)
  const folder = typeof values['data'] === 'string' ? values['data'] : 'data'
  const house = await openHouse({ folder, purpose: 'command', said: { logLevel: 'warn' } })
  try {
    await command.run({ house, positionals, values: values as Invocation['values'], json: values['json'] === true })
  } finally {
    await house.close()
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  tell(error)
  process.exitCode = exitCodeOf(error)
}
