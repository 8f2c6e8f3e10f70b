// Asks a server over HTTP/1.1 as fast as it answers, or at a rate, over so many connections; no more than sockets and a
// search for the end of the answer, so that what is measured is the server.
import { connect, type Socket } from 'node:net'

export type Asked = {
  readonly address: string
  readonly connections: number
  readonly milliseconds: number
  /** Requests a second in all; as many as are answered where it is left out. */
  readonly rate?: number
  /** The next request, whole. */
  next(): string
  /** Looks at some of the answers. */
  look?(body: string, status: number): void
}

export type Figures = {
  readonly count: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly refused: number
}

/** Milliseconds at a share of the sorted times. */
const at = (times: Float64Array, share: number) =>
  Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2))

export async function keepAsking({ address, connections, milliseconds, rate, next, look }: Asked): Promise<Figures> {
  const { hostname, port } = new URL(address)
  const times: number[] = []
  let refused = 0
  const begun = performance.now()
  const ends = begun + milliseconds
  let sent = 0
  /** At a rate each request has its moment; what is late counts from then, not from when it could be sent. */
  const moment = () => (rate ? begun + (sent++ / rate) * 1000 : performance.now())

  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
      let buffer = ''
      let since = 0
      const ask = () => {
        since = moment()
        if (since >= ends || performance.now() >= ends) {
          socket.end()
          resolve()
          return
        }
        const wait = since - performance.now()
        if (wait > 1) setTimeout(() => socket.write(next()), wait)
        else socket.write(next())
      }
      socket.setEncoding('latin1')
      socket.on('error', reject)
      socket.on('connect', ask)
      socket.on('data', (piece: string) => {
        buffer += piece
        const head = buffer.indexOf('\r\n\r\n')
        if (head < 0) return
        const length = Number(/content-length: (\d+)/i.exec(buffer.slice(0, head))?.[1] ?? Number.NaN)
        if (Number.isNaN(length)) reject(new Error(buffer.slice(0, head)))
        if (buffer.length < head + 4 + length) return
        times.push(performance.now() - since)
        const status = Number(buffer.slice(9, 12))
        if (status !== 200) refused += 1
        look?.(buffer.slice(head + 4), status)
        buffer = ''
        ask()
      })
    })
  await Promise.all(Array.from({ length: connections }, one))
  const sorted = Float64Array.from(times).sort()
  const seconds = (performance.now() - begun) / 1000
  return {
    count: sorted.length,
    perSecond: Math.round(sorted.length / seconds),
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
    refused,
  }
}
