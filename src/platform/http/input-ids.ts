import type { TSchema } from 'typebox'
import type { Endpoint } from '../endpoint.ts'
import { isId } from '../ids.ts'

/** The format `uuid` of what comes in: what becomes an id in lower case, and no other writing of a UUID. */
export const uuidFormat = { type: 'string', validate: (text: string) => isId(text.toLowerCase()) } as const

type Shape = {
  readonly format?: string
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly anyOf?: readonly Shape[]
}

function canonical({ format, items, properties, anyOf = [] }: Shape, value: unknown): unknown {
  if (typeof value === 'string') {
    if (format !== 'uuid') return anyOf.reduce((text, shape) => canonical(shape, text), value as unknown)
    const id = value.toLowerCase()
    return isId(id) ? id : value
  }
  for (const shape of anyOf) canonical(shape, value)
  if (items && Array.isArray(value)) {
    for (const [index, each] of value.entries()) value[index] = canonical(items, each)
  } else if (properties && typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>
    for (const [name, shape] of Object.entries(properties))
      if (name in fields) fields[name] = canonical(shape, fields[name])
  }
  return value
}

/**
 * Writes the ids of an input as the database does, in lower case. RFC 9562 reads both cases alike; code that compares
 * ids as texts does not.
 */
export function writeIdsAsStored<Input extends { params: unknown; query: unknown; body: unknown }>(
  { params, query, body }: Pick<Endpoint, 'params' | 'query' | 'body'>,
  input: Input,
): Input {
  const write = (shape: TSchema | undefined, value: unknown) => (shape ? canonical(shape as Shape, value) : value)
  return {
    ...input,
    params: write(params, input.params),
    query: write(query, input.query),
    body: write(body, input.body),
  }
}
