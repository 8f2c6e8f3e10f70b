import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from './platform/pages/html.ts'

/**
 * Files of one of the two apps, whose names change with their content. The build has compressed them: they are the same
 * for everyone, so that their length tells nothing.
 */
export async function serveAppAssets(
  app: FastifyInstance,
  { address, dist }: { address: string; dist: string },
): Promise<void> {
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: `/${address}/assets/`,
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    decorateReply: false,
    setHeaders: reply => reply.header('vary', 'accept-encoding'),
  })
}

/** What the build says of the files of each page (web/first-files.ts). */
type FirstFiles = {
  readonly texts: string
  readonly pages: readonly { readonly path: string; readonly name: string; readonly scripts: readonly string[] }[]
}

/** Whether a path is one of the router's, `$…` standing for any part; whole words are looked for before. */
function isPlace(path: string, route: string): boolean {
  const [parts, known] = [path.split('/'), route.split('/')]
  return parts.length === known.length && known.every((part, at) => part.startsWith('$') || part === parts[at])
}

type ConsoleShell = { readonly html: string; readonly brotli: Buffer }

/**
 * The one page of the console, as it is sent for an address: it names the files that this address needs, so that they
 * are fetched together with the frame. One for each route, made and compressed once.
 */
export async function consoleShells(dist: string): Promise<(path: string, language: Language) => ConsoleShell> {
  const shell = await readFile(join(dist, 'index.html'), 'utf8')
  const { texts, pages } = JSON.parse(await readFile(join(dist, 'pages.json'), 'utf8')) as FirstFiles
  const known = pages.toSorted((a, b) => Number(a.path.includes('$')) - Number(b.path.includes('$')))
  const made = new Map<string, ConsoleShell>()
  return (path, language) => {
    const place = path.replace(/^\/console/, '').replace(/\/$/, '') || '/hom-nay'
    const page = known.find(({ path: route }) => isPlace(place, route))
    const kept = made.get(`${language} ${page?.path}`)
    if (kept) return kept
    const links = [
      ...['frame', ...(page ? [page.name] : [])].map(
        name => `<link rel="preload" as="fetch" crossorigin href="${texts}/${language}/${name}.json">`,
      ),
      ...(page?.scripts ?? []).map(script => `<link rel="modulepreload" crossorigin href="${script}">`),
    ]
    const html = shell.replace('</head>', `${links.join('')}</head>`)
    const one = { html, brotli: brotliCompressSync(html) }
    made.set(`${language} ${page?.path}`, one)
    return one
  }
}

/**
 * The house's content policy, and what a station needs beyond it: devices on the machine itself answer on ports of
 * their own (the Secure Biometric Interface), and the camera's picture is a stream of the page's.
 */
function allowDevices(reply: FastifyReply): FastifyReply {
  const policy = String(allowAddress(reply, 'http://127.0.0.1:*').getHeader('content-security-policy') ?? '')
  return reply.header('content-security-policy', `${policy};media-src 'self' blob:`)
}

/** The page may call this address too: a program of the machine at which it is opened. */
export function allowAddress(reply: FastifyReply, address: string): FastifyReply {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  return reply.header('content-security-policy', policy.replace("connect-src 'self'", `connect-src 'self' ${address}`))
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

/** Sends it as small as the browser takes it; it is nobody's own, so that its length tells nothing. */
export function sendShell(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { html, brotli }: ConsoleShell,
): FastifyReply {
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('vary', 'accept-encoding')
  const takesBrotli = /\bbr\b/.test(String(headers['accept-encoding'] ?? ''))
  return takesBrotli ? reply.header('content-encoding', 'br').send(brotli) : reply.send(html)
}
