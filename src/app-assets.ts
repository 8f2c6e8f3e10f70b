import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import compress from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

/**
 * Files of one of the two apps, whose names change with their content. Compressed, since they are the same for
 * everyone: their length tells nothing.
 */
export async function serveAppAssets(
  app: FastifyInstance,
  { address, dist }: { address: string; dist: string },
): Promise<void> {
  await app.register(async files => {
    await files.register(compress, { global: true, threshold: 1024 })
    await files.register(fastifyStatic, {
      root: join(dist, 'assets'),
      prefix: `/${address}/assets/`,
      immutable: true,
      maxAge: '365d',
      decorateReply: false,
    })
  })
}

/**
 * The house's content policy, and what a station needs beyond it: devices on the machine itself answer on ports of
 * their own (the Secure Biometric Interface), and the camera's picture is a stream of the page's.
 */
function allowDevices(reply: FastifyReply): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  return reply.header(
    'content-security-policy',
    `${policy.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*")};media-src 'self' blob:`,
  )
}

/**
 * What stands beside the assets under names that stay: asked for anew each time, since a new version is found by them.
 */
const named = [
  ['manifest.webmanifest', 'application/manifest+json'],
  ['sign.svg', 'image/svg+xml; charset=utf-8'],
  ['icon-192.png', 'image/png'],
  ['icon-512.png', 'image/png'],
] as const

/** The station: a page that a browser keeps, so that it opens without a line. */
export async function serveStation(app: FastifyInstance, dist: string): Promise<void> {
  await serveAppAssets(app, { address: 'station', dist })
  const place = { schema: { hide: true }, config: { rateLimit: false as const } }
  const shell = await readFile(join(dist, 'index.html'), 'utf8')
  app.get('/station', place, async (_request, reply) => reply.redirect('/station/', 308))
  for (const path of ['/station/', '/station/index.html'])
    app.get(path, place, async (_request, reply) =>
      allowDevices(reply).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(shell),
    )
  for (const [name, type] of named) {
    const file = await readFile(join(dist, name))
    app.get(`/station/${name}`, place, async (_request, reply) =>
      reply.type(type).header('cache-control', 'no-cache').send(file),
    )
  }
  const worker = await readFile(join(dist, 'sw.js'))
  app.get('/station/sw.js', place, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('service-worker-allowed', '/station/')
      .send(worker),
  )
}
