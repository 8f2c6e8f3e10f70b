import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** What an engine of somebody else's was asked, as it came. */
export type AskedEngine = {
  readonly path: string
  readonly authorization: string | undefined
  readonly request: Readonly<Record<string, unknown>>
}

export type EngineReply =
  | { readonly status?: number; readonly body?: unknown; readonly location?: string }
  | 'cut'
  | 'late'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

/** An HTTP server that answers as it is told. */
export async function openEngineServer(answer: (asked: AskedEngine) => EngineReply | Promise<EngineReply>) {
  const asked: AskedEngine[] = []
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request)
    const one = {
      path: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      request: text ? (JSON.parse(text) as Record<string, unknown>) : {},
    }
    asked.push(one)
    const met = await answer(one)
    if (met === 'late') return
    if (met === 'cut') return void response.destroy()
    response.writeHead(met.status ?? 200, met.location ? { location: met.location } : {})
    response.end(typeof met.body === 'string' ? met.body : JSON.stringify(met.body ?? {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    asked,
    address: `http://127.0.0.1:${port}/abis`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The answer to a request, as MOSIP's mock words it. */
export const answerTo = ({ id, requestId }: Readonly<Record<string, unknown>>, more: object = {}) => ({
  id,
  requestId,
  responsetime: '2026-12-03T05:00:01',
  returnValue: '1',
  ...more,
})

/** A failure, as MOSIP's mock words it; the number is one of `failureReasons`. */
export const failedAnswerTo = (request: AskedEngine['request'], failureReason: string): EngineReply => ({
  status: 406,
  body: { ...answerTo(request), returnValue: '2', failureReason },
})

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** An engine that fetches what it takes in, and finds whoever has a finger with the same bytes. */
export async function openMatchingEngine() {
  /** By references: of each picture its kind and a digest. */
  const taken = new Map<string, readonly string[]>()
  let instead: ((asked: AskedEngine) => EngineReply | undefined) | undefined
  const takeIn = async (request: AskedEngine['request'], reference: string): Promise<EngineReply> => {
    if (taken.has(reference)) return failedAnswerTo(request, '10')
    const fetched = await fetch(String(request['referenceURL']))
    if (!fetched.ok) return failedAnswerTo(request, '7')
    const blocks = (await fetched.text()).matchAll(/<Type>(Finger|Face|Iris)<\/Type>.*?<BDB>(.*?)<\/BDB>/gs)
    taken.set(
      reference,
      [...blocks].map(([, type, bytes = '']) => `${type} ${digestOf(bytes)}`),
    )
    return { body: answerTo(request) }
  }
  const server = await openEngineServer(async (asked): Promise<EngineReply> => {
    const own = instead?.(asked)
    if (own) return own
    const { path, request } = asked
    const reference = String(request['referenceId'])
    if (path.endsWith('/insertrequest')) return takeIn(request, reference)
    if (path.startsWith('DELETE'))
      return taken.delete(reference) ? { body: answerTo(request) } : failedAnswerTo(request, '12')
    const fingers = taken.get(reference)?.filter(block => block.startsWith('Finger')) ?? []
    const candidates = [...taken]
      .filter(([other, blocks]) => other !== reference && blocks.some(block => fingers.includes(block)))
      .map(([referenceId]) => ({ referenceId, analytics: { confidence: '87.5' } }))
    return { body: answerTo(request, { candidateList: { count: String(candidates.length), candidates } }) }
  })
  return {
    ...server,
    taken,
    /** Has it answer otherwise, wherever this gives an answer. */
    answerInstead(answer: typeof instead) {
      instead = answer
    },
  }
}
