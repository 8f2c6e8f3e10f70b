import { rateLimitOf } from '../../platform/http/callers.ts'
import type { Doors } from '../../platform/http/serve-endpoint.ts'
import type { OpenWork } from '../../platform/work.ts'
import type { Channels } from '../channels/channels.ts'
import { takeFollows, takeReceipts } from './receipts.ts'
import { senderAuthority } from './sending.ts'

/** What a receipt of a gateway may have at most, in bytes. */
const longestReceipt = 64 * 1024

type ReceiptRoute = { Params: { channel: string }; Querystring: Record<string, string | undefined> }

/**
 * The door by which gateways say what became of messages. It is open to everybody: what is not signed as its gateway
 * signs, or is of no gateway, is answered by the same bare 404 and changes nothing. Some gateways ask by GET: theirs
 * changes something, too, with the secret that their form names.
 */
export function gatewayRoutes(
  { app }: Doors,
  { openWork, channels }: { readonly openWork: OpenWork; readonly channels: Channels },
): void {
  const readers = new Map([...channels.email, ...channels.phone].map(channel => [channel.name, channel]))
  void app.register(async gateways => {
    // The signature is of the bytes as they came.
    gateways.removeAllContentTypeParsers()
    gateways.addContentTypeParser('*', { parseAs: 'string', bodyLimit: longestReceipt }, (_request, body, done) =>
      done(null, body),
    )
    gateways.route<ReceiptRoute>({
      method: ['GET', 'POST'],
      exposeHeadRoute: false,
      url: '/gateways/:channel/receipts',
      schema: { hide: true },
      bodyLimit: longestReceipt,
      config: { rateLimit: rateLimitOf('gateways') },
      handler: async (request, reply) => {
        const { params, query, headers, body } = request
        const channel = readers.get(params.channel)
        void reply.header('cache-control', 'no-store')
        const method = request.method === 'GET' ? 'GET' : 'POST'
        const given = { method, headers, query, body: typeof body === 'string' ? body : '' } as const
        const receipts = channel?.readReceipts?.(given)
        if (!channel || !receipts) return reply.code(404).send()
        await openWork(senderAuthority, async work => {
          await takeReceipts(work, channels, channel.name, receipts)
          await takeFollows(work, channel.name, channel.readFollows?.(given) ?? [])
        })
        return reply.code(200).send()
      },
    })
  })
}
