import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { after } from 'node:test'
import { scannerTestFile } from '../src/platform/scanning/scanning.ts'

/**
 * A small clamd for tests, which speaks its protocol to the letter (clamd(8)): a command between `z` and a NUL, pieces
 * behind their length, an empty one at the end. It finds the test text of EICAR anywhere, and what a test has it find.
 */
export async function aClamd(path: string, { mostBytes = 1_000_000 } = {}) {
  const state = { finds: [scannerTestFile()] as Buffer[], answers: true, scanned: 0 }

  function verdictOn(file: Buffer): string {
    state.scanned += 1
    return state.finds.some(mark => file.includes(mark)) ? 'stream: Eicar-Signature FOUND' : 'stream: OK'
  }

  function answer(socket: Socket, text: string) {
    if (state.answers) socket.end(`${text}\0`)
    else socket.destroy()
  }

  function serve(socket: Socket) {
    let heard = Buffer.alloc(0)
    let [at, bytes] = [0, 0]
    const pieces: Buffer[] = []
    socket.on('error', () => undefined)
    socket.on('data', piece => {
      heard = Buffer.concat([heard, piece])
      const end = heard.indexOf(0)
      if (end < 0) return
      const command = heard.toString('latin1', 0, end)
      if (command === 'zVERSION') return answer(socket, 'ClamAV 1.4.6/27815/Sat Nov 28 08:05:11 2026')
      if (command !== 'zINSTREAM') return answer(socket, 'UNKNOWN COMMAND')
      if (at === 0) at = end + 1
      while (heard.length >= at + 4) {
        const length = heard.readUInt32BE(at)
        if (length === 0) return answer(socket, verdictOn(Buffer.concat(pieces)))
        if (heard.length < at + 4 + length) return
        pieces.push(heard.subarray(at + 4, at + 4 + length))
        bytes += length
        if (bytes > mostBytes) return answer(socket, 'INSTREAM size limit exceeded. ERROR')
        at += 4 + length
      }
    })
  }
  const server = createServer(serve).listen(path)
  await once(server, 'listening')
  after(() => {
    server.close()
    rmSync(path, { force: true })
  })
  return Object.assign(state, { address: `unix:${path}`, server })
}
