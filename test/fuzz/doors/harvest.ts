import type { Random } from '../random.ts'

/** Ids that may be asked for, by the path up to their parameter and by kind. They grow with what answers hold. */
export type Ids = Record<string, string[]>

const mostOfOne = 40
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Keeps the ids of an answer, so that what was made by one request is changed by others: `id` under the path of the
 * route, any other (`cardId`) under its kind.
 */
export function harvest(ids: Ids, url: string, answer: unknown, random: Random): void {
  const add = (key: string, id: string) => {
    ids[key] ??= []
    const pool = ids[key]
    if (pool.includes(id)) return
    if (pool.length < mostOfOne) pool.push(id)
    else pool[random.below(mostOfOne)] = id
  }
  const path = url.replace(/^\/api/, '').replace(/\/:\w+(?:\/[\w-]+)?$/, '')
  const look = (value: unknown, depth: number): void => {
    if (depth > 6 || typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 20)) look(item, depth + 1)
      return
    }
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string' && uuid.test(member)) {
        if (name === 'id') add(`${path}/:id`, member)
        else if (name.endsWith('Id')) add(name.slice(0, -2).toLowerCase(), member)
      }
      look(member, depth + 1)
    }
  }
  look(answer, 0)
}
