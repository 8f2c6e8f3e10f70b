import type { House } from '../open-house.ts'

/** What a command is given: an open house (unless it opens what it needs by itself), its words and options. */
export type Invocation = {
  readonly house: House
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly json: boolean
}

/** The text of an option; undefined where it was not given. */
export const wordOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

/** The values of an option that may stand several times. */
export const wordsOf = (value: string | boolean | undefined): readonly string[] =>
  (wordOf(value) ?? '').split('\n').filter(word => word !== '')
