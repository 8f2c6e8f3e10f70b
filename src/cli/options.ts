import { parseArgs } from 'node:util'
import { WrongUsage } from '../platform/terminal.ts'
import type { Invocation } from './invocation.ts'

/** An option: what stands for its value (none: a flag), what it does, and whether the command needs it. */
export type Option = {
  readonly value?: string
  readonly does: string
  readonly isNeeded?: true
  /** It may be given several times: a command reads its values in lines. */
  readonly isRepeated?: true
}
export type OptionTypes = Readonly<Record<string, Option>>

export const value = (value: string, does: string): Option => ({ value, does })
export const needed = (value: string, does: string): Option => ({ value, does, isNeeded: true })
export const repeated = (value: string, does: string): Option => ({ value, does, isNeeded: true, isRepeated: true })
export const several = (value: string, does: string): Option => ({ value, does, isRepeated: true })
export const flag = (does: string): Option => ({ does })

/** A command works in an open house, or (`alone`) opens what it needs by itself. */
export type Command = {
  /** What stands behind the name, before the options: 'FILE.csv'. */
  readonly takes?: string
  /** Its file or folder was made by others, and is scanned for viruses before it is read. */
  readonly scans?: true
  readonly does: string
  readonly options?: OptionTypes
  /** What stands behind the name in the one example of its help. */
  readonly example: string
} & (
  | { run(invocation: Invocation): Promise<void> }
  | { alone(invocation: Omit<Invocation, 'house'> & { readonly folder: string }): Promise<void> }
)

export type Commands = Readonly<Record<string, Command>>

/** What every command takes. */
export const everywhere: OptionTypes = {
  data: value('DIR', 'the data folder; ./data where it is not given'),
  json: flag('prints one JSON document on stdout'),
}

const optionText = (name: string, { value }: Option) => `--${name}${value ? ` ${value}` : ''}`

/** 'card import FILE.csv [--as-of DAY]': the whole command, with what may be left out in brackets. */
export function usageOf(name: string, { takes, options = {} }: Command): string {
  const shown = Object.entries(options).map(([each, option]) =>
    option.isNeeded ? optionText(each, option) : `[${optionText(each, option)}]`,
  )
  return [name, ...(takes ? [takes] : []), ...shown].join(' ')
}

export const optionRows = (options: OptionTypes): (readonly [string, string])[] =>
  Object.entries(options).map(([name, option]) => [optionText(name, option), option.does])

/** Reads what stands behind the words of a command; throws WrongUsage, with the command's usage. */
export function readOptions(name: string, command: Command, rest: readonly string[]) {
  const types = Object.entries({ ...everywhere, ...command.options }).map(
    ([each, { value: takes, isRepeated = false }]) =>
      [each, { type: takes ? 'string' : 'boolean', multiple: isRepeated }] as const,
  )
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      allowPositionals: true,
      options: Object.fromEntries(types),
    })
    const read = Object.entries(values).map(([each, said]) => [each, Array.isArray(said) ? said.join('\n') : said])
    return { positionals, values: Object.fromEntries(read) as Readonly<Record<string, string | boolean | undefined>> }
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new WrongUsage(`${why}\n\n  ${usageOf(name, command)}\n\ndinhdanh help ${name} has more.`)
  }
}
