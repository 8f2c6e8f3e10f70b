import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { writeDigits } from '../web/digits-font.ts'

/**
 * The capture steps on a page of their own, built and served as the station's pages are, under the content policy that
 * they need.
 */

/** What the house allows everywhere, and the device services of the machine itself (connect-src). */
export const stationPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' http://127.0.0.1:*",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const kinds: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

export type CaptureTrial = {
  readonly origin: string
  /** The built files and their sizes in bytes. */
  readonly folder: string
  close(): Promise<void>
}

export async function serveCaptureTrial(): Promise<CaptureTrial> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-capture-'))
  const fonts = join(folder, 'digits')
  await mkdir(fonts)
  await writeDigits(fonts)
  const root = join(import.meta.dirname, '../web/station/capture')
  const dist = join(folder, 'dist')
  await build({
    configFile: false,
    root,
    base: '/station/',
    mode: 'production',
    logLevel: 'error',
    plugins: [react()],
    resolve: { alias: { '@digits': fonts } },
    worker: { format: 'es' },
    build: {
      outDir: dist,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
      rolldownOptions: { input: join(root, 'trial.html') },
    },
  })
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname).replace(/^\/station\//, '')
    try {
      const body = await readFile(join(dist, path))
      response.writeHead(200, {
        'content-type': kinds[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': stationPolicy,
      })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('the trial has no port')
  return {
    origin: `http://localhost:${address.port}`,
    folder: dist,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}
