/**
 * The service worker: the station opens without a line, in exactly the version that was checked before the session. It
 * keeps the files that were built, each by its hash, and answers from them. It keeps nothing of /api. A new version
 * waits until the page says that no capture is open.
 */

declare const __FILES__: readonly { readonly path: string; readonly sha256: string }[]
declare const __VERSION__: string

// The types of a page are not those of a worker; only what is used here is named.
type Later = { waitUntil(promise: Promise<unknown>): void }
type Fetching = { readonly request: Request; respondWith(answer: Promise<Response>): void }
type Worker = {
  addEventListener(type: 'install' | 'activate', then: (event: Later) => void): void
  addEventListener(type: 'fetch', then: (event: Fetching) => void): void
  addEventListener(type: 'message', then: (event: { readonly data: unknown }) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  readonly location: Location
}
const worker = globalThis as unknown as Worker

const base = '/station/'
const kept = `dinhdanh-station-${__VERSION__}`

/** All or nothing: a version of which one file could not be had, or is not what was built, is not installed. */
async function install() {
  const cache = await caches.open(kept)
  await Promise.all(
    __FILES__.map(async ({ path, sha256 }) => {
      const address = base + path
      await cache.put(address, await whole(new Request(address, { cache: 'reload', integrity: `sha256-${sha256}` })))
    }),
  )
}

async function whole(request: Request): Promise<Response> {
  const answer = await fetch(request)
  if (!answer.ok) throw new Error(`${request.url}: ${answer.status}`)
  return answer
}

async function forgetOlder() {
  const names = await caches.keys()
  await Promise.all(
    names.filter(name => name.startsWith('dinhdanh-station-') && name !== kept).map(name => caches.delete(name)),
  )
  await worker.clients.claim()
}

async function answerFor(request: Request): Promise<Response> {
  const cache = await caches.open(kept)
  const there = await cache.match(request.mode === 'navigate' ? `${base}index.html` : request, {
    ignoreSearch: request.mode === 'navigate',
  })
  return there ?? fetch(request)
}

worker.addEventListener('install', event => event.waitUntil(install()))
worker.addEventListener('activate', event => event.waitUntil(forgetOlder()))
worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting()
  if (data === 'claim') void worker.clients.claim()
})
worker.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method === 'GET' && origin === worker.location.origin && pathname.startsWith(base))
    event.respondWith(answerFor(request))
})
