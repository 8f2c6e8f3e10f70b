/**
 * Single claims as they are asked for (OpenID Connect Core 5.5.1): null, or an object whose members are these. Pure.
 */
export type Wish =
  | { readonly essential?: boolean; readonly value?: unknown; readonly values?: readonly unknown[] }
  | null
  | undefined

/** What the claims parameter of a request says of a claim of its ID token. It was looked at when the request came. */
export function idTokenWish(claims: unknown, claim: string): Wish {
  if (typeof claims !== 'string') return undefined
  const { id_token: wishes } = JSON.parse(claims) as { id_token?: Readonly<Record<string, Wish>> }
  return wishes && Object.hasOwn(wishes, claim) ? wishes[claim] : undefined
}

/** The values that a wish accepts; empty where it accepts any. */
export const valuesOf = (wish: Wish): readonly unknown[] =>
  wish?.value !== undefined ? [wish.value] : (wish?.values ?? [])

/**
 * What the values of a claim are; of others they are the party's matter. A strength may be written as a text, as it was
 * before.
 */
const kinds: Readonly<Record<string, readonly string[]>> = {
  sub: ['string'],
  acr: ['string'],
  auth_strength: ['number', 'string'],
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isWish(claim: string, asked: unknown): asked is Wish {
  if (asked === null) return true
  if (!isObject(asked)) return false
  const { essential, value, values } = asked
  if (essential !== undefined && typeof essential !== 'boolean') return false
  if (values !== undefined && !(Array.isArray(values) && values.length > 0)) return false
  const kind = Object.hasOwn(kinds, claim) ? kinds[claim] : undefined
  return (
    !kind ||
    [...(value === undefined ? [] : [value]), ...((values as unknown[] | undefined) ?? [])].every(one =>
      kind.includes(typeof one),
    )
  )
}

/** Whether each claim of a part of the claims parameter is asked for as it may be. */
export const areWishes = (part: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(part).every(([claim, asked]) => isWish(claim, asked))
