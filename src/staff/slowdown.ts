import { createHash } from 'node:crypto'

/** Mistakes that cost nothing: one's own typing. */
const free = 3
const longest = 15 * 60

/** Seconds to wait after this many failures in a row: 2, 4, 8 … up to a quarter of an hour. */
export const waitAfter = (failures: number) => (failures < free ? 0 : Math.min(longest, 2 ** (failures - free + 1)))

/** Failures older than this are forgotten. */
export const forgottenAfterHours = 24

/** Whoever holds one address of an IPv6 network holds all of its /64. */
const network = (address: string) => (address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address)

const keyOf = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest()

/**
 * By what an attempt is slowed. From a browser in which this officer has signed in before: by that browser alone, so that strangers' failures
 * never lock the officer out. From elsewhere: by login and address, so that a stranger slows only strangers at the same place.
 */
export const slowdownKey = (login: string, from: { knownDevice: Buffer } | { address: string }): Buffer =>
  'knownDevice' in from ? keyOf('device', login, from.knownDevice.toString('hex')) : keyOf('address', login, network(from.address))
