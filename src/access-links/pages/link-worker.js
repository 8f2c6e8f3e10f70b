// Lets a page behind a link be opened without a line. It keeps the shell of the page and what that is drawn with, and
// nothing of the link: the copy of the page lies sealed in the browser's database (link-pages.js).
const kept = 'dinhdanh-link-1'
const kind = new URL(self.registration.scope).pathname.split('/')[1]
const shell = `/${kind}/offline`
const files = [
  shell,
  '/assets/pages.css',
  '/assets/link-pages.css',
  '/assets/link-pages.js',
  '/assets/sign.svg',
  ...['latin', 'latin-ext', 'vietnamese'].flatMap(subset =>
    ['400', '600'].map(weight => `/assets/fonts/be-vietnam-pro-${subset}-${weight}-normal.woff2`),
  ),
]

self.addEventListener('install', event => {
  event.waitUntil(
    caches
      .open(kept)
      .then(cache => cache.addAll(files.map(file => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  )
})
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (origin !== self.location.origin || request.method !== 'GET') return
  if (request.mode === 'navigate') {
    if (!pathname.startsWith(`/${kind}/`)) return
    event.respondWith(fetch(request).catch(() => caches.match(shell)))
    return
  }
  if (files.includes(pathname)) event.respondWith(fetch(request).catch(() => caches.match(pathname)))
})
