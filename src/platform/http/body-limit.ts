import type { Endpoint } from '../endpoint.ts'
import { bodyLimits } from './law.ts'

/** What the walk reads of a schema of JSON. */
type Shape = {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly maxLength?: number
  readonly items?: Shape
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly maxProperties?: number
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
}

const lengthOf = (value: unknown) => JSON.stringify(value).length
const sum = (numbers: readonly number[]) => numbers.reduce((whole, one) => whole + one, 0)

/** A character that a program writes as `\u1ea1` takes six bytes; one of a code or an id takes one. */
const bytesOfCharacter = ({ format, pattern }: Shape) => (format || pattern ? 1 : 6)
const longestFormat = 64
const longestNumber = 24

function bytesOf(shape: Shape): number {
  if (shape.enum) return Math.max(...shape.enum.map(lengthOf))
  if (shape.const !== undefined) return lengthOf(shape.const)
  if (shape.anyOf) return Math.max(...shape.anyOf.map(bytesOf))
  if (shape.allOf) return sum(shape.allOf.map(bytesOf))
  if (shape.type === 'string') return 2 + (shape.maxLength ?? longestFormat) * bytesOfCharacter(shape)
  if (shape.type === 'array') return 2 + (shape.maxItems ?? 0) * (1 + bytesOf(shape.items ?? {}))
  if (shape.type !== 'object') return longestNumber
  const members = Object.entries(shape.properties ?? {}).map(([name, member]) => name.length + 4 + bytesOf(member))
  const { additionalProperties: rest } = shape
  const others = [...Object.values(shape.patternProperties ?? {}), ...(typeof rest === 'object' ? [rest] : [])]
  const largest = Math.max(0, ...others.map(member => longestFormat + bytesOf(member)))
  return 2 + sum(members) + (shape.maxProperties ?? 0) * largest
}

/**
 * The bytes that the body of an endpoint may have: what it declares, else what the largest body of its shape needs,
 * with room for blanks and names of before. Above a limit, an endpoint has to declare that it takes more.
 */
export function bodyLimitOf({ body, bodyLimit }: Pick<Endpoint, 'body' | 'bodyLimit'>): number {
  if (bodyLimit !== undefined) return bodyLimit
  const needed = body ? bytesOf(body as Shape) : 0
  return Math.min(bodyLimits.undeclared, Math.max(bodyLimits.least, needed + bodyLimits.room))
}
