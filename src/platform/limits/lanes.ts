import { anyone, type Endpoint } from '../endpoint.ts'
import type { LaneId } from './limits.ts'

/**
 * In which lane a door's callers wait. An endpoint's lane follows from the right that it asks for, a page's from its
 * address. A caller who is known by a session or a token waits in the lane of their kind at every door.
 */

/** Pages and files, by the beginning of their address; the longest that fits decides. */
const lanesOfPages: Readonly<Record<string, LaneId>> = {
  '/': 'open',
  '/health': 'health',
  '/oidc': 'provider',
  '/begin': 'officers-sign-in',
  '/sign-in': 'officers-sign-in',
  '/sign-out': 'officers-sign-in',
  '/change-officer': 'officers-sign-in',
  '/second-factor': 'officers-sign-in',
  '/choose-post': 'officers-sign-in',
  '/change-password': 'officers-sign-in',
  '/new-password': 'officers-sign-in',
  '/account/sign-in': 'citizens-sign-in',
  '/account/passkey': 'citizens-sign-in',
  '/account/sign-out': 'citizens-sign-in',
  '/activate': 'activation',
  '/account/forgotten': 'activation',
  '/account/device': 'activation',
  '/account/stop': 'activation',
  // Who is not known yet has their session looked up, and is known from then on.
  '/citizen': 'arrivals',
}

const longestFirst = Object.keys(lanesOfPages).sort((one, other) => other.length - one.length)

const beginsWith = (path: string, beginning: string) =>
  beginning === '/' || path === beginning || path.startsWith(`${beginning}/`)

/** The lane of a page by its address, as it stands in the route. */
export const laneOfPage = (path: string): LaneId =>
  lanesOfPages[longestFirst.find(beginning => beginsWith(path, beginning)) ?? '/'] ?? 'open'

/** The lane of an endpoint for callers who are not known yet. */
export function laneOfEndpoint({ right, rate }: Pick<Endpoint, 'right' | 'rate'>): LaneId {
  if (rate === 'stations' || rate === 'officers-sign-in') return rate
  return right === anyone ? 'open' : 'arrivals'
}

export const laneOfRoute = (path: string, door: Pick<Endpoint, 'right' | 'rate'> | undefined): LaneId =>
  door ? laneOfEndpoint(door) : laneOfPage(path)
