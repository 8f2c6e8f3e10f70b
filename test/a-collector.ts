import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createServer, type TLSSocket } from 'node:tls'
import type { ServerIdentity } from './tls-servers.ts'

/** A message as RFC 5424 has it. */
export type Collected = { readonly priority: number; readonly kind: string; readonly text: string }

const shape = /^<(\d{1,3})>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S{1,255} dinhdanh \d+ (log|heads) - ([\s\S]*)$/

/** A collector of logs on another system, for tests: it reads frames of RFC 5425 to the letter. */
export async function aCollector(identity: ServerIdentity, port = 0) {
  const messages: Collected[] = []
  const sockets = new Set<TLSSocket>()
  let heard = 0
  const server = createServer(identity, socket => {
    sockets.add(socket)
    let left = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('data', piece => {
      heard += piece.length
      left = Buffer.concat([left, piece])
      for (;;) {
        const [frame = '', length = ''] = /^([1-9]\d*) /.exec(left.toString('latin1', 0, 12)) ?? []
        const end = frame.length + Number(length)
        if (frame === '' || left.length < end) return
        const [, priority = '', kind = '', text = ''] = shape.exec(left.toString('utf8', frame.length, end)) ?? []
        messages.push({ priority: Number(priority), kind, text })
        left = left.subarray(end)
      }
    })
  })
  server.on('tlsClientError', () => undefined)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    if (server.listening) await new Promise(done => server.close(done))
  }
  after(stop)
  return {
    port: (server.address() as AddressInfo).port,
    address: `tls://localhost:${(server.address() as AddressInfo).port}`,
    messages,
    heard: () => heard,
    stop,
    /** Waits until some message is there. */
    async until(is: (message: Collected) => boolean): Promise<Collected> {
      for (let left = 200; left > 0; left--) {
        const found = messages.find(is)
        if (found) return found
        await setTimeout(50)
      }
      throw new Error(`no such message among ${messages.length}`)
    },
  }
}
