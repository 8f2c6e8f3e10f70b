/** A request for a single claim (OpenID Connect Core 5.5.1): null, or an object with these members. Pure. */
export type ClaimRequest =
  | { readonly essential?: boolean; readonly value?: unknown; readonly values?: readonly unknown[] }
  | null
  | undefined

/** The request for a claim of the ID token in the claims parameter, which was checked when the request came. */
export function idTokenClaimRequest(claims: unknown, claim: string): ClaimRequest {
  if (typeof claims !== 'string') return undefined
  const { id_token: wishes } = JSON.parse(claims) as { id_token?: Readonly<Record<string, ClaimRequest>> }
  return wishes && Object.hasOwn(wishes, claim) ? wishes[claim] : undefined
}

/** The values that a claim request accepts; empty if it accepts any. */
export const requestedValues = (wish: ClaimRequest): readonly unknown[] =>
  wish?.value !== undefined ? [wish.value] : (wish?.values ?? [])

/** The types of a claim's values, for claims that we check. A strength may be a string, as in former versions. */
const claimTypes: Readonly<Record<string, readonly string[]>> = {
  sub: ['string'],
  acr: ['string'],
  auth_strength: ['number', 'string'],
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isClaimRequest(claim: string, asked: unknown): asked is ClaimRequest {
  if (asked === null) return true
  if (!isObject(asked)) return false
  const { essential, value, values } = asked
  if (essential !== undefined && typeof essential !== 'boolean') return false
  if (values !== undefined && !(Array.isArray(values) && values.length > 0)) return false
  const kind = Object.hasOwn(claimTypes, claim) ? claimTypes[claim] : undefined
  return (
    !kind ||
    [...(value === undefined ? [] : [value]), ...((values as unknown[] | undefined) ?? [])].every(one =>
      kind.includes(typeof one),
    )
  )
}

/** Whether each claim request of a part of the claims parameter is well formed. */
export const areClaimRequests = (part: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(part).every(([claim, asked]) => isClaimRequest(claim, asked))
