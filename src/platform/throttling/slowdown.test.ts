import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '../../../test/house.ts'
import { droppedInPassing } from './law.ts'
import { networkOf, slowdownIn } from './slowdown.ts'

test('all addresses of an IPv6 network are one place, however they are written', () => {
  const same = ['2001:db8::1', '2001:db8::2:3:4:5', '2001:db8:0:0:ffff::', '2001:0db8:0000:0000:1:2:3:4', '2001:DB8::1']
  assert.deepEqual([...new Set(same.map(networkOf))], ['2001:db8:0:0'])
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8::1'))
  assert.deepEqual(['::1', '192.0.2.7', '::ffff:192.0.2.7', 'fe80::1%eth0'].map(networkOf), [
    '0:0:0:0',
    '192.0.2.7',
    '::ffff:192.0.2.7',
    'fe80:0:0:0',
  ])
})

test('the ports that a proxy adds to the addresses of one caller make no crowd of them', () => {
  const ports = [1, 80, 40_001, 65_535]
  assert.deepEqual([...new Set(ports.map(port => networkOf(`192.0.2.7:${port}`)))], ['192.0.2.7'])
  const ofSix = ['2001:db8::1', '[2001:db8::1]', ...ports.map(port => `[2001:db8::9]:${port}`)]
  assert.deepEqual([...new Set(ofSix.map(networkOf))], ['2001:db8:0:0'])
})

test('after a flood of guesses one request drops some of them, and a job drops the rest by steps', async () => {
  const house = await openHouse()
  const counters = slowdownIn('families.slowdown')
  await house.owner(
    `insert into families.slowdown (key, failures, failed_at, free_at)
     select sha256(n::text::bytea), 1, now() - interval '2 days', now() from generate_series(1, $1) n`,
    [droppedInPassing + 20],
  )
  assert.equal(await house.work(work => counters.dropOld(work)), droppedInPassing)
  assert.equal(await house.work(work => counters.dropOld(work, 15)), 15)
  assert.equal(await house.work(work => counters.dropOld(work)), 5)
})
