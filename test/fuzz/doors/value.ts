import * as fc from 'fast-check'
import { hostileTexts } from '../hostile.ts'
import type { Random } from '../random.ts'
import type { ServedToFuzz } from './served.ts'

type Shape = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly format?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Shape
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly patternProperties?: Readonly<Record<string, Shape>>
}

const ofPattern = new Map<string, readonly string[]>()
function textsOf(pattern: string): readonly string[] {
  const known = ofPattern.get(pattern)
  if (known) return known
  let made: readonly string[]
  try {
    made = fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: 12, seed: 1 })
  } catch {
    made = ['x']
  }
  ofPattern.set(pattern, made)
  return made
}

/** Dates that a calendar has, and those that only a shape lets through. */
const days = [
  '2023-04-20',
  '2023-05-31',
  '2005-03-15',
  '2024-02-29',
  '0001-01-01',
  '0000-01-01',
  '9999-12-31',
  '1899-12-31',
]
const instants = ['2023-04-20T03:00:00Z', '2023-04-20T23:59:60Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59+23:59']

/** An id of the kind that the name of a member suggests. */
function idFor(name: string, random: Random, { ids }: ServedToFuzz): string {
  const kind = Object.keys(ids).find(one => !one.startsWith('/') && name.toLowerCase().includes(one))
  const pool = (kind ? ids[kind] : random.pick(Object.values(ids).filter(one => one.length > 0))) ?? []
  return pool.length > 0 && !random.once(8) ? random.pick(pool) : '018f0000-0000-7000-8000-000000000000'
}

function textFor(shape: Shape, name: string, random: Random, served: ServedToFuzz): string {
  if (shape.format === 'uuid') return idFor(name, random, served)
  if (shape.format === 'date') return random.pick(days)
  if (shape.format === 'date-time') return random.pick(instants)
  if (shape.format === 'email') return random.pick(['an@so.example.vn', 'a@b.vn'])
  if (shape.pattern) return random.pick(textsOf(shape.pattern))
  const fitting = random.pick([
    () => random.pick(served.names),
    () => random.pick(served.numbers),
    () => random.pick(hostileTexts),
    () => 'x'.repeat(Math.min(shape.maxLength ?? 50, 4000)),
    () => 'Lý do',
    () => '0912345678',
    () => random.pick(days),
    () => String(random.below(100)),
    () => idFor(name, random, served),
  ])()
  return fitting.slice(0, shape.maxLength ?? 1000).padEnd(Math.min(shape.minLength ?? 0, 1000), 'x')
}

function numberFor({ minimum = -5, maximum = 5000 }: Shape, random: Random): number {
  return random.pick([minimum, maximum, minimum + random.below(Math.min(50, maximum - minimum + 1)), maximum])
}

/** A value that fits a shape, mostly. `name` is that of the member that it is for. */
export function valueFitting(shape: Shape, name: string, random: Random, served: ServedToFuzz): unknown {
  if ('const' in shape) return shape.const
  if (shape.enum) return random.pick(shape.enum)
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return valueFitting(random.pick(choices), name, random, served)
  if (shape.allOf)
    return Object.assign(
      {},
      ...shape.allOf.map(part => valueFitting(part, name, random, served) as Record<string, unknown>),
    )
  const type = typeof shape.type === 'string' ? shape.type : shape.type?.[random.below(shape.type.length)]
  if (type === 'null') return null
  if (type === 'boolean') return random.once(2)
  if (type === 'integer' || type === 'number') return numberFor(shape, random)
  if (type === 'array') {
    const least = shape.minItems ?? 0
    const count = random.once(30) ? Math.min(shape.maxItems ?? 50, 200) : least + random.below(3)
    return Array.from({ length: Math.min(count, shape.maxItems ?? count) }, () =>
      valueFitting(shape.items ?? {}, name, random, served),
    )
  }
  if (type === 'object' || shape.properties) {
    const { properties = {}, required = [] } = shape
    const made = Object.entries(properties)
      .filter(([member]) => required.includes(member) || random.once(2))
      .map(([member, part]) => [member, valueFitting(part, member, random, served)] as const)
    const more = Object.values(shape.patternProperties ?? {}).map(
      part => ['a', valueFitting(part, name, random, served)] as const,
    )
    return Object.fromEntries([...made, ...more])
  }
  return textFor(shape, name, random, served)
}
