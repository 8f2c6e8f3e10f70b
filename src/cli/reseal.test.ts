import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { anActivatedAccount, holderOf } from '../../test/an-account.ts'
import { openHouse } from '../../test/house.ts'
import { terminalAnswerOf } from '../../test/terminal-answer.ts'
import * as accounts from '../accounts/accounts.ts'
import * as audit from '../audit/audit.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { sealFile, unsealFile } from '../platform/sealing/sealed-file.ts'
import { openSealingKey, sealBytes, setSealingKey, unsealBytes } from '../platform/sealing/sealing.ts'
import { sealedColumns } from '../sealed-columns.ts'
import { pairwiseSubject } from '../signin/provider/subject-and-claims.ts'
import * as signin from '../signin/signin.ts'
import { pieceKey } from '../verification/batches/batches.ts'
import type { Invocation } from './invocation.ts'
import { reseal } from './rotate-keys.ts'

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-reseal-'))
await mkdir(join(folder, 'keys'))
after(() => rm(folder, { recursive: true, force: true }))
const house = await openHouse({ withUnits: true })
await openSealingKey(folder)
const keyFile = join(folder, 'keys', 'sealing.key')
const installation = newId<'installation'>()

/** The command, as the command line runs it; what it prints is let go. */
async function run(): Promise<Problem | undefined> {
  const open = { folder, openWork: house.openWork, record: () => ({ id: installation }) }
  const given = { house: open as unknown as Invocation['house'], positionals: [], values: {}, json: true }
  try {
    await terminalAnswerOf(() => reseal(given))
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** How many rows of all that is sealed open by a key, and how many do not. */
async function openedBy(key: Buffer): Promise<{ opened: number; closed: number }> {
  setSealingKey(key)
  let [opened, closed] = [0, 0]
  for (const { table, column, use, place } of sealedColumns) {
    const rows = await house.owner<{ row: Record<string, unknown>; sealed: Buffer }>(
      `select to_jsonb(t) as row, ${column} as sealed from ${table} t where ${column} is not null`,
    )
    for (const { row, sealed } of rows)
      try {
        unsealBytes(use, place(row as Record<string, string>), sealed)
        opened += 1
      } catch {
        closed += 1
      }
  }
  await openSealingKey(folder)
  return { opened, closed }
}
const keyOfFile = async () => Buffer.from((await readFile(keyFile, 'utf8')).split('\n')[0] ?? '', 'base64')

/** A house in which something lies sealed in several tables; the pieces are those of a batch of checks. */
const batch = newId()
const pieces = 1_000
const holder = await anActivatedAccount(house)
const offered = await house.work(async work => accounts.offerTotp(work, await holderOf(house, holder)))
const totp = new TOTP({ secret: Secret.fromBase32(offered.secret) })
await accounts.confirmTotp(house.openWork, holder, totp.generate({ timestamp: Date.now() - 30_000 }))
await house.work(async work => accounts.offerTotp(work, await holderOf(house, holder)))
await house.work(signin.replaceSigningKeys)
for (let at = 0; at < pieces; at += 1)
  await house.owner(
    `insert into verification.piece (batch_id, kind, at_byte, bytes, sealed) values ($1, 'result', $2, 5, $3)`,
    [batch, at, sealBytes('verification', pieceKey(batch, 'result', at), Buffer.from(`piece ${at}`))],
  )
const paper = newId()
const sealedPaper = sealFile('attachment', paper, Buffer.from('a scan of some megabytes'))
await house.owner('insert into attachments.content (attachment_id, data_key, body) values ($1, $2, $3)', [
  paper,
  sealedPaper.dataKey,
  sealedPaper.body,
])
const first = await keyOfFile()
const subject = pairwiseSubject('a-party.example', 'somebody')
const name = audit.readingKeyName()

test('a sealing key is replaced although the command is killed in the middle; nothing is left under it', async () => {
  const total = (await openedBy(first)).opened
  assert.equal(total, pieces + 4)
  const child = spawn(process.execPath, [join(import.meta.dirname, 'reseal.test-process.ts'), house.url, folder], {
    stdio: 'ignore',
  })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  assert.equal(signal, 'SIGKILL')
  const second = await keyOfFile()
  assert.notDeepEqual(second, first)
  const half = await openedBy(second)
  assert.ok(half.opened >= 300 && half.closed > 300, JSON.stringify(half))
  assert.match(await readFile(keyFile, 'utf8'), /^former /m)

  // The house goes on meanwhile: what lies under either key is read, and new secrets lie under the new one.
  const read = async (at: number) => {
    const [row] = await house.owner<{ sealed: Buffer }>(
      'select sealed from verification.piece where batch_id = $1 and at_byte = $2',
      [batch, at],
    )
    return unsealBytes('verification', pieceKey(batch, 'result', at), row?.sealed ?? Buffer.alloc(0)).toString()
  }
  assert.deepEqual([await read(0), await read(pieces - 1)], ['piece 0', `piece ${pieces - 1}`])
  assert.equal(await accounts.checkTotp(house.openWork, holder, totp.generate()), 'right')

  assert.equal(await run(), undefined)
  assert.deepEqual(await keyOfFile(), second, 'no third key is made')
  assert.deepEqual(await openedBy(second), { opened: total, closed: 0 })
  assert.deepEqual(await openedBy(first), { opened: 0, closed: total }, 'nothing opens by the old key')
  const text = await readFile(keyFile, 'utf8')
  assert.ok(!text.includes(first.toString('base64')) && !/^former/m.test(text), 'the old key is gone')
  assert.equal((await stat(keyFile)).mode & 0o777, 0o600)
})

test('passcodes, names for parties and codes of readings outlive the key that they were derived from', async () => {
  assert.equal(pairwiseSubject('a-party.example', 'somebody'), subject)
  assert.equal(audit.readingKeyName(), name)
  const { number, passcode } = holder
  assert.equal(
    (await accounts.checkPasscode(house.openWork, { number }, passcode, { address: '::1' })).outcome,
    'right',
  )
})

test('a process that read the key before seals under the new one a second later', async () => {
  assert.equal(await run(), undefined)
  // Another process wrote the file last, as it seems to this one.
  await setTimeout(1_100)
  const sealed = sealBytes('verification', 'x', Buffer.from('y'))
  setSealingKey(await keyOfFile())
  assert.equal(unsealBytes('verification', 'x', sealed).toString(), 'y')
  await openSealingKey(folder)
})

test('what opens by no key of the house is counted and refused, and no key is destroyed', async () => {
  const before = await keyOfFile()
  setSealingKey(Buffer.alloc(32, 9))
  const foreign = sealBytes('verification', pieceKey(batch, 'errors', 0), Buffer.from('x'))
  await openSealingKey(folder)
  await house.owner(
    `insert into verification.piece (batch_id, kind, at_byte, bytes, sealed) values ($1, 'errors', 0, 1, $2)`,
    [batch, foreign],
  )
  const refused = await run()
  assert.deepEqual([refused?.code, refused?.facts], ['sealed-under-another-key', { rows: { 'verification.piece': 1 } }])
  assert.ok((await readFile(keyFile, 'utf8')).includes(`former ${before.toString('base64')}`))
  await house.owner(`delete from verification.piece where kind = 'errors'`)
  assert.equal(await run(), undefined)
  assert.equal((await openedBy(await keyOfFile())).closed, 0)
})

test('a key is made and destroyed by deeds that name it and hold nothing of it', async () => {
  const deeds = await house.owner<{ deed: string; facts: Record<string, unknown> }>(
    `select deed, facts from audit.deed where deed like 'sealing-key.%' order by at, seq`,
  )
  assert.deepEqual(
    deeds.map(({ deed }) => deed),
    Array.from({ length: 3 }, () => ['sealing-key.made', 'sealing-key.destroyed']).flat(),
    'the first key was made by the process that was killed before it recorded anything',
  )
  // Each deed says which key was made in the place of which, the one that the killed process left out too.
  const keys = deeds
    .filter(({ deed }) => deed === 'sealing-key.made')
    .map(({ facts }) => [facts['key'], facts['former']])
  assert.deepEqual(
    keys.slice(1).map(([, former]) => former),
    keys.slice(0, -1).map(([key]) => key),
  )
  const text = JSON.stringify(deeds)
  for (const line of (await readFile(keyFile, 'utf8')).split('\n').filter(Boolean))
    assert.ok(!text.includes(line.split(' ').at(-1) ?? ''))
})

test('of a file under a data key the data key alone is sealed anew, and the file opens as before', async () => {
  const [row] = await house.owner<{ dataKey: Buffer; body: Buffer }>(
    'select data_key as "dataKey", body from attachments.content where attachment_id = $1',
    [paper],
  )
  assert.ok(row && !row.dataKey.equals(sealedPaper.dataKey) && row.body.equals(sealedPaper.body))
  assert.equal(unsealFile('attachment', paper, row).toString(), 'a scan of some megabytes')
})

test('every column in which something lies sealed is sealed anew, and every use of sealing has one', async () => {
  const described = await house.owner<{ name: string }>(
    `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and col_description(c.oid, a.attnum)
       ~* 'AES-256-GCM under the house|under the sealing key|sealed in the same way' order by 1`,
  )
  const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`).sort()
  assert.deepEqual(
    described.map(one => one.name),
    listed,
  )
  const uses = new Set(
    globSync('src/**/*.ts')
      .filter(file => !file.includes('.test'))
      .flatMap(file =>
        [...readFileSync(file, 'utf8').matchAll(/\bseal(?:Bytes|File)?\('([\w-]+)'/g)].map(([, use]) => use),
      ),
  )
  // A form that waits in its browser for ten minutes.
  uses.delete('kept-form')
  assert.deepEqual([...uses].sort(), [...new Set(sealedColumns.map(({ use }) => use))].sort())
})

test('a file of a key that is cut or is none is refused when a house opens', async () => {
  const whole = await readFile(keyFile, 'utf8')
  await writeFile(keyFile, whole.slice(0, 20))
  await assert.rejects(() => openSealingKey(folder), { code: 'sealing-key-unusable' })
  await writeFile(keyFile, whole)
  await openSealingKey(folder)
})
