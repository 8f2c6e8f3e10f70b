import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { scannerLimits } from './law.ts'

/**
 * The protocol of clamd (clamd(8), "COMMANDS"): a command between `z` and a NUL; INSTREAM takes a file in pieces, each
 * behind its length in four bytes, and an empty one at the end. One answer, which ends in a NUL.
 */

/** `unix:/run/clamav/clamd.ctl`, `tcp://127.0.0.1:3310`, or `tls://host:port` of what speaks TLS before a clamd. */
export type ScannerAddress = string

/** What clamd says of a file. */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'infected'; readonly found: string }
  | { readonly kind: 'too-large' }

function open(address: ScannerAddress): { readonly socket: Socket; readonly opened: string } {
  if (address.startsWith('unix:')) return { socket: connect(address.slice('unix:'.length)), opened: 'connect' }
  const { protocol, hostname, port } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'tls:'
    ? {
        socket: connectTls({ host, port: Number(port), ...(isIP(host) === 0 && { servername: host }) }),
        opened: 'secureConnect',
      }
    : { socket: connect(Number(port), host), opened: 'connect' }
}

async function* framed(command: string, content: AsyncIterable<Uint8Array> | undefined) {
  yield Buffer.from(`z${command}\0`)
  if (!content) return
  for await (const bytes of content)
    for (let at = 0; at < bytes.length; at += scannerLimits.pieceBytes) {
      const piece = bytes.subarray(at, at + scannerLimits.pieceBytes)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      yield length
      yield piece
    }
  yield Buffer.alloc(4)
}

/**
 * Writes piece by piece, and looks between two whether there is an answer: clamd closes on a file that is too large,
 * and whoever goes on writing then loses what it said.
 */
async function write(socket: Socket, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    if (socket.destroyed) return
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')])
    await setImmediate()
  }
}

/** One exchange. Throws where no whole answer comes in time; one counts, though the end of a file is not taken. */
async function ask(address: ScannerAddress, command: string, content?: AsyncIterable<Uint8Array>): Promise<string> {
  const { socket, opened } = open(address)
  let answer = ''
  let fault: unknown = new Error('the scanner closed without an answer')
  socket.setEncoding('utf8')
  socket.on('error', error => {
    fault = error
  })
  socket.on('data', piece => {
    answer += piece
    if (answer.includes('\0') || answer.length > scannerLimits.answerBytes) socket.destroy()
  })
  const late = setTimeout(
    () => socket.destroy(new Error('the scanner did not answer in time')),
    scannerLimits.answerSeconds * 1000,
  )
  socket.once(opened, () => {
    write(socket, framed(command, content)).catch(error => socket.destroy(error))
  })
  await once(socket, 'close').catch(() => undefined)
  clearTimeout(late)
  if (!answer.includes('\0')) throw fault
  return answer.slice(0, answer.indexOf('\0')).trim()
}

/** Has a file looked at. Throws where the scanner cannot be asked, or says that it failed. */
export async function scanStream(address: ScannerAddress, content: AsyncIterable<Uint8Array>): Promise<Verdict> {
  const answer = await ask(address, 'INSTREAM', content)
  if (answer === 'stream: OK') return { kind: 'clean' }
  const [, found] = /^stream: (\S{1,200}) FOUND$/.exec(answer) ?? []
  if (found) return { kind: 'infected', found }
  if (/size limit exceeded/i.test(answer)) return { kind: 'too-large' }
  throw new Error('the scanner failed')
}

/** 'ClamAV 1.4.6/27815/Sat Nov 28 08:05:11 2026': the release, its signatures and of when they are. */
export const scannerVersion = (address: ScannerAddress): Promise<string> => ask(address, 'VERSION')
