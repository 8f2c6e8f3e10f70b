import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, Rollup } from 'vite'

/**
 * Which files a page needs beside the frame, so that the server names them in the page that it sends: the browser asks
 * for all of them at once, and not for each when the one before has told of it.
 */
export type FirstFiles = {
  /** The texts' folder, as an address. */
  readonly texts: string
  readonly pages: readonly { readonly path: string; readonly name: string; readonly scripts: readonly string[] }[]
}

/** The routes of a router: path, file and component of each page. */
export const routesIn = (router: string) =>
  [...router.matchAll(/path: '([^']+)',\s*component: page\(\s*\(\) => import\('([^']+)'\),\s*'(\w+)'/g)].map(
    ([, path = '', file = '', name = '']) => ({ path, file, name }),
  )

export const firstFiles = ({ address, texts }: { address: string; texts: string }): Plugin => ({
  name: 'first-files',
  generateBundle(_options, bundle) {
    const folder = join(import.meta.dirname, address)
    const chunks = Object.values(bundle).filter((file): file is Rollup.OutputChunk => file.type === 'chunk')
    const byName = new Map(chunks.map(chunk => [chunk.fileName, chunk]))
    const withImports = (name: string, seen = new Set<string>()): Set<string> => {
      if (seen.has(name)) return seen
      seen.add(name)
      for (const next of byName.get(name)?.imports ?? []) withImports(next, seen)
      return seen
    }
    const frame = chunks.find(({ isEntry, name }) => isEntry || name === 'frame')
    if (!frame) throw new Error('the build has no frame')
    const known = withImports(frame.fileName)
    const pages = routesIn(readFileSync(join(folder, 'router.tsx'), 'utf8')).map(({ path, file, name }) => {
      const source = join(folder, file)
      const chunk =
        chunks.find(({ facadeModuleId }) => facadeModuleId === source) ??
        chunks.find(({ moduleIds }) => moduleIds.includes(source))
      if (!chunk) throw new Error(`the build has no ${file}`)
      const scripts = [...withImports(chunk.fileName)].filter(one => !known.has(one))
      return { path, name, scripts: scripts.map(one => `/${address}/${one}`) }
    })
    const content = { texts, pages } satisfies FirstFiles
    this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify(content) })
  },
})
