import { parseArgs } from 'node:util'
import { WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

export type Options = Readonly<Record<string, 'string' | 'boolean'>>

/** A command works in an open house, or (`alone`) opens what it needs by itself. */
export type Command = { readonly usage: string; readonly does: string; readonly options?: Options } & (
  | { run(invocation: Invocation): Promise<void> }
  | { alone(invocation: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> }
)

/* The options of the commands stand apart from what the commands do: usage is read before a command is loaded. */

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

export const dryOptions = { 'dry-run': 'boolean' } as const
export const importOptions = { ...dryOptions, 'as-of': 'string' } as const

export const batchOptions = { maker: 'string', most: 'string', unit: 'string', 'due-before': 'string' } as const
export const orderOptions = { batch: 'string', out: 'string' } as const
export const printOptions = {
  card: 'string',
  batch: 'string',
  out: 'string',
  sheets: 'string',
  dpi: 'string',
  proof: 'boolean',
} as const

export const rollOptions = {
  school: 'string',
  'school-year': 'string',
  kind: 'string',
  'as-of': 'string',
  out: 'string',
} as const

export const modelOptions = { save: 'string', use: 'string' } as const

export const linkOptions = { settings: 'string', out: 'string', model: 'string', 'save-model': 'string' } as const

export const attendanceOptions = {
  'school-year': 'string',
  unit: 'string',
  'as-of': 'string',
  home: 'string',
  out: 'string',
} as const

export const handDownOptions = { metric: 'string', batch: 'string', by: 'string', 'issued-by': 'string' } as const

export const statsOptions = {
  campaign: 'string',
  'as-of': 'string',
  unit: 'string',
  metric: 'string',
  map: 'string',
  out: 'string',
} as const
export const listOptions = { ...statsOptions, which: 'string', from: 'string', since: 'string' } as const

export const packetOptions = { out: 'string' } as const

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
