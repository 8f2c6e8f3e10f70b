import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Random } from '../random.ts'

/** Bytes that no client of HTTP would send, over sockets of our own. */

const host = 'host: localhost\r\n'
const json = 'content-type: application/json\r\n'
const form = 'content-type: application/x-www-form-urlencoded\r\n'
const chunked = `POST /api/rolls HTTP/1.1\r\n${host}${json}transfer-encoding: chunked\r\n`

export const rawRequests: readonly string[] = [
  `GET /api/openapi.json HTTP/1.1\r\n${host}`,
  `GET / HTTP/1.1\r\n${host}\r\nGET /problems HTTP/1.1\r\n${host}\r\nGET /nothing HTTP/1.1\r\n${host}\r\n`,
  `${chunked}\r\n5\r\n{"a":`,
  `${chunked}\r\nZZ\r\n`,
  `${chunked}\r\nffffffffffffffff\r\n`,
  `${chunked}\r\n1;${'x'.repeat(9000)}\r\na\r\n0\r\n\r\n`,
  `${chunked}trailer: a\r\n\r\n0\r\na: ${'b'.repeat(70_000)}`,
  `POST /account/request HTTP/1.1\r\n${host}content-type: multipart/form-data; boundary=x\r\n` +
    'content-length: 90000\r\n\r\n--x\r\n',
  `POST /api/rolls HTTP/1.1\r\n${host}${json}content-length: 10\r\ncontent-length: 11\r\n\r\n{}`,
  `POST /api/rolls HTTP/1.1\r\n${host}${json}content-length: -1\r\n\r\n{}`,
  `POST /api/rolls HTTP/1.1\r\n${host}${json}content-length: 99999999999999999999\r\n\r\n{}`,
  `GET /api/openapi.json HTTP/1.1\r\n${host}${'a: b\r\n'.repeat(3000)}\r\n`,
  `GET http://[::1:/x HTTP/1.1\r\n${host}\r\n`,
  `GET //x//..//..%2f..%2f HTTP/1.1\r\n${host}\r\n`,
  `GET * HTTP/1.1\r\n${host}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
  `CONNECT localhost:22 HTTP/1.1\r\n${host}\r\n`,
  `GET / HTTP/1.1\r\n${host}upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: x\r\n\r\n`,
  `GET / HTTP/1.1\r\n${host}upgrade: h2c\r\nconnection: upgrade, http2-settings\r\nhttp2-settings: AA\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
  '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
  `GET / HTTP/1.0\r\n\r\n`,
  `GET /\t HTTP/1.1\r\n${host}\r\n`,
  `GET / HTTP/1.1\nhost: localhost\n\n`,
  `G\0T / HTTP/1.1\r\n${host}\r\n`,
  `GET /?${'&'.repeat(12_000)} HTTP/1.1\r\n${host}\r\n`,
  `POST /oidc/token HTTP/1.1\r\n${host}${form}content-length: 4\r\n\r\n%%%%`,
  `PUT /api/stations/x/packets/y HTTP/1.1\r\n${host}content-type: application/octet-stream\r\n` +
    'expect: 100-continue\r\ncontent-length: 9\r\n\r\n',
  `HEAD /problems HTTP/1.1\r\n${host}\r\n`,
  `TRACE / HTTP/1.1\r\n${host}\r\n`,
]

/** Sends one in pieces, and leaves in the middle of the answer. Gives the status, where one came. */
export async function sendRaw(port: number, text: string, random: Random): Promise<number | undefined> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  const pieces: Buffer[] = []
  socket.on('data', (piece: Buffer) => pieces.push(piece))
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length && !socket.destroyed; ) {
    const end = at + 1 + random.below(random.pick([3, 200, bytes.length]))
    socket.write(bytes.subarray(at, end))
    at = end
    if (random.once(3)) await setTimeout(1)
  }
  if (random.once(3)) socket.destroy()
  else socket.end()
  await setTimeout(30)
  socket.destroy()
  const [, status] = /^HTTP\/1\.\d (\d{3})/.exec(Buffer.concat(pieces).toString('latin1')) ?? []
  return status === undefined ? undefined : Number(status)
}
