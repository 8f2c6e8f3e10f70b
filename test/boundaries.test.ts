import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, test } from 'node:test'

type Found = { summary: { violations: { from: string; to: string; rule: { name: string } }[]; totalCruised: number } }

const config = resolve('.dependency-cruiser.mjs')

const cruise = (folder: string, places: readonly string[]) =>
  new Promise<Found>((done, fail) => {
    execFile(
      resolve('node_modules/.bin/depcruise'),
      ['--config', config, '--output-type', 'json', ...places],
      { cwd: folder, maxBuffer: 256_000_000 },
      (error, stdout) => {
        try {
          done(JSON.parse(stdout) as Found)
        } catch {
          fail(error ?? new Error('no answer'))
        }
      },
    )
  })

/** A house in miniature: file → what it holds. */
async function aHouse(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-floors-'))
  after(() => rm(folder, { recursive: true }))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await copyFile(resolve('package.json'), join(folder, 'package.json'))
  return folder
}

const sound = {
  'src/platform/work.ts': 'export type Work = { now: Date }\n',
  'src/platform/endpoint.ts': 'export const endpoint = 1\n',
  'src/audit/audit.ts': "import type { Work } from '../platform/work.ts'\nexport const record = (work: Work) => work\n",
  'src/audit/store.ts': 'export const rows = []\n',
  'src/names/name.ts': 'export const fold = 1\n',
  'src/cards/cards.ts':
    "import * as audit from '../audit/audit.ts'\nimport { fold } from '../names/name.ts'\nexport const block = " +
    '[audit, fold]\n',
  'src/cards/contract.ts': "import { endpoint } from '../platform/endpoint.ts'\nexport const door = endpoint\n",
  'src/cards/card.ts': "import { fold } from '../names/name.ts'\nexport const card = fold\n",
  'src/cards/production/store.ts': 'export const batches = 1\n',
  'src/cards/production/routes.ts': 'export const routes = 1\n',
  'src/cards/production/production.ts':
    "import { card } from '../card.ts'\nimport { batches } from './store.ts'\nexport const make = [card, batches]\n",
  'src/cards/production/contract.ts':
    "import { endpoint } from '../../platform/endpoint.ts'\nexport const door = endpoint\n",
  'src/cards/shipping/shipping.ts': "import { make } from '../production/production.ts'\nexport const send = make\n",
  'src/cards/routes.ts':
    "import { routes } from './production/routes.ts'\nimport { send } from './shipping/shipping.ts'\nexport const " +
    'all = [routes, send]\n',
  'src/accounts/code.ts': "import { door } from '../cards/production/contract.ts'\nexport const code = door\n",
  'src/accounts/accounts.ts': "import * as cards from '../cards/cards.ts'\nexport const lower = cards\n",
  'web/console/main.tsx': "import { door } from '../../src/cards/contract.ts'\nexport const shown = door\n",
}

/** Each wrong import: the file that dares it, what it says, the rule that must answer. */
const wrong: readonly (readonly [file: string, text: string, rule: string])[] = [
  ['src/audit/up.ts', "export { block } from '../cards/cards.ts'", 'floor-1-audit'],
  [
    'src/cards/up.ts',
    "import type { lower } from '../accounts/accounts.ts'\nexport type L = typeof lower",
    'floor-6-cards',
  ],
  ['src/rolls/rolls.ts', "export { block } from '../cards/cards.ts'", 'floor-6-rolls'],
  ['src/accounts/store.ts', "export { rows } from '../audit/store.ts'", 'front-doors-and-contracts-only'],
  ['src/platform/domain.ts', "export { block } from '../cards/cards.ts'", 'platform-knows-no-domain'],
  ['src/accounts/contract.ts', "export { block } from '../cards/cards.ts'", 'pure-contracts'],
  ['src/audit/contract.ts', "export { Client } from 'pg'", 'pure-contracts'],
  ['src/loose/loose.ts', "export { fold } from '../names/name.ts'", 'every-context-has-a-floor'],
  ['src/app.ts', "export { fold } from './loose/loose.ts'", 'no-import-of-a-floorless-context'],
  ['web/console/deep.tsx', "export { block } from '../../src/cards/cards.ts'", 'web-sees-contracts'],
  ['relying-parties/exam/main.ts', "export { fold } from '../../src/names/name.ts'", 'relying-parties-see-nothing'],
  ['synth/person.ts', "export { fold } from '../src/names/name.ts'", 'synth-shares-no-code'],
  ['src/cards/card.ts', "export { aPerson } from '../../test/builders.ts'", 'the-house-knows-no-tests'],
  ['test/builders.ts', 'export const aPerson = 1', ''],
  ['src/cards/law.ts', "export { make } from './production/production.ts'", 'base-of-cards'],
  ['src/cards/shipping/up.ts', "export { block } from '../cards.ts'", 'top-of-cards'],
  ['src/cards/production/later.ts', "export { send } from '../shipping/shipping.ts'", 'room-cards-production'],
  [
    'src/cards/shipping/store-of-another.ts',
    "export { batches } from '../production/store.ts'",
    'a-room-keeps-its-own',
  ],
  [
    'src/cards/shipping/routes-of-another.ts',
    "export { routes } from '../production/routes.ts'",
    'a-room-keeps-its-own',
  ],
  ['src/cards/jobs.ts', "export { batches } from './production/store.ts'", 'a-store-is-its-rooms-own'],
  ['src/cards/attic/attic.ts', 'export const attic = 1', ''],
  ['src/cards/shipping/attic.ts', "export { attic } from '../attic/attic.ts'", 'every-room-of-cards-has-a-place'],
  [
    'src/accounts/deep.ts',
    "export { make } from '../cards/production/production.ts'",
    'front-doors-and-contracts-only',
  ],
  ['src/cards/production/contract-impure.ts', "export { batches } from './store.ts'", 'pure-contracts'],
  ['src/names/a.ts', "import './b.ts'\nexport const a = 1", 'no-circles'],
  ['src/names/b.ts', "import './a.ts'\nexport const b = 1", ''],
  ['src/names/pages.ts', "export { useState } from 'react'", 'runs-without-devDependencies'],
  ['synth/pages.ts', "export { build } from 'vite'", 'runs-without-devDependencies'],
  ['src/names/lost.ts', "export { x } from './nowhere.ts'", 'nothing-unresolvable'],
]

test('a house whose imports keep to the floors passes', async () => {
  const { summary } = await cruise(await aHouse(sound), ['src', 'web'])
  assert.deepEqual(summary.violations, [])
})

test('each kind of forbidden import is seen', async () => {
  const folder = await aHouse({ ...sound, ...Object.fromEntries(wrong) })
  const { summary } = await cruise(folder, ['src', 'web', 'synth', 'test', 'relying-parties'])
  const seen = new Set(summary.violations.map(({ from, rule }) => `${from} ${rule.name}`))
  const unseen = wrong.filter(([file, , rule]) => rule && !seen.has(`${file} ${rule}`))
  assert.deepEqual(unseen, [])
})

test('the gate reads every module of the house itself', async () => {
  const { summary } = await cruise(resolve('.'), ['src', 'synth'])
  const files = globSync(['src/**/*.ts', 'synth/**/*.ts']).length
  assert.ok(summary.totalCruised >= files, `${summary.totalCruised} modules read of ${files} files`)
  assert.deepEqual(summary.violations, [])
})
