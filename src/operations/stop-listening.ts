import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as PortServer } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { quietTurn } from './law.ts'

export type Leaving = {
  /** Milliseconds in which a proxy may still bring a request over a connection that it kept open. */
  readonly keptFor: number
  /** Milliseconds after that, in which requests that are under way have to end. */
  readonly patience: number
  /** No proxy is waited for any longer. */
  readonly hurry: AbortSignal
}

/**
 * Resolves right after a turn of the event loop that was short and brought no connection: none waits then to be taken,
 * and one that is opened before the next statement would have to hit some microseconds. Node takes one a turn.
 */
async function nobodyWaits(server: Server): Promise<void> {
  let taken = 0
  const count = () => {
    taken += 1
  }
  server.on('connection', count)
  const begun = performance.now()
  // The first turn may have been half over.
  await setImmediate()
  for (let now = performance.now(); now - begun < quietTurn.soughtFor; ) {
    const before = taken
    await setImmediate()
    const length = performance.now() - now
    now += length
    if (taken === before && length < quietTurn.lasts) break
  }
  server.off('connection', count)
}

/**
 * Closes the port, and answers what still comes over connections that are open; resolves when the last one is closed.
 * A proxy sends a change that met a closed connection to no other server, since it cannot know whether it was done. So
 * no connection is closed that a request may be on its way over: neither one that the kernel has opened and nobody has
 * taken yet, nor one that a proxy kept, before the proxy itself would close it.
 */
export async function stopListening(server: Server, { keptFor, patience, hurry }: Leaving): Promise<void> {
  const closed = once(server, 'close')
  const closedWithin = (milliseconds: number, signal?: AbortSignal) =>
    Promise.race([
      closed,
      setTimeout(milliseconds, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined),
    ])
  await nobodyWaits(server)
  server.prependListener('request', (_request, answer) => {
    answer.shouldKeepAlive = false
  })
  // Without what an HTTP server does at its own close: it ends all connections on which it knows of no request.
  PortServer.prototype.close.call(server)
  await closedWithin(keptFor, hurry)
  server.closeIdleConnections()
  await closedWithin(patience)
  server.closeAllConnections()
  await closed
}
