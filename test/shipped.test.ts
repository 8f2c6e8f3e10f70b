import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const place = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const shipped = place(`node_modules/node-linux-${process.arch}/bin/node`)

test('a script and its node children run under the shipped Node, without npm’s path', t => {
  if (!existsSync(shipped)) return t.skip('no Node ships for this machine')
  const said = execFileSync(process.execPath, [place('bin/script'), 'test/which-node.test-process.ts'], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
  })
  assert.equal(realpathSync(said.trim()), realpathSync(shipped))
})
