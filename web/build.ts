import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { globSync } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * What runs in a browser is built at the house's first start, and again only when something it is made of has changed.
 */

const root = join(import.meta.dirname, '..')

/** Where the pages begin; what they import of the house is followed from there. */
const beginnings = ['web/**/*.{ts,tsx,css,html,svg,json,webmanifest}', 'package-lock.json']
/** `node_modules` stands here for as long as an installation without the builder's packages builds (install.ts). */
const isSource = (path: string) =>
  !/^web\/(dist|node_modules|\.packages-[^/]*)\//.test(path) && !/\.(test|fixture)\.ts$/.test(path)

const importedFrom = (path: string, text: string) =>
  /\.tsx?$/.test(path)
    ? [...text.matchAll(/\bfrom '(\.{1,2}\/[^']+\.tsx?)'/g)].map(([, to = '']) => normalize(join(dirname(path), to)))
    : []

/** Names a build by all that goes into it: the same files and packages, the same name. */
export async function sourcesMark(): Promise<string> {
  const texts = new Map<string, string>()
  const read = async (path: string) => {
    if (texts.has(path)) return
    texts.set(path, '')
    const text = await readFile(join(root, path), 'utf8')
    texts.set(path, text)
    await Promise.all(importedFrom(path, text).map(read))
  }
  await Promise.all(globSync(beginnings, { cwd: root }).filter(isSource).map(read))
  const hash = createHash('sha256')
  for (const path of [...texts.keys()].sort()) hash.update(`${path}\0${texts.get(path)}\0`)
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** Whether the builder of the pages is installed; it is none of the packages that a server runs with. */
export function hasBuilder(): boolean {
  try {
    createRequire(import.meta.url).resolve('vite')
    return true
  } catch {
    return false
  }
}

/** Thrown where there are no pages of these sources, and nothing to build them with. */
export class NoBuilder extends Error {}

/** The first of the folders that can be written to. */
async function writable(folders: readonly string[]): Promise<string> {
  for (const folder of folders) {
    try {
      await mkdir(folder, { recursive: true })
      const trial = join(folder, `.trial-${randomUUID()}`)
      await mkdir(trial)
      await rm(trial, { recursive: true })
      return folder
    } catch {}
  }
  throw new Error(`the pages cannot be built: none of ${folders.join(', ')} can be written to`)
}

/** Builds in a process of its own, so that the bundler's memory goes with it. Its output is one line a step. */
async function bundle(into: string, onProgress: (step: string) => void, stopped?: AbortSignal): Promise<void> {
  const builder = spawn(process.execPath, [join(import.meta.dirname, 'bundle.ts'), into], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(stopped && { signal: stopped }),
  })
  // Whoever ends meanwhile leaves no bundler behind.
  const end = () => builder.kill()
  process.once('exit', end)
  let complaint = ''
  builder.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-8000)
  })
  createInterface({ input: builder.stdout }).on('line', onProgress)
  const code = await new Promise<number | null>((resolve, reject) => builder.on('error', reject).on('close', resolve))
  process.off('exit', end)
  if (code !== 0) throw new Error(`the pages could not be built:\n${complaint}`)
}

/** Keeps the newest two builds: a house that still runs on the one before goes on serving it. */
async function forgetOlder(folder: string, keep: string) {
  const built = await Promise.all(
    (await readdir(folder))
      .filter(name => /^[0-9a-f]{16}$/.test(name) && name !== keep)
      .map(async name => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  for (const { name } of built.sort((a, b) => b.at - a.at).slice(1))
    await rm(join(folder, name), { recursive: true, force: true })
}

export type BuildOptions = {
  /** Told in English what is being done, a line a step. */
  readonly onProgress?: (step: string) => void
  /** A folder to build into where the checkout cannot be written to. */
  readonly elsewhere?: string
  /** Aborted where the pages are not wanted any more. */
  readonly stopped?: AbortSignal
}

/**
 * Gives the folder of what was built, with one folder an address (`console`, `station`: index.html, and assets/ whose
 * names change with their content), building it if its sources changed. A half-made build is never seen: it is made
 * beside and renamed. Two processes that build at once both end with the same one.
 */
export async function buildWeb({
  onProgress = () => {},
  elsewhere,
  stopped,
}: BuildOptions = {}): Promise<{ dist: string; built: boolean }> {
  const mark = await sourcesMark()
  const folders = [join(root, 'web/dist'), ...(elsewhere ? [join(elsewhere, 'web')] : [])]
  for (const folder of folders) if (await exists(join(folder, mark))) return { dist: join(folder, mark), built: false }

  if (!hasBuilder()) throw new NoBuilder('the pages are not built, and the packages that build them are not installed')
  const folder = await writable(folders)
  const dist = join(folder, mark)
  const beside = join(folder, `.${mark}-${randomUUID()}`)
  try {
    await bundle(beside, onProgress, stopped)
    await rename(beside, dist).catch(async error => {
      if (!(await exists(dist))) throw error
    })
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  await forgetOlder(folder, mark)
  return { dist, built: true }
}
