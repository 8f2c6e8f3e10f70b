import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { type Html, html } from './html.ts'

const packaged = (name: string) =>
  new URL(`../../../node_modules/@fontsource/be-vietnam-pro/files/${name}`, import.meta.url)
const ours = (name: string) => new URL(name, import.meta.url)

const fonts = ['latin', 'latin-ext', 'vietnamese'].flatMap(subset =>
  ['400', '600', '700'].map(weight => `be-vietnam-pro-${subset}-${weight}-normal.woff2`),
)

/** Puts the secret of an address (`page#secret`) into the field of this id; it stands after the form. */
export const addressSecretScript = (field: string): Html =>
  html`<script src="/assets/address-secret.js" data-field="${field}"></script>`

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const

function serveFile(app: FastifyInstance, path: string, file: URL, type: string, seconds: number): void {
  const content = readFile(file)
  // Whoever asks first learns of a file that is missing; until then it is no fault of the start.
  content.catch(() => {})
  app.get(path, { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type(type)
      .header('cache-control', `public, max-age=${seconds}`)
      .send(await content),
  )
}

/** Serves styles and scripts that lie beside a module, `module` being its import.meta.url, as `/assets/NAME`. */
export function serveAssets(
  app: FastifyInstance,
  module: string,
  names: readonly `${string}.${keyof typeof types}`[],
): void {
  for (const name of names)
    serveFile(app, `/assets/${name}`, new URL(name, module), types[name.endsWith('.css') ? 'css' : 'js'], 300)
}

/** What pages without script are drawn with; nothing comes from another host. Read once, at the start. */
export function servePageAssets(app: FastifyInstance): void {
  serveAssets(app, import.meta.url, ['pages.css', 'address-secret.js'])
  serveFile(app, '/assets/sign.svg', ours('sign.svg'), 'image/svg+xml; charset=utf-8', 86_400)
  for (const font of fonts) serveFile(app, `/assets/fonts/${font}`, packaged(font), 'font/woff2', 31_536_000)
}
