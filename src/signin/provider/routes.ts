import { isIP } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callerOf, rateLimitOf } from '../../platform/http/callers.ts'
import { refuseNulWhileRead } from '../../platform/http/nul-characters.ts'
import { placesOf } from '../../platform/limits/law.ts'
import { openPlaces } from '../../platform/limits/places.ts'
import { tooManyAtOnce } from '../../platform/limits/problems.ts'
import type { ProviderHolder } from './provider-holder.ts'

/** Many servers share one address and are limited by their quota. Routes of people keep the usual limit. */
const machineRateLimit = { rateLimit: rateLimitOf('provider') }

/**
 * The provider under /oidc. It reads the body itself, and its address is the configured origin, whatever the Host
 * header says.
 */
export async function serveProvider(
  app: FastifyInstance,
  { desk: holder, origin }: { desk: ProviderHolder; origin: string },
): Promise<void> {
  const { host, protocol } = new URL(origin)
  const places = openPlaces({ all: placesOf['provider-requests'], refusal: tooManyAtOnce })
  await app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const leave = places.enter(callerOf(request).key)
      const { handle: answer } = await holder.current().catch(error => {
        leave()
        throw error
      })
      const { raw } = request
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value as string)
      Object.assign(raw, { originalUrl: raw.url, url: (raw.url ?? '').slice('/oidc'.length) || '/' })
      raw.headers.host = host
      raw.headers['x-forwarded-proto'] = protocol.slice(0, -1)
      raw.headers['x-forwarded-host'] = host
      if (isIP(request.ip)) raw.headers['x-forwarded-for'] = request.ip
      refuseNulWhileRead(raw)
      await answer(raw, reply.raw).finally(leave)
    }
    scope.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: '/oidc/*',
      schema: { hide: true },
      config: machineRateLimit,
      handler: handle,
    })
  })
}
