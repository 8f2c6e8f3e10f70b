import { parseArgs } from 'node:util'
import { WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

export type Options = Readonly<Record<string, 'string' | 'boolean'>>

/** A command works in an open house, or (`alone`) opens what it needs by itself. */
export type Command = { readonly usage: string; readonly does: string; readonly options?: Options } & (
  | { run(invocation: Invocation): Promise<void> }
  | { alone(invocation: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> }
)

/**
 * The options of commands whose files load much: the server and the builder of pages, the generator. Other commands
 * start without them.
 */
export const startOptions = {
  port: 'string',
  host: 'string',
  origin: 'string',
  tls: 'boolean',
  people: 'string',
  'no-demo': 'boolean',
} as const

export const synthOptions = {
  people: 'string',
  seed: 'string',
  out: 'string',
  day: 'string',
  damage: 'string',
  season: 'boolean',
  until: 'string',
} as const

/** Reads what stands behind the words of a command; throws WrongUsage, with the command's usage. */
export function readOptions(command: Command, rest: string[]) {
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
