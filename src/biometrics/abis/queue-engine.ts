import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionOptions, EventContext, Message, Sender } from 'rhea'
import { now } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { type AbisRequest, abisLimits, abisRequest, readAnswer, requestOfAnswer } from './abis-messages.ts'
import type { AbisEngine } from './engine.ts'
import { type EngineAsking, type OutsideLine, outsideEngine, type Patience, unanswered } from './outside-engine.ts'
import type { References } from './references.ts'

/**
 * An engine of somebody else's behind two queues of a broker that speaks AMQP 1.0 (ISO/IEC 19464): ActiveMQ, Artemis,
 * RabbitMQ 4. Requests leave as text in JSON, as MOSIP's do; an answer belongs to the request whose id it names.
 */

export type QueueEngineSettings = {
  /** amqps://user:password@host:5671; amqp:// of this machine. */
  readonly address: string
  readonly requests: string
  readonly answers: string
  /** Milliseconds after which an unanswered request is asked again. */
  readonly answerMs?: number
  readonly patience?: Patience
}

export type QueueEngine = AbisEngine & {
  /** Answers that were thrown away since the start: of no request that waited, or not understood. */
  readonly strayAnswers: number
}

/** How many answers a broker may send before we have looked at them. */
const credit = 50
/** How long a broker may take to say goodbye. */
const farewellMs = 1000

function connectionOf(address: string): ConnectionOptions {
  const { protocol, hostname, port, username, password } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  const secure = protocol === 'amqps:'
  return {
    host,
    port: Number(port) || (secure ? 5671 : 5672),
    ...(secure
      ? { transport: 'tls' as const, servername: host, rejectUnauthorized: true }
      : { transport: 'tcp' as const }),
    ...(username !== '' && { username: decodeURIComponent(username), password: decodeURIComponent(password) }),
    container_id: `dinhdanh-${newId()}`,
    initial_reconnect_delay: 100,
    max_reconnect_delay: 30_000,
    max_frame_size: abisLimits.answerBytes,
    idle_time_out: 60_000,
  }
}

/** The text of a message: brokers hand over a string, bytes, or a section of them. Undefined of what is too long. */
function textOf({ body }: Message): string | undefined {
  const content: unknown = (body as { readonly content?: unknown } | null)?.content ?? body
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : content
  return typeof text === 'string' && text.length <= abisLimits.answerBytes ? text : undefined
}

function parsedBody(message: Message | undefined): unknown {
  try {
    return JSON.parse((message && textOf(message)) ?? '')
  } catch {
    return undefined
  }
}

export async function openQueueEngine(
  { address, requests, answers, answerMs = 120_000, patience = { attempts: 2, pauseMs: 2000 } }: QueueEngineSettings,
  references: References,
): Promise<QueueEngine> {
  const { default: rhea } = await import('rhea')
  const waiting = new Map<string, { readonly request: AbisRequest; readonly done: (asking: EngineAsking) => void }>()
  let stray = 0
  let fault = 'connection'
  const container = rhea.create_container()
  const answered = ({ message, delivery }: EventContext) => {
    const value = parsedBody(message)
    const one = waiting.get(requestOfAnswer(value) ?? '')
    const answer = one && readAnswer(one.request, value)
    // What cannot be believed is thrown away: the right answer may still come.
    if (!one || !answer || answer.kind === 'wrong') stray++
    else one.done(answer)
    delivery?.accept()
  }
  // Errors of the line end in reconnecting; without listeners they would end the process.
  for (const event of ['connection_error', 'session_error', 'sender_error', 'receiver_error', 'error'])
    container.on(event, (context: EventContext) => {
      fault = context.connection?.error ? 'refused' : 'connection'
    })
  container.on('disconnected', () => {
    fault = 'connection'
  })
  const connection = container.connect(connectionOf(address))
  const receiver = connection.open_receiver({ source: answers, credit_window: credit, autoaccept: false })
  receiver.on('message', answered)
  const sender: Sender = connection.open_sender(requests)

  let isClosed = false
  /** Whether the broker takes messages, after a wait until then at most. */
  const sendable = async (until: number): Promise<boolean> => {
    while (!(connection.is_open() && sender.sendable())) {
      if (isClosed || now().getTime() >= until) return false
      await sleep(50)
    }
    return !isClosed
  }

  const line: OutsideLine = {
    async ask(request) {
      const until = now().getTime() + answerMs
      if (!(await sendable(until))) return unanswered(fault, false)
      return new Promise<EngineAsking>(done => {
        const late = setTimeout(() => finish(unanswered('timeout', true)), Math.max(0, until - now().getTime()))
        const finish = (asking: EngineAsking) => {
          clearTimeout(late)
          waiting.delete(request.requestId)
          done(asking)
        }
        waiting.set(request.requestId, { request, done: finish })
        sender.send({
          body: JSON.stringify(request),
          durable: true,
          message_id: request.requestId,
          correlation_id: request.requestId,
          content_type: 'application/json',
          ttl: answerMs,
        })
      })
    },
    async check() {
      const ping = await line.ask(abisRequest(newId<'abis-request'>(), now(), { operation: 'ping' }))
      return ping.kind === 'done' ? 'yes' : ping.kind === 'failed' ? ping.reason : ping.code
    },
    async close() {
      isClosed = true
      for (const { done } of [...waiting.values()]) done(unanswered('closed', true))
      connection.options.reconnect = false
      // A farewell to a line that is down, or another try to open it, would keep the process for half a minute.
      clearTimeout((connection as unknown as { readonly scheduled_reconnect?: NodeJS.Timeout }).scheduled_reconnect)
      if (!connection.is_open()) return
      const closed = once(connection, 'connection_close', { signal: AbortSignal.timeout(farewellMs) })
      connection.close()
      await closed.catch(() => undefined)
    },
  }
  return {
    ...outsideEngine(line, references, patience),
    get strayAnswers() {
      return stray
    },
  }
}
