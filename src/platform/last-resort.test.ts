import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('a fault that nothing caught is logged with its cause before the process ends', () => {
  for (const fault of ['setTimeout(() => { throw fault })', 'void Promise.reject(fault)']) {
    const program = `
      import { logLastFaults } from '${new URL('last-resort.ts', import.meta.url)}'
      import { openLog } from '${new URL('log.ts', import.meta.url)}'
      logLastFaults(openLog('info'))
      const fault = new Error('the shelf fell')
      ${fault}
      setTimeout(() => process.exit(0), 5000)`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      encoding: 'utf8',
    })
    const line = JSON.parse(stderr.split('\n').find(one => one.includes('the shelf fell')) ?? '{}')
    assert.deepEqual([status, line.level, line.err?.message], [1, 60, 'the shelf fell'], stderr)
  }
})
