import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buildWeb, hasBuilder, sourcesMark } from './build.ts'

/**
 * Runs after `npm ci`. The pages are made of packages that a server never needs. Where those are installed, a start
 * builds the pages itself. Where they were left out (`--omit=dev`), they are installed beside the pages, for as long as
 * the pages are built: what stays is the installation without them, and the pages.
 */

const root = join(import.meta.dirname, '..')
const beside = join(import.meta.dirname, 'node_modules')

/** The packages of development that the pages and their builder import; each in the version of the lock. */
const ofPages = [
  ...['@tanstack/react-query', '@tanstack/react-router', '@tanstack/react-table', '@tanstack/react-virtual'],
  ...['@vitejs/plugin-react', '@vladmandic/face-api', 'dexie', 'jsqr', 'lucide-react'],
  ...['react', 'react-aria-components', 'react-dom', 'vite'],
]

/** npm that runs this, else the one of the path. */
async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  const [program, before] = script && node && existsSync(script) ? [node, [script]] : ['npm', []]
  const child = spawn(program, [...before, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`npm ${args[0]} ended with ${code}`)
}

/** Installs the packages of the pages in a folder of their own, by the lock of the project, and moves them here. */
async function installBeside(): Promise<void> {
  const folder = await mkdtemp(join(import.meta.dirname, '.packages-'))
  try {
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    const dependencies = Object.fromEntries(ofPages.map(name => [name, devDependencies[name]]))
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'pages', private: true, dependencies }))
    await cp(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
    await npm(folder, 'install', '--omit=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund')
    await rename(join(folder, 'node_modules'), beside)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The headers for who compiles against Node: a third of what ships of it, and nothing that runs reads them. */
const headersOfNode = join(root, `node_modules/node-linux-${process.arch}/include`)

const dist = join(dirname(beside), 'dist', await sourcesMark())
const isAsked = process.argv[2] === 'always'
const isApart = !hasBuilder()
if (isApart) await rm(headersOfNode, { recursive: true, force: true })
if (existsSync(dist) || (!isApart && !isAsked)) process.exit()

try {
  if (isApart) await installBeside()
  await buildWeb({ onProgress: step => console.log(`building the pages: ${step}`) })
} catch (error) {
  console.error('The pages of officers and stations could not be built; `npm run pages` tries again.')
  throw error
} finally {
  if (isApart) await rm(beside, { recursive: true, force: true })
}
