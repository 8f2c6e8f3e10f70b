/**
 * A body says what its door declares, and nothing else: a member that no shape names is refused, not passed on, so that
 * no verb that copies an input can be made to copy more (mass assignment). What a shape leaves open stays open: a
 * record with names of its own, and `unknown`, which stands for a browser's answer by a passkey. Pure.
 */

/** What is read of a schema of JSON. */
type Shape = {
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | boolean
  readonly anyOf?: readonly Shape[]
}
type Members = Readonly<Record<string, unknown>>

const isPlainObject = (value: unknown): value is Members => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  // A body that came as bytes, or as a stream, has no members.
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const isOpen = ({ additionalProperties: rest, patternProperties }: Shape) =>
  (rest !== undefined && rest !== false) || patternProperties !== undefined

/** The same shape, in which no object takes members that it does not name. */
export function closed<S>(open: S): S {
  const shape = open as Shape
  const { properties, patternProperties, additionalProperties: rest, items, anyOf } = shape
  const eachClosed = (shapes: Readonly<Record<string, Shape>>) =>
    Object.fromEntries(Object.entries(shapes).map(([name, each]) => [name, closed(each)]))
  return {
    ...shape,
    ...(properties && { properties: eachClosed(properties), ...(!isOpen(shape) && { additionalProperties: false }) }),
    ...(patternProperties && { patternProperties: eachClosed(patternProperties) }),
    ...(typeof rest === 'object' && { additionalProperties: closed(rest) }),
    ...(items && { items: closed(items) }),
    ...(anyOf && { anyOf: anyOf.map(closed) }),
  } as S
}

/** Whether a value may be meant by one shape of several: it has the words by which that shape is told apart. */
const isMeant = ({ properties = {} }: Shape, value: Members) =>
  Object.entries(properties).every(
    ([name, { const: word, enum: words }]) =>
      (word === undefined || value[name] === word) && (words === undefined || words.includes(value[name])),
  )

function undeclaredOfChoice(choices: readonly Shape[], value: unknown, at: string): string | undefined {
  const ofItsKind = choices.filter(one => one.anyOf || one.items || (isPlainObject(value) && one.properties))
  const meant = isPlainObject(value) ? ofItsKind.filter(one => isMeant(one, value)) : ofItsKind
  const found = (meant.length > 0 ? meant : ofItsKind).map(one => undeclaredMember(one, value, at))
  return found.includes(undefined) ? undefined : found[0]
}

function declaredAs({ properties = {}, patternProperties = {}, additionalProperties: rest }: Shape, name: string) {
  if (Object.hasOwn(properties, name)) return properties[name]
  // Records have one pattern; whether a name suits it, the check of the whole shape tells.
  const [ofRecord] = Object.values(patternProperties)
  return ofRecord ?? (typeof rest === 'object' ? rest : undefined)
}

/** The path of the first member that a shape does not name, such as `given.fullName`; undefined where there is none. */
export function undeclaredMember(open: unknown, value: unknown, at = ''): string | undefined {
  const shape = open as Shape
  const { properties, items, anyOf } = shape
  const below = (name: string | number) => (at ? `${at}.${name}` : String(name))
  if (anyOf) return undeclaredOfChoice(anyOf, value, at)
  if (Array.isArray(value)) {
    const found = items ? value.map((each, place) => undeclaredMember(items, each, below(place))) : []
    return found.find(one => one !== undefined)
  }
  if (!isPlainObject(value)) return undefined
  // One thing where a list is asked for is read as a list of it.
  if (items) return undeclaredMember(items, value, at)
  if (!properties && !isOpen(shape)) return undefined
  for (const [name, each] of Object.entries(value)) {
    const declared = declaredAs(shape, name)
    if (!declared && !isOpen(shape)) return below(name)
    const found = declared && undeclaredMember(declared, each, below(name))
    if (found !== undefined) return found
  }
  return undefined
}
