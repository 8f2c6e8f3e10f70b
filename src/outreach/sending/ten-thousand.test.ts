import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { anOfficerOf, commune } from '../../../test/builders.ts'
import { openHouse } from '../../../test/house.ts'
import { countsOf, queueMany, startSender } from '../../../test/smsc/bulk.ts'
import { openSmsc, whyNoSmsc } from '../../../test/smsc/smsc.ts'
import * as audit from '../../audit/audit.ts'
import { consequences } from '../../consequences.ts'
import { lookAfter } from './sending.ts'

const skip = whyNoSmsc() ?? false
const count = 10_000
/** What the simulator writes down of a part, about. */
const bytesOfPart = 250

test('ten thousand messages, three kills: nobody twice, and whatever is not known is followed up', {
  skip,
  timeout: 240_000,
}, async t => {
  const house = await openHouse({ withUnits: true })
  audit.setConsequences(consequences)
  const { unitId } = await anOfficerOf(house, commune.haKhanh)
  const smsc = await openSmsc(['--refuse', '1', '--silent', '1', '--late', '1', '--late-seconds', '2'])
  t.after(smsc.close)
  const gateway = `${smsc.url}&window=40&rate=100000`
  // Senders load their program while messages are queued, or while another sends.
  const start = (when: 'at-once' | 'on-standby') => {
    const sender = startSender(house.url, gateway, when)
    t.after(sender.killed)
    return sender
  }
  let next = start('at-once')
  const queueing = queueMany(house, count, unitId ?? assert.fail())

  const until = async (holds: () => Promise<boolean>, seconds: number) => {
    for (let at = 0; at < seconds * 4 && !(await holds()); at++) await setTimeout(250)
    assert.ok(await holds(), JSON.stringify(await countsOf(house)))
  }
  for (const kill of [1, 2, 3]) {
    const sender = next
    sender.go()
    next = start('on-standby')
    const target = (kill * 4000 + Math.random() * 2000) * bytesOfPart
    await until(async () => (await smsc.written()) > target, 60)
    await sender.killed()
  }
  const last = next
  last.go()
  await queueing
  await until(async () => !((await countsOf(house))['queued'] ?? 0), 60)
  await until(async () => !((await countsOf(house))['accepted'] ?? 0), 60)
  await last.ended()
  await house.owner(`update outreach.message set begun_at = begun_at - interval '6 minutes' where state = 'sending'`)
  await lookAfter(house.openWork, { origin: 'https://dinhdanh.example', email: [], phone: [] })

  const gotten = (await smsc.gotten()).filter(({ what }) => what !== 'refused')
  // Each text goes in two parts, and each part once.
  const byPart = Map.groupBy(gotten, ({ phone, bytes }) => `${phone} ${bytes[5]}`)
  const twice = [...byPart].filter(([, parts]) => parts.length > 1).map(([part]) => part)
  assert.deepEqual(twice, [])
  const { delivered = 0, unknown = 0, undeliverable = 0, ...others } = await countsOf(house)
  assert.deepEqual(others, {})
  assert.equal(delivered + unknown + undeliverable, count)
  // One of a hundred is refused; as many are not answered, and what three kills left is at most two windows each.
  assert.equal(undeliverable <= 100 && undeliverable >= 90, true, String(undeliverable))
  assert.ok(unknown >= 95 && unknown <= 100 + 3 * 80, String(unknown))
  // The centre took each one that arrived, and none that arrived is thought lost.
  const taken = await house.owner<{ phone: string }>(
    `select substr(address, 2) as phone from outreach.message where state = 'delivered'`,
  )
  assert.ok(taken.every(({ phone }) => byPart.has(`${phone} 2`)))
  const [follow] = await house.owner<{ open: number; ours: number }>(
    `select count(*)::int as open, count(distinct m.id)::int as ours from follow_ups.follow_up f
      join outreach.message m on m.id = f.subject_id and m.state in ('unknown', 'undeliverable')
      where f.kind = 'message' and f.state = 'open' and f.due_on > f.opened_on and f.owner_unit_id = $1`,
    [unitId],
  )
  assert.deepEqual(follow, { open: unknown + undeliverable, ours: unknown + undeliverable })
})
