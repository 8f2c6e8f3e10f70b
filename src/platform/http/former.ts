import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Endpoint } from '../endpoint.ts'

/** When the paths that endpoints declare as former ones were left for others: the day of this release. */
export const formerPathsDeprecatedAt = new Date('2026-11-28T00:00:00Z')

/** The path of today with the parameters of the request, below the origin. */
const currentPath = ({ path }: Endpoint, params: Readonly<Record<string, string>>) =>
  `/api${path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))}`

/** Says in an answer that its path is a former one (RFC 9745), and which path came after it (RFC 5829). */
export function writeFormerHeaders(reply: FastifyReply, successor: string): void {
  reply.header('deprecation', `@${formerPathsDeprecatedAt.getTime() / 1000}`)
  reply.header('link', `<${successor}>; rel="successor-version"`)
}

/** The same for a door that declares its former paths. */
export const announceSuccessor = (door: Endpoint) => async (request: FastifyRequest, reply: FastifyReply) => {
  const path = currentPath(door, request.params as Readonly<Record<string, string>>)
  writeFormerHeaders(reply, path)
}

type Members = Record<string, unknown>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function takeFormerMembers({ formerFields = {}, formerValues = {} }: Endpoint, sent: unknown): void {
  if (!isMembers(sent)) return
  for (const [old, name] of Object.entries(formerFields)) {
    if (!(old in sent)) continue
    sent[name] ??= sent[old]
    delete sent[old]
  }
  for (const [name, values] of Object.entries(formerValues)) {
    const value = sent[name]
    if (typeof value === 'string' && Object.hasOwn(values, value)) sent[name] = values[value]
  }
}

/** Gives what was sent by its former names the names of today, before it is validated. */
export const takeFormerNames = (door: Endpoint) => async (request: FastifyRequest) => {
  takeFormerMembers(door, request.query)
  takeFormerMembers(door, request.body)
}
