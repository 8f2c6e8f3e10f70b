import assert from 'node:assert/strict'
import { createHash, createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase, templates } from '../../../test/house.ts'
import * as audit from '../../audit/audit.ts'
import { fileHash, keyFingerprint, type SignedHeads, signFacts, signHeads } from '../../audit/chain-heads.ts'
import { digestOf, type ReadingEntry, sealOfEntry } from '../../audit/entry.ts'
import { headsFile } from '../../audit/heads-file.ts'
import { verificationOf } from '../../audit-verification.ts'
import { type House, openHouse } from '../../open-house.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Authority, Work } from '../../platform/work.ts'
import { auditVerify } from './audit-verify.ts'

/**
 * What somebody tries who owns the database and has the program, but not the data folder; and what somebody tries who
 * reaches the file of heads alone.
 */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-audit-'))
after(() => rm(folder, { recursive: true }))

type Installation = { readonly house: House; owner<Row>(text: string, values?: unknown[]): Promise<Row[]> }

async function anInstallation(): Promise<Installation> {
  const url = await emptyDatabase(templates.migrated)
  const data = await mkdtemp(join(folder, 'data-'))
  const house = await openHouse({ folder: data, purpose: 'command', environment: { DATABASE_URL: url } })
  const client = new Client({ connectionString: url })
  // The database goes with the test, before its connections do.
  client.on('error', () => undefined)
  await client.connect()
  after(async () => {
    await client.end()
    await house.close()
  })
  return { house, owner: async (text, values) => (await client.query(text, values)).rows }
}

const officer: Authority = { by: { kind: 'officer', id: 'an officer' }, scope: 'house', purpose: 'register' }

type Asked = { heads?: string | string[]; key?: string; month?: string }

/** The kinds of what `audit verify` finds, each once. */
async function findings(house: House, { heads = [], ...asked }: Asked = {}): Promise<string[]> {
  const given = await verificationOf(house, { ...asked, heads: [heads].flat() })
  const report = await house.openWork({ ...officer, purpose: 'audit', sees: 'one-moment' }, work =>
    audit.verifyAudit(work, given),
  )
  return [...new Set(report.findings.map(({ kind }) => kind))].sort()
}

/** Reads some people `works` times, and gives whom. */
async function readPeople(house: House, works = 3, each = 2): Promise<Id<'person'>[]> {
  const people: Id<'person'>[] = []
  for (let at = 0; at < works; at += 1) {
    const ids = Array.from({ length: each }, () => newId<'person'>())
    await house.openWork(officer, work => audit.noteReading(work, ids, ['identity']))
    people.push(...ids)
  }
  return people
}

const entryColumns = 'chain, seq, work_id as "workId", at, count, digest, mac, seal'

/** Writes the entries of all chains anew with the program's own code, under a key of the attacker's. */
async function sealAgain({ owner }: Installation) {
  for (let chain = 16; chain < 32; chain += 1) {
    let seal: Buffer = Buffer.alloc(32)
    let seq = 0
    for (const entry of await owner<ReadingEntry>(
      `select ${entryColumns} from audit.reading_entry where chain = $1 order by seq`,
      [chain],
    )) {
      const rows = await owner<audit.Reading>('select * from audit.access where batch_id = $1 order by place', [
        entry.workId,
      ])
      seq += 1
      const digest = digestOf(rows)
      const isSame = digest.equals(entry.digest) && rows.length === entry.count
      const mac = isSame ? entry.mac : createHmac('sha256', 'a key of mine').update(digest).digest()
      const anew = { ...entry, seq, count: rows.length, digest, mac }
      seal = sealOfEntry(seal, anew)
      await owner(
        `update audit.reading_entry set seq = $3, count = $4, digest = $5, mac = $6, seal = $7
         where chain = $1 and work_id = $2`,
        [chain, entry.workId, seq, rows.length, digest, mac, seal],
      )
    }
    await owner('update audit.head set seq = $2, seal = $3 where chain = $1', [chain, seq, seal])
  }
}

const insertReading = `insert into audit.access
    (person_id, id, batch_id, place, at, by_kind, by_id, purpose, fields)
  values ($1, $2, $3, $4, $5, 'officer', 'somebody else', 'register', 'identity')`

const january = new Date('2026-01-14T03:00:00Z')

test('what nobody touched verifies, readings by several officers in one work too', async () => {
  const { house } = await anInstallation()
  await readPeople(house)
  await house.openWork(officer, async work => {
    const ids = [newId<'person'>(), newId<'person'>()]
    await audit.noteReading(work, ids, ['identity'], { kind: 'case', id: newId() })
    const asParty: Work = { ...work, by: { kind: 'party', id: newId() } }
    await audit.noteReadings(asParty, [
      { personId: newId(), fields: ['name'], requestId: 'one' },
      { personId: ids[0] as Id<'person'>, fields: ['name', 'birth'], requestId: 'two' },
    ])
  })
  await house.keepHeads()
  assert.deepEqual(await findings(house), [])
})

test('readings that the owner of the database deletes a moment after are named', async () => {
  const { house, owner } = await anInstallation()
  const [first] = await readPeople(house)
  await owner('delete from audit.access where person_id = $1', [first])
  assert.deepEqual(await findings(house), ['readings-changed'])
})

test('readings that are deleted with their entry are named, and the last ones by the next signed heads', async () => {
  const one = await anInstallation()
  const { house, owner } = one
  await readPeople(house, 40)
  await owner(`delete from audit.access where batch_id in (select work_id from audit.reading_entry where seq = 1)`)
  await owner('delete from audit.reading_entry where seq = 1')
  assert.ok((await findings(house)).includes('entry-removed'))
  await sealAgain(one)
  assert.deepEqual(await findings(house), [], 'in the database nothing tells it')
  // The process that sealed them signs what it knows, not what it is shown.
  await house.keepHeads()
  assert.ok((await findings(house)).includes('tail-cut'))
})

test('readings of January that are invented today are named, with a batch of their own or somebody’s', async () => {
  const { house, owner } = await anInstallation()
  await readPeople(house)
  const stray = newId<'batch'>(january)
  await owner(insertReading, [newId(), newId(january), stray, null, january])
  assert.deepEqual(await findings(house), ['readings-unsealed'])
  assert.deepEqual(await findings(house, { month: '2026-01' }), ['readings-unsealed'])
  assert.deepEqual(await findings(house, { month: '2026-02' }), [])
  await owner('delete from audit.access where batch_id = $1', [stray])

  const [entry] = await owner<{ work_id: string }>('select work_id from audit.reading_entry limit 1')
  await owner(insertReading, [newId(), newId(january), entry?.work_id, 3, january])
  // The entry is not of January: it cannot have sealed it.
  assert.deepEqual(await findings(house), ['readings-unsealed'])
  assert.deepEqual(await findings(house, { month: '2026-01' }), ['readings-unsealed'])
})

test('an entry of January that the owner of the database adds with the program’s code is named', async () => {
  const one = await anInstallation()
  const { house, owner } = one
  await readPeople(house, 40)
  await house.keepHeads()
  const workId = newId<'work'>(january)
  await owner(insertReading, [newId(), newId(january), workId, 1, january])
  const [row] = await owner<audit.Reading>('select * from audit.access where batch_id = $1', [workId])
  assert.ok(row)
  const [{ chain } = assert.fail('no entry')] = await owner<{ chain: number }>(
    'select chain from audit.reading_entry group by chain order by count(*) desc limit 1',
  )
  await owner(`select audit.seal_readings($5::smallint, $1, $2, 1, $3, $4)`, [
    workId,
    january.getTime(),
    digestOf([row]),
    randomBytes(32),
    chain,
  ])
  assert.deepEqual(await findings(house), ['entry-forged', 'entry-out-of-time'])

  // Put in front of the others, and everything sealed anew.
  await owner('alter table audit.reading_entry drop constraint reading_entry_seq_check')
  await owner('update audit.reading_entry set seq = seq + 1000 where chain = $2 and work_id <> $1', [workId, chain])
  await sealAgain(one)
  assert.deepEqual(await findings(house), ['entry-forged', 'history-rewritten'])
})

test('blame that is shifted to another officer and sealed again with the same code is named', async () => {
  const one = await anInstallation()
  const { house, owner } = one
  const [first] = await readPeople(house)
  await house.keepHeads()
  await owner(`update audit.access set by_id = 'a colleague' where person_id = $1`, [first])
  assert.deepEqual(await findings(house), ['readings-changed'])
  await sealAgain(one)
  assert.deepEqual(await findings(house), ['entry-forged', 'history-rewritten'])
})

test('whoever shifts blame and signs heads with a key of their own is named by the pinned key', async () => {
  const one = await anInstallation()
  const { house, owner } = one
  const [first] = await readPeople(house)
  await house.keepHeads()
  const good = await readFile(headsFile(house.folder), 'utf8')
  await owner(`update audit.access set by_id = 'a colleague' where person_id = $1`, [first])
  await sealAgain(one)
  const { privateKey: mine } = generateKeyPairSync('ed25519')
  const heads = await owner<{ chain: number; seq: string; seal: Buffer }>('select * from audit.head order by chain')
  const forged = signHeads(
    house.record().id,
    new Date(),
    heads.map(({ chain, seq, seal }) => ({ chain, seq: Number(seq), seal })),
    mine,
    { line: 1, previous: Buffer.alloc(32) },
  )
  const file = join(folder, 'forged.jsonl')
  await writeFile(file, `${JSON.stringify(forged)}\n`)
  await owner('update audit.kept_heads set hash = $1', [fileHash(Buffer.alloc(32), forged)])
  assert.deepEqual(await findings(house, { heads: file }), ['entry-forged', 'heads-behind', 'heads-foreign'])

  await writeFile(file, good)
  const pinned = String(house.record()['headsKey'])
  assert.ok((await findings(house, { heads: file, key: pinned })).includes('history-rewritten'))
  assert.ok((await findings(house, { heads: file, key: keyFingerprint(mine) })).includes('heads-foreign'))
})

/** Keeps heads so many times, each behind something that was read. */
async function keepOften(house: House, times: number): Promise<string[]> {
  for (let at = 0; at < times; at += 1) {
    await readPeople(house, 1)
    await house.keepHeads()
  }
  return (await readFile(headsFile(house.folder), 'utf8')).trimEnd().split('\n')
}

test('a file of heads that lost its last lines, its first, one between, or all is named', async () => {
  const { house } = await anInstallation()
  const lines = await keepOften(house, 5)
  assert.equal(lines.length, 5)
  assert.deepEqual(await findings(house), [])
  const file = headsFile(house.folder)
  for (const kept of [lines.slice(0, 3), lines.slice(2), lines.toSpliced(2, 1), lines.toReversed()]) {
    await writeFile(file, `${kept.join('\n')}\n`)
    assert.deepEqual(await findings(house), ['heads-cut'])
  }
  await rm(file)
  assert.deepEqual(await findings(house), ['heads-cut'])
})

test('an old file of heads that was put back is named, also after the installation went on with it', async () => {
  const { house } = await anInstallation()
  const lines = await keepOften(house, 2)
  const file = headsFile(house.folder)
  const old = `${lines.join('\n')}\n`
  await keepOften(house, 3)
  await writeFile(file, old)
  assert.deepEqual(await findings(house), ['heads-cut'])
  await keepOften(house, 2)
  assert.deepEqual(await findings(house), ['heads-cut'])
})

test('a copy of the heads may lack the latest lines; one of long ago is named', async () => {
  const { house, owner } = await anInstallation()
  const lines = await keepOften(house, 4)
  const copy = join(folder, 'copy.jsonl')
  await writeFile(copy, `${lines.slice(0, 3).join('\n')}\n`)
  assert.deepEqual(await findings(house, { heads: copy }), [])
  await owner(`update audit.kept_heads set at = at + interval '49 hours'`)
  assert.deepEqual(await findings(house, { heads: copy }), ['heads-behind'])
})

test('a line that was cut off by a kill is taken away, and the file goes on whole', async () => {
  const { house } = await anInstallation()
  const lines = await keepOften(house, 2)
  await writeFile(headsFile(house.folder), `${lines.join('\n')}\n${(lines[1] ?? '').slice(0, 200)}`)
  await keepOften(house, 1)
  assert.deepEqual(await findings(house), [])
})

test('lines of heads that a former release wrote are followed by numbered ones, and none can be lost', async () => {
  const { house } = await anInstallation()
  await readPeople(house, 1)
  const [line] = await keepOften(house, 1)
  const { line: _line, previous: _previous, key: _key, signature: _signature, ...facts } = JSON.parse(line ?? '')
  const former = JSON.stringify(signFacts(facts as SignedHeads, house.signingKey()))
  const another = await anInstallation()
  const file = headsFile(another.house.folder)
  const own = JSON.stringify(
    signFacts(
      { house: another.house.record().id, at: new Date().toISOString(), heads: [] },
      another.house.signingKey(),
    ),
  )
  assert.ok(former)
  await writeFile(file, `${own}\n${own}\n`)
  const lines = await keepOften(another.house, 2)
  assert.deepEqual(
    lines.map(text => JSON.parse(text).line),
    [undefined, undefined, 3, 4],
  )
  assert.deepEqual(await findings(another.house), [])
  await writeFile(file, `${lines.slice(1).join('\n')}\n`)
  assert.deepEqual(await findings(another.house), ['heads-cut'])
})

test('audit verify ends with a refusal where something was changed, and refuses what is no key or month', async () => {
  const { house, owner } = await anInstallation()
  const [first] = await readPeople(house)
  const verify = (values: Record<string, string> = {}) => auditVerify({ house, positionals: [], values, json: true })
  await verify()
  await owner('delete from audit.access where person_id = $1', [first])
  await assert.rejects(verify(), { code: 'audit-broken' })
  await assert.rejects(verify({ key: createHash('sha256').update('x').digest('hex').slice(2) }), {
    code: 'key-fingerprint-unknown',
  })
  await assert.rejects(verify({ month: '2026-13' }), { code: 'month-unknown' })
})
