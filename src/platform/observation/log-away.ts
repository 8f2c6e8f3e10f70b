/**
 * The log and the signed heads, sent to another machine while they are written: whoever takes over this one cannot take
 * back what is told there. Syslog over TLS (RFC 5425), messages of RFC 5424 whose text is the JSON line. The protocol
 * has no receipts: what is under way when a connection breaks may be lost, which numbered heads show.
 */

import { once } from 'node:events'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { connect, type TLSSocket } from 'node:tls'
import { now } from '../clock.ts'

/** Facilities and severities of RFC 5424, 6.2.1: local0 for the log, log audit for the heads. */
const facilities = { log: 16, heads: 13 } as const
const severityOf = (level: unknown) =>
  level === undefined ? 5 : Number(level) >= 60 ? 2 : Number(level) >= 50 ? 3 : Number(level) >= 40 ? 4 : 6

/** Lines that wait for a connection; the oldest go first, and how many went is told. */
const mostWaiting = 20_000
const [firstPause, longestPause] = [1_000, 60_000]
const patience = { connect: 10_000, end: 2_000 } as const

/** One message in its frame: its length in bytes, a blank, and what RFC 5424 (6) says. */
function messageOf(kind: keyof typeof facilities, line: string): string {
  const { level, time } = JSON.parse(line) as { level?: unknown; time?: unknown }
  const at = typeof time === 'string' ? time : now().toISOString()
  const priority = facilities[kind] * 8 + severityOf(level)
  const text = `<${priority}>1 ${at} ${hostname() || '-'} dinhdanh ${process.pid} ${kind} - ${line.trimEnd()}`
  return `${Buffer.byteLength(text)} ${text}`
}

/** Connects; whoever answers must show a certificate for the host, by an authority that Node trusts. */
async function connectTo(address: string): Promise<TLSSocket> {
  const { hostname: named, port } = new URL(address)
  const host = named.replace(/^\[|\]$/g, '')
  const socket = connect({ host, port: Number(port), ...(isIP(host) === 0 && { servername: host }) })
  const late = AbortSignal.timeout(patience.connect)
  try {
    await once(socket, 'secureConnect', { signal: late })
    return socket
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Waits for something, and no longer than what is left at an end. */
async function atMost(something: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  const late = pause(patience.end, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([something.catch(() => undefined), late])
  over.abort()
}

async function close(socket: TLSSocket): Promise<void> {
  if (!socket.destroyed) await atMost(once(socket.end(), 'close'))
  socket.destroy()
}

export type LogAway = {
  /** A line of the log, JSON, as pino writes it. */
  write(line: string): void
  /** A line of the file of heads. */
  heads(line: string): void
  /** Sends what waits, within two seconds. */
  end(): Promise<void>
}

/** Sends to `address`, `tls://host:port`; connects at the first line, and again whenever the connection is lost. */
export function openLogAway(address: string): LogAway {
  const waiting: string[] = []
  let lost = 0
  let socket: TLSSocket | undefined
  let sending: Promise<void> | undefined
  let isOver = false

  async function keepOpen(): Promise<TLSSocket> {
    const open = await connectTo(address)
    socket = open
    open
      .on('error', () => undefined)
      .once('close', () => {
        socket = undefined
      })
    // A collector says nothing; what it might say is let go, and its end is seen.
    open.resume().unref()
    return open
  }

  async function deliver(): Promise<void> {
    for (let wait = firstPause; waiting.length > 0 && !isOver; ) {
      try {
        const open = socket ?? (await keepOpen())
        wait = firstPause
        while (waiting.length > 0 && !open.destroyed) {
          const line = lost > 0 ? messageOf('log', JSON.stringify({ level: 40, msg: `${lost} lines were lost` })) : ''
          lost = 0
          if (!open.write(line + waiting.shift())) await Promise.race([once(open, 'drain'), once(open, 'close')])
        }
      } catch {
        await pause(wait, undefined, { ref: false })
        wait = Math.min(wait * 2, longestPause)
      }
    }
  }

  function send(kind: keyof typeof facilities, line: string) {
    waiting.push(messageOf(kind, line))
    if (waiting.length > mostWaiting) {
      waiting.shift()
      lost += 1
    }
    sending ??= deliver().finally(() => (sending = undefined))
  }

  return {
    write: line => send('log', line),
    heads: line => send('heads', line),
    async end() {
      socket?.ref()
      if (sending) await atMost(sending)
      isOver = true
      if (socket) await close(socket)
    },
  }
}

/** Whether a message can be handed to the other system now. Throws why not. */
export async function tryLogAway(address: string): Promise<void> {
  const socket = await connectTo(address)
  try {
    const line = JSON.stringify({ level: 30, time: now().toISOString(), msg: 'doctor tries whether the log leaves' })
    await new Promise<void>((done, fail) => {
      socket.once('error', fail).write(messageOf('log', line), error => (error ? fail(error) : done()))
    })
  } finally {
    await close(socket)
  }
}
