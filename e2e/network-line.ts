import { connect, createServer, type Socket } from 'node:net'

/**
 * The line between a browser and the house. It can be cut, which a browser's own "offline" is not: that takes away the
 * machine's own devices too.
 */
export type Line = {
  readonly port: number
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

export async function openLine(to: () => number): Promise<Line> {
  const open = new Set<Socket>()
  const server = createServer(near => {
    const far = connect(to(), '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      socket.on('error', () => undefined)
    }
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const listen = (port: number) => new Promise<void>(done => server.listen(port, '127.0.0.1', done))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const cut = async () => {
    if (!server.listening) return
    const over = new Promise(done => server.close(done))
    for (const socket of open) socket.destroy()
    await over
  }
  return { port, cut, close: cut, mend: async () => (server.listening ? undefined : listen(port)) }
}
