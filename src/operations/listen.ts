import type { FastifyInstance } from 'fastify'
import type { Config } from '../platform/settings/config.ts'
import { operationsProblem } from './problems.ts'

/** Where a process may be reached, and by whom. */

const isLoopback = (host: string) => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)

/**
 * Nothing crosses a network in the clear: https of our own, a proxy that speaks it (`host`; none stands before the
 * operator's port), or this machine alone. Throws plain-network.
 */
export function refusePlainNetwork(
  { host, operatorHost }: { readonly host?: string; readonly operatorHost?: string | undefined },
  { tls, trustProxy }: Pick<Config, 'tls' | 'trustProxy'>,
): void {
  const plain = [trustProxy === '' ? host : undefined, operatorHost].find(one => one !== undefined && !isLoopback(one))
  if (plain !== undefined && !tls) throw operationsProblem('plain-network', { host: plain })
}

/** Throws port-in-use, port-forbidden. */
export async function listen(app: FastifyInstance, { host, port }: Pick<Config, 'host' | 'port'>): Promise<void> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE') throw operationsProblem('port-in-use', { host, port })
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw operationsProblem('port-forbidden', { host, port })
    throw error
  }
}
