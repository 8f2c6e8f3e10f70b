/** What of a schema a caller may make as large as they like. */

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
  readonly minimum?: number
  readonly maximum?: number
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
}

/** Formats whose texts all have one length. */
const fixed = ['uuid', 'date']

/** From its beginning to its end, and nothing of it as often as one likes. */
const isFinitePattern = (pattern: string) => /^\^.*\$$/.test(pattern) && !/(?<!\\)[*+]|\{\d+,\}/.test(pattern)

const isBoundedText = ({ maxLength, format = '', pattern }: Shape) =>
  maxLength !== undefined || fixed.includes(format) || (pattern !== undefined && isFinitePattern(pattern))

const ofBoundedSize = ['boolean', 'null']
const numbers = ['integer', 'number']

/** The parts without a bound, each with where it stands; none of a schema that is bounded. */
export function unboundedParts(schema: unknown, at = ''): string[] {
  const shape = schema as Shape
  if (shape.enum || shape.const !== undefined) return []
  const choices = [...(shape.anyOf ?? []), ...(shape.allOf ?? [])]
  if (choices.length > 0) return choices.flatMap(one => unboundedParts(one, at))
  if (shape.type === 'string') return isBoundedText(shape) ? [] : [`${at}: a text without maxLength`]
  if (shape.type === 'array')
    return [
      ...(shape.maxItems === undefined ? [`${at}: an array without maxItems`] : []),
      ...unboundedParts(shape.items ?? {}, `${at}[]`),
    ]
  if (shape.type === 'object') {
    const { properties = {}, patternProperties = {}, additionalProperties: rest, maxProperties } = shape
    const others = [...Object.values(patternProperties), ...(typeof rest === 'object' ? [rest] : [])]
    return [
      ...Object.entries(properties).flatMap(([name, member]) => unboundedParts(member, `${at}.${name}`)),
      ...(others.length > 0 && maxProperties === undefined ? [`${at}: members without maxProperties`] : []),
      ...others.flatMap(member => unboundedParts(member, `${at}{}`)),
    ]
  }
  if (numbers.includes(shape.type ?? ''))
    return shape.minimum === undefined || shape.maximum === undefined
      ? [`${at}: a number without minimum and maximum`]
      : []
  return ofBoundedSize.includes(shape.type ?? '') ? [] : [`${at}: anything at all`]
}
