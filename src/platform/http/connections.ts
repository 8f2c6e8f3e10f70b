import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '../throttling/slowdown.ts'
import { connectionLimits } from './law.ts'

export type ConnectionLimits = { readonly most: number; readonly mostOfAddress: number; readonly mostOfCaller: number }

/** Says that over a connection somebody asks who has signed in, by whom it is counted from then on. */
export type ProveConnection = (socket: Socket | undefined, caller: string) => void

/** From this share of the connections on, those are closed on which no request is under way. */
const nearlyFull = 0.9

/** The same for a connection and for the encrypted one over it. */
const placeOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`

type Stranger = { readonly socket: Socket; underWay: number }

/**
 * Limits the connections that are open at once, all together and those of strangers at one address, so that one address
 * does not take the places of all others. Whoever has signed in is counted by themselves: an office of hundreds has one
 * address. Where the strangers of an address have all their places, the newcomer gets that of whoever was silent for
 * longest: nobody shuts the address to others by sitting there. Behind a proxy all come from its address: `byAddress`
 * is false there.
 */
export function limitConnections(
  server: Server,
  { byAddress, limits = connectionLimits }: { byAddress: boolean; limits?: ConnectionLimits },
): ProveConnection {
  server.maxConnections = limits.most
  const strangersOf = new Map<string, Map<string, Stranger>>()
  const openOf = new Map<string, Set<string>>()
  let open = 0

  const strangers = (socket: Socket) => strangersOf.get(networkOf(socket.remoteAddress ?? ''))

  /** Takes a place away; the last one takes the list with it. */
  function leave<Place extends { readonly size: number; delete(place: string): boolean }>(
    lists: Map<string, Place>,
    key: string,
    place: string,
  ): void {
    const list = lists.get(key)
    list?.delete(place)
    if (list?.size === 0) lists.delete(key)
  }

  /** Closes the connection that was silent for longest; where a request is under way on all, the oldest. */
  function makeRoom(list: Map<string, Stranger>): void {
    const [oldest] = list
    const [place, stranger] = list.entries().find(([, { underWay }]) => underWay === 0) ?? oldest ?? []
    if (place === undefined) return
    list.delete(place)
    stranger?.socket.destroy()
  }

  server.on('connection', socket => {
    const [address, place] = [networkOf(socket.remoteAddress ?? ''), placeOf(socket)]
    open += 1
    if (open > limits.most * nearlyFull) server.closeIdleConnections()
    if (byAddress) {
      const list = strangersOf.get(address) ?? new Map<string, Stranger>()
      if (list.size >= limits.mostOfAddress) makeRoom(list)
      strangersOf.set(address, list.set(place, { socket, underWay: 0 }))
    }
    socket.once('close', () => {
      open -= 1
      leave(strangersOf, address, place)
    })
  })

  server.on('request', ({ socket }, answer) => {
    const [list, place] = [strangers(socket), placeOf(socket)]
    const stranger = list?.get(place)
    if (!list || !stranger) return
    stranger.underWay += 1
    answer.once('close', () => {
      stranger.underWay -= 1
      // Who was heard last is the last to go.
      if (list.delete(place)) list.set(place, stranger)
    })
  })

  return (socket, caller) => {
    if (!socket || !byAddress) return
    const place = placeOf(socket)
    const own = openOf.get(caller) ?? new Set<string>()
    if (own.has(place) || own.size >= limits.mostOfCaller || !strangers(socket)?.has(place)) return
    leave(strangersOf, networkOf(socket.remoteAddress ?? ''), place)
    openOf.set(caller, own.add(place))
    socket.once('close', () => leave(openOf, caller, place))
  }
}
