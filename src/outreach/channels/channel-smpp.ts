import { setTimeout } from 'node:timers/promises'
import { connect as openSession, type Pdu, type Session } from 'smpp'
import { type Channel, type ChannelListener, type DeliveryReply, isGatewayId } from './channel.ts'
import { inboundOf, receiptOf } from './smpp-receipt.ts'
import type { SmppSettings } from './smpp-settings.ts'
import { headerOf, partsOf } from './text-parts.ts'

/**
 * A gateway of SMPP 3.4: one line (bind_transceiver) that is kept open, over which texts go out in a window and
 * receipts come back. Where the line is lost, what was handed over and not answered is unknown.
 */

const milliseconds = {
  connect: 15_000,
  bind: 15_000,
  /** Until when submit_sm is answered; later nobody knows. */
  answer: 30_000,
  /** How often an idle line is tried, and until when that is answered. */
  enquire: 30_000,
  enquired: 15_000,
  /** How long a text waits for a line, and for its place in the window. */
  line: 10_000,
  /** How long answers are awaited on a line that the gateway gives up. */
  unbound: 5000,
  longestPause: 60_000,
} as const

/** Answers that say that the gateway is busy: it took nothing, and wants a pause (SMPP 3.4, 5.1.3). */
const busy = new Set([0x14, 0x58])
/** Answers that say that this text or this phone is refused for good. Any other is tried again: it took nothing. */
const refusals: Readonly<Record<number, string>> = {
  1: 'message-length',
  11: 'address-refused',
  80: 'address-type',
  81: 'address-plan',
  101: 'address-refused',
  102: 'address-barred',
  196: 'text-refused',
}
const statusCode = (status: number) => refusals[status] ?? `smpp ${status.toString(16).padStart(4, '0')}`

type Line = { readonly session: Session; readonly outstanding: Set<(answer: Pdu | undefined) => void> }

/** Lets so many through at once, in turn. */
function makeWindow(size: number) {
  let free = size
  const waiting: (() => void)[] = []
  return {
    async enter() {
      if (free > 0) free -= 1
      else await new Promise<void>(done => waiting.push(done))
    },
    leave() {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    },
  }
}

/** A pace that halves where the gateway is busy, and comes back by a tenth with each second without complaint. */
export function makePace(perSecond: number, clock: () => number = () => performance.now()) {
  let pace = perSecond
  let next = 0
  let complainedAt = Number.NEGATIVE_INFINITY
  let grownAt = 0
  let pause = 1000
  return {
    /** Milliseconds to wait before the next; its place is taken with the question. */
    wait(): number {
      const at = clock()
      if (pace < perSecond && at - Math.max(complainedAt, grownAt) > 1000) {
        pace = Math.min(perSecond, pace * 1.1)
        grownAt = at
      }
      const begins = Math.max(at, next)
      next = begins + 1000 / pace
      return begins - at
    },
    /** Slows down; gives the seconds for which nothing is sent. Complaints of one moment count once. */
    slowDown(): number {
      const at = clock()
      if (at - complainedAt > pause) {
        pace = Math.max(1, pace / 2)
        pause = at - complainedAt > pause * 4 ? 1000 : Math.min(30_000, pause * 2)
        complainedAt = at
        next = Math.max(next, at + pause)
      }
      return Math.ceil(Math.max(0, next - at) / 1000)
    },
    get perSecond() {
      return pace
    },
  }
}

export type SmppOptions = {
  readonly price: number
  readonly times?: Partial<Record<keyof typeof milliseconds, number>>
}

export function smppChannel(settings: SmppSettings, { price, times }: SmppOptions): Channel {
  const limits = { ...milliseconds, ...times }
  const places = makeWindow(settings.window)
  const pace = makePace(settings.perSecond)
  let line: Line | undefined
  let opening: Promise<Line | string> | undefined
  let listener: ChannelListener | undefined
  /** The number of a long text; two of one phone at a moment have different ones, also of two processes. */
  let reference = Math.floor(performance.now() * 1000) & 0xffff
  let failures = 0
  let failedAt = 0
  let lastFault = 'connection'
  let isClosed = false

  /** Asks the gateway and waits for its answer; undefined where none came, 'unsent' where nothing was handed over. */
  const ask = (
    one: Line,
    within: number,
    hand: (session: Session, answered: (answer: Pdu) => void) => boolean,
  ): Promise<Pdu | undefined | 'unsent'> =>
    new Promise(done => {
      const end = (answer: Pdu | undefined) => {
        clearTimeout(timer)
        one.outstanding.delete(end)
        done(answer)
      }
      const timer = globalThis.setTimeout(() => end(undefined), within)
      one.outstanding.add(end)
      if (hand(one.session, end)) return
      clearTimeout(timer)
      one.outstanding.delete(end)
      done('unsent')
    })

  /** The package neither ends its questions with the line nor goes on after a unit that it cannot read: we do. */
  function lose(one: Line) {
    if (line === one) line = undefined
    one.session.destroy()
    for (const end of [...one.outstanding]) end(undefined)
  }

  /** The gateway gives the line up: nothing new goes over it, and it may still say what became of the rest. */
  async function leave(one: Line, unbind: Pdu) {
    if (line === one) line = undefined
    const until = performance.now() + limits.unbound
    while (one.outstanding.size > 0 && performance.now() < until) await setTimeout(20)
    one.session.send(unbind.response(), undefined, () => lose(one))
  }

  async function take(session: Session, pdu: Pdu) {
    const answer = (status: number) => session.send(pdu.response({ command_status: status }))
    try {
      const receipt = receiptOf(pdu)
      const inbound = receipt ? undefined : inboundOf(pdu)
      if (receipt) await listener?.receipts('smpp', [receipt])
      else if (inbound) await listener?.inbound(inbound)
      answer(0)
    } catch {
      // ESME_RX_T_APPN: the gateway says it again later.
      answer(0x64)
    }
  }

  async function keepAlive(one: Line) {
    while (line === one) {
      await setTimeout(limits.enquire, undefined, { ref: false })
      if (line !== one) return
      const answer = await ask(one, limits.enquired, (session, answered) => session.enquire_link({}, answered))
      if (answer === undefined || answer === 'unsent') lose(one)
    }
  }

  /** Opens the line; a code of what failed where it cannot be opened. */
  async function connect(): Promise<Line | string> {
    const { host, port, tls, user, password, systemType } = settings
    const session = openSession({ host, port, tls, ...(tls && { servername: host }) })
    const one: Line = { session, outstanding: new Set() }
    let fault = 'connection'
    session.on('error', (error: NodeJS.ErrnoException) => {
      if (/^(?:ERR_TLS|CERT_|UNABLE_TO|DEPTH_|SELF_|ERR_SSL)/.test(error.code ?? '')) fault = 'tls'
      if (error.code === 'ENOTFOUND') fault = 'host-unknown'
      lose(one)
    })
    session.on('close', () => {
      lose(one)
      reopen()
    })
    // Some gateways tell by data_sm (SMPP 3.4, 4.7), with optional parameters alone.
    for (const told of ['deliver_sm', 'data_sm']) session.on(told, (pdu: Pdu) => void take(session, pdu))
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu: Pdu) => void leave(one, pdu))
    const connected = new Promise<boolean>(done => {
      session.once(tls ? 'secureConnect' : 'connect', () => done(true))
      session.once('close', () => done(false))
      globalThis.setTimeout(() => done(false), limits.connect).unref()
    })
    if (!(await connected)) {
      lose(one)
      return fault
    }
    const bound = await ask(one, limits.bind, (to, answered) =>
      to.bind_transceiver(
        { system_id: user, password, system_type: systemType, interface_version: 0x34, addr_ton: 0, addr_npi: 0 },
        answered,
      ),
    )
    if (bound === undefined || bound === 'unsent' || bound.command_status !== 0) {
      lose(one)
      const isPassword = typeof bound === 'object' && [0x0d, 0x0e, 0x0f].includes(bound.command_status)
      return isPassword ? 'sign-in' : 'connection'
    }
    line = one
    failures = 0
    void keepAlive(one)
    return one
  }

  const pauseAfter = (count: number) => Math.min(limits.longestPause, 500 * 2 ** Math.min(count, 10))

  /** The line, opened where it is not; after each failure the next try waits longer, unless somebody asks for it. */
  async function open({ atOnce = false } = {}): Promise<Line | string> {
    if (line) return line
    if (!atOnce && !opening && failures > 0 && performance.now() - failedAt < pauseAfter(failures)) return lastFault
    opening ??= (async () => {
      try {
        const opened = await connect()
        if (typeof opened === 'string') {
          failures += 1
          failedAt = performance.now()
          lastFault = opened
        }
        return opened
      } finally {
        opening = undefined
      }
    })()
    return opening
  }

  /** Who listens has the line opened again, with growing pauses. */
  let isReopening = false
  function reopen() {
    if (!listener || isClosed || isReopening) return
    isReopening = true
    const pause = pauseAfter(failures)
    // Spread, so that many installations do not come back at one moment.
    void setTimeout(pause * (0.5 + (performance.now() % 1000) / 2000), undefined, { ref: false }).then(async () => {
      isReopening = false
      if (!isClosed && !line) await open({ atOnce: true })
      if (!line) reopen()
    })
  }

  async function submit(one: Line, fields: Readonly<Record<string, unknown>>) {
    await places.enter()
    try {
      const wait = pace.wait()
      if (wait > 0) await setTimeout(wait)
      if (line !== one) return 'unsent'
      return await ask(one, limits.answer, (session, answered) => session.submit_sm(fields, answered))
    } finally {
      places.leave()
    }
  }

  const { source, parts: numbering } = settings
  const fieldsOf = (to: string, text: string) => {
    const { coding, parts } = partsOf(text)
    reference = (reference + 1) & 0xffff
    const total = parts.length
    return parts.map((message, at) => {
      const fields = {
        source_addr_ton: source.ton,
        source_addr_npi: source.npi,
        source_addr: source.address,
        // International, ISDN.
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: to.replace(/^\+/, ''),
        registered_delivery: settings.receipts ? 1 : 0,
        data_coding: coding === 'gsm' ? 0 : 8,
      }
      if (total === 1) return { ...fields, short_message: message }
      return numbering === 'udh'
        ? {
            ...fields,
            esm_class: 0x40,
            short_message: Buffer.concat([headerOf(reference, total, at + 1), message]),
          }
        : {
            ...fields,
            short_message: message,
            sar_msg_ref_num: reference,
            sar_total_segments: total,
            sar_segment_seqnum: at + 1,
          }
    })
  }

  type PartReply = DeliveryReply & { readonly id?: string }

  async function tryPart(fields: Readonly<Record<string, unknown>>): Promise<PartReply> {
    const opened = await Promise.race([open(), setTimeout(limits.line, 'connection', { ref: false })])
    if (typeof opened === 'string') return { outcome: 'deferred', code: opened }
    const answer = await submit(opened, fields)
    if (answer === 'unsent') return { outcome: 'deferred', code: 'connection' }
    if (answer === undefined) return { outcome: 'unknown', code: 'no-answer' }
    const status = answer.command_status
    if (status === 0) return { outcome: 'accepted', id: String(answer['message_id'] ?? '').trim() }
    if (busy.has(status)) return { outcome: 'deferred', code: 'throttled', pauseSeconds: pace.slowDown() }
    return { outcome: status in refusals ? 'refused' : 'deferred', code: statusCode(status) }
  }

  /** Sends one part; one that was certainly not taken is handed over again a few times, once others are taken. */
  async function sendPart(fields: Readonly<Record<string, unknown>>, again: number): Promise<PartReply> {
    const reply = await tryPart(fields)
    if (reply.outcome !== 'deferred' || again === 0) return reply
    await setTimeout((reply.pauseSeconds ?? 2 ** (4 - again)) * 1000)
    return sendPart(fields, again - 1)
  }

  return {
    name: 'smpp',
    rings: true,
    ...(settings.refuseTo !== undefined && { refuseTo: settings.refuseTo }),
    window: settings.window,
    fareOf: ({ text }) => {
      const { parts } = partsOf(text)
      return { parts: parts.length, price: parts.length * price }
    },
    async send({ to, text }) {
      const ids: string[] = []
      for (const [at, fields] of fieldsOf(to, text).entries()) {
        const { id, ...reply } = await sendPart(fields, at === 0 ? 0 : 4)
        // Once a part was taken it is not certain any more that nothing arrives.
        if (reply.outcome !== 'accepted')
          return at === 0 ? reply : { outcome: 'unknown', code: `part ${reply.code ?? ''}`.trim() }
        if (isGatewayId(id)) ids.push(id)
      }
      return { outcome: 'accepted', ...(settings.receipts && { gatewayIds: ids }) }
    },
    listen(to) {
      listener = to
      void open().then(() => line || reopen())
    },
    check: async () => {
      const opened = await open({ atOnce: true })
      return typeof opened === 'string' ? opened : 'yes'
    },
    async close() {
      isClosed = true
      const one = line
      if (!one) return
      await ask(one, 2000, (session, answered) => session.unbind({}, answered))
      lose(one)
    },
  }
}
