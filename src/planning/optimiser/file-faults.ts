import type { TSchema } from 'typebox'
import { Errors } from 'typebox/value'
import { escapedForTerminal } from '../../platform/terminal.ts'
import { textFormats } from './instance-shape.ts'

/** What is wrong with a file of a stranger, each fault a sentence with its path: the first ones, and how many more. */

const mostSaid = 50
const longestShown = 60

export class FaultList {
  readonly #said: string[] = []
  #more = 0

  /** A sentence, made only where it will be read: a broken file may have millions. */
  add(fault: () => string): void {
    if (this.#said.length < mostSaid) this.#said.push(fault())
    else this.#more += 1
  }

  get isFull(): boolean {
    return this.#said.length >= mostSaid
  }

  get isEmpty(): boolean {
    return this.#said.length === 0
  }

  sentences(): readonly string[] {
    return this.#more > 0 ? [...this.#said, `and ${this.#more} more`] : this.#said
  }
}

/** A value as a sentence shows it: short, and without what a terminal would obey. Texts stand bare. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (value === '') return 'empty'
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'missing'
  return escapedForTerminal(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value)
}

/** `sites[3].open[0].hours`, of a path and a JSON pointer (RFC 6901) below it. */
function pathBelow(at: string, pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return steps.reduce((path, step) => {
    if (/^\d{1,9}$/.test(step)) return `${path}[${step}]`
    return path === '' ? shownValue(step) : `${path}.${shownValue(step)}`
  }, at)
}

function valueBelow(value: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<unknown>((found, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof found === 'object' && found !== null ? Object.getOwnPropertyDescriptor(found, name)?.value : undefined
  }, value)
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}
const formatWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(textFormats).map(format => [format.pattern, format.wanted]),
)
const listed = (values: unknown) => (Array.isArray(values) ? values.join(', ') : String(values))

/** The keyword whose text a validator compiles. */
const patternKeyword = 'pattern'

type WantedWords = (params: Readonly<Record<string, unknown>>) => string
/** What is wanted, by the keyword of the schema that a value fails. */
const wantedWords: Readonly<Record<string, WantedWords>> = {
  type: ({ type }) => typeWords[String(type)] ?? String(type),
  minimum: ({ limit }) => `${limit} or more`,
  maximum: ({ limit }) => `${limit} or less`,
  enum: ({ allowedValues }) => `one of ${listed(allowedValues)}`,
  const: ({ allowedValue }) => String(allowedValue),
  format: () => 'a day YYYY-MM-DD that the calendar has',
  [patternKeyword]: params => formatWords[String(params['pattern'])] ?? `of the form ${params['pattern']}`,
  minLength: () => 'not empty',
  maxLength: ({ limit }) => `at most ${limit} letters long`,
  minItems: ({ limit }) => `a list of ${limit} or more`,
  maxItems: ({ limit }) => `a list of ${limit} or less`,
  maxProperties: ({ limit }) => `an object of ${limit} members or less`,
}

type SchemaError = ReturnType<typeof Errors>[number]

function sentencesOf({ keyword, instancePath, params }: SchemaError, at: string, value: unknown): string[] {
  const path = pathBelow(at, instancePath)
  if (keyword === 'required' && 'requiredProperties' in params)
    return params.requiredProperties.map(name => `${path === '' ? name : `${path}.${name}`} is missing`)
  if (keyword === 'boolean') return [`${path} is not known: nothing reads it`]
  // Each member that is too much has an error of its own.
  if (keyword === 'additionalProperties') return []
  const words = wantedWords[keyword]
  const wanted = words ? words(params as Readonly<Record<string, unknown>>) : keyword
  return [`${path === '' ? 'the file' : path} is ${shownValue(valueBelow(value, instancePath))}: it must be ${wanted}`]
}

/** Adds what is wrong with a value that fails its shape; `at` is the path at which it stands, empty for the whole. */
export function addShapeFaults(faults: FaultList, shape: TSchema, value: unknown, at: string): void {
  // Errors are slow to find: once nobody reads them, the value counts as one.
  const sentences = faults.isFull ? [''] : Errors(shape, value).flatMap(error => sentencesOf(error, at, value))
  for (const sentence of sentences) faults.add(() => sentence)
}
