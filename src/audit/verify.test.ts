import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { openHouse } from '../../test/house.ts'
import { newId } from '../platform/ids.ts'
import { asSystem } from '../platform/work.ts'
import * as audit from './audit.ts'
import { hasValidSignature, keyFingerprint, noLines, type SignedHeads, signHeads } from './chain-heads.ts'
import { chainOf, sealOf } from './deed.ts'
import { merkleRoot } from './merkle.ts'
import * as store from './store.ts'

const house = await openHouse()
const { privateKey: key } = generateKeyPairSync('ed25519')

const chain = 3
const deeds = 6

/** Works whose deeds all fall in one chain, so that a test can name their places. */
async function fillChain(count: number) {
  let done = 0
  while (done < count)
    await house.work(async work => {
      if (chainOf(work.id) !== chain) return
      await audit.record(
        work,
        'card.blocked',
        { kind: 'card', id: newId() },
        { reason: 'lost', pieces: [1.5, 'hồ sơ', null] },
      )
      done += 1
    })
}

const keys = [keyFingerprint(key)]

const findings = async (lines: SignedHeads[] = []) => {
  const heads = lines.map(line => ({ lines: [line], are: 'one-line' as const }))
  const reports = await Promise.all(
    (heads.length > 0 ? heads : [undefined]).map(one =>
      house.as({ ...asSystem('test'), sees: 'one-moment' }, work =>
        audit.verifyAudit(work, { keys, ...(one && { heads: one }) }),
      ),
    ),
  )
  return reports.flatMap(report =>
    report.findings.map(
      ({ kind, chain: where, seq }) => `${kind} ${where ?? ''}/${where === undefined ? '' : (seq ?? '')}`,
    ),
  )
}

const headsBy = (signer: KeyObject) =>
  house.work(async work =>
    signHeads('house', work.now, await store.chainHeads(work.tx), signer, { line: 1, previous: noLines }),
  )
const heads = () => headsBy(key)

beforeEach(async () => {
  await house.owner(
    `truncate audit.deed, audit.reading_entry, audit.access;
     update audit.head set seq = 0, seal = decode(repeat('00', 32), 'hex')`,
  )
  await fillChain(deeds)
})

test('untouched chains verify', async () => {
  assert.deepEqual(await findings([await heads()]), [])
})

test('a changed deed is named', async () => {
  await house.owner(`update audit.deed set facts = '{"reason": "found"}' where chain = $1 and seq = 3`, [chain])
  assert.deepEqual(await findings(), [`deed-changed ${chain}/3`])
})

test('any changed column breaks the seal', async () => {
  const columns = [
    'id = gen_random_uuid()',
    "at = at + interval '1 ms'",
    "by_id = 'other'",
    "purpose = 'x'",
    "deed = 'card.found'",
    "subject_id = 'x'",
    'day = day + 1',
    'unit_id = gen_random_uuid()',
    'person_id = gen_random_uuid()',
    "on_behalf_of = 'x'",
    "by_kind = 'party'",
  ]
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...columns), fc.integer({ min: 1, max: deeds }), async (change, seq) => {
      const [before] = await house.owner<Record<string, unknown>>(
        'select * from audit.deed where chain = $1 and seq = $2',
        [chain, seq],
      )
      await house.owner(`update audit.deed set ${change} where chain = $1 and seq = $2`, [chain, seq])
      assert.deepEqual(await findings(), [`deed-changed ${chain}/${seq}`])
      await house.owner('delete from audit.deed where chain = $1 and seq = $2', [chain, seq])
      await house.owner('insert into audit.deed select * from jsonb_populate_record(null::audit.deed, $1)', [
        JSON.stringify({ ...before, seal: `\\x${Buffer.from((before as { seal: Buffer }).seal).toString('hex')}` }),
      ])
    }),
    { numRuns: 15 },
  )
})

test('a removed deed is named', async () => {
  await house.owner('delete from audit.deed where chain = $1 and seq = 3', [chain])
  assert.deepEqual(await findings(), [`deed-removed ${chain}/3`])
})

test('two deeds that changed places are named', async () => {
  await house.owner(
    `alter table audit.deed drop constraint deed_seq_check; update audit.deed set seq = -seq
      where chain = 3 and seq in (2, 3); update audit.deed set seq = 5 + seq
      where chain = 3 and seq < 0; alter table audit.deed add constraint deed_seq_check check (seq > 0)`,
  )
  assert.deepEqual((await findings()).slice(0, 2), [`deed-changed ${chain}/2`, `deed-changed ${chain}/3`])
})

test('an inserted deed is named', async () => {
  await house.owner('update audit.deed set seq = seq + 100 where chain = $1 and seq > 3', [chain])
  await house.owner(
    `insert into audit.deed
      select chain, 4, gen_random_uuid(), work_id, at, day, by_kind, by_id, on_behalf_of, purpose, deed, subject_kind,
       subject_id, person_id, unit_id, facts, seal from audit.deed where chain = $1 and seq = 3`,
    [chain],
  )
  await house.owner('update audit.deed set seq = seq - 99 where chain = $1 and seq > 100', [chain])
  assert.equal((await findings())[0], `deed-changed ${chain}/4`)
})

test('a cut tail is named by the head, and by the exported heads if the head was set back', async () => {
  const kept = await heads()
  await house.owner('delete from audit.deed where chain = $1 and seq > 4', [chain])
  assert.deepEqual(await findings(), [`tail-cut ${chain}/5`])

  await house.owner(
    'update audit.head h set seq = 4, seal = (select seal from audit.deed where chain = h.chain and seq = 4) ' +
      'where chain = $1',
    [chain],
  )
  assert.deepEqual(await findings(), [], 'inside the database nothing is left to tell')
  assert.deepEqual(await findings([kept]), [`tail-cut ${chain}/5`])
})

test('a last deed that was changed together with its own seal is named by the head', async () => {
  const [row] = await house.owner<{ seal: Buffer }>('select seal from audit.deed where chain = $1 and seq = 5', [chain])
  const [last] = await house.work(async work =>
    (await store.deedsAfter(work.tx, chain, 5, 1)).map(({ seal: _seal, ...deed }) => deed),
  )
  const forged = { ...last!, byId: 'somebody-else' }
  await house.owner('update audit.deed set by_id = $2, seal = $3 where chain = $1 and seq = 6', [
    chain,
    forged.byId,
    sealOf(row!.seal, forged),
  ])
  assert.deepEqual(await findings(), [`head-differs ${chain}/6`])
})

test('a database set back and gone on is named by the kept heads', async () => {
  const kept = await heads()
  await house.owner('delete from audit.deed where chain = $1 and seq > 4', [chain])
  await house.owner(
    'update audit.head h set seq = 4, seal = (select seal from audit.deed where chain = h.chain and seq = 4) ' +
      'where chain = $1',
    [chain],
  )
  await fillChain(3)
  assert.deepEqual(await findings([kept]), [`history-rewritten ${chain}/6`])
})

test('changed heads, or heads signed by another key, are named', async () => {
  const good = await heads()
  const other = await headsBy(generateKeyPairSync('ed25519').privateKey)
  assert.ok(hasValidSignature(good))
  assert.deepEqual(await findings([{ ...good, at: new Date(0).toISOString() }]), ['heads-unsigned /'])
  assert.deepEqual(await findings([other]), ['heads-foreign /'])
})

test('a list of ten thousand people is noted person by person', async () => {
  const people = Array.from({ length: 10_001 }, () => newId<'person'>())
  await house.work(work => audit.noteReading(work, people, ['identity']))
  const [noted] = await house.owner<{ count: string }>(
    `select count(*) as count from audit.access
      where person_id in ('${people[0]}', '${people[5000]}', '${people.at(-1)}')`,
  )
  assert.equal(Number(noted?.count), 3)
})

test('the root of readings depends on each of them and on their order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 9 }), leaves => {
      const root = merkleRoot(leaves)
      assert.ok(!merkleRoot(leaves.toReversed()).equals(root))
      assert.ok(!merkleRoot(leaves.slice(1)).equals(root))
    }),
  )
})
