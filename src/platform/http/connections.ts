import type { Server } from 'node:http'
import { networkOf } from '../throttling/slowdown.ts'
import { connectionLimits } from './law.ts'

export type ConnectionLimits = { readonly most: number; readonly mostOfAddress: number }

/** From this share of the connections on, those are closed on which no request is under way. */
const nearlyFull = 0.9

/**
 * Limits the connections that are open at once, all together and those of one address, so that one address does not
 * take the places of all others. Behind a proxy all come from its address: `byAddress` is false there.
 */
export function limitConnections(
  server: Server,
  { byAddress, limits = connectionLimits }: { byAddress: boolean; limits?: ConnectionLimits },
): void {
  server.maxConnections = limits.most
  const openOf = new Map<string, number>()
  let open = 0
  server.on('connection', socket => {
    const address = networkOf(socket.remoteAddress ?? '')
    const ofAddress = (openOf.get(address) ?? 0) + 1
    if (byAddress && ofAddress > limits.mostOfAddress) {
      socket.destroy()
      return
    }
    openOf.set(address, ofAddress)
    open += 1
    if (open > limits.most * nearlyFull) server.closeIdleConnections()
    socket.once('close', () => {
      open -= 1
      const left = (openOf.get(address) ?? 1) - 1
      if (left > 0) openOf.set(address, left)
      else openOf.delete(address)
    })
  })
}
