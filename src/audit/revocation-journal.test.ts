import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { appendFile, copyFile, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openHouse } from '../../test/house.ts'
import { Problem } from '../platform/problem.ts'
import { asSystem, makeOpenWork, type OpenWork } from '../platform/work.ts'
import * as audit from './audit.ts'
import { type Journal, journalFile, openJournal, readJournal } from './revocation-journal.ts'

const house = await openHouse()
const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-journal-'))
after(() => rm(folder, { recursive: true }))
const { privateKey: key } = generateKeyPairSync('ed25519')
const installation = 'an-installation'

const journalIn = (data: string): Journal => {
  const journal = openJournal({
    file: journalFile(data),
    house: () => installation,
    key: () => key,
    journalled: { 'card.revoked': ({ subject }) => ({ of: subject.id }) },
  })
  after(() => journal.close())
  return journal
}
/** The cards that were revoked in the one database of these tests, and how many of them before a folder was made. */
const revoked: string[] = []
const revokedBefore = new Map<string, number>()
const aFolder = async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  revokedBefore.set(data, revoked.length)
  return data
}
const read = (data: string) => readJournal(journalFile(data), { key, house: installation })
const cardsIn = async (data: string) => {
  const before = revoked.slice(0, revokedBefore.get(data))
  return (await read(data)).lines.map(({ of }) => of).filter(id => !before.includes(id))
}
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

const worksWith = (journal: Pick<Journal, 'append'>): OpenWork =>
  makeOpenWork(house.database, {
    beforeCommit: audit.seal,
    onCommitted: journal.append,
    businessDay: () => undefined,
  })
const revoke = (openWork: OpenWork, id: string, deed = 'card.revoked') => {
  revoked.push(id)
  return openWork(asSystem('test'), work => audit.record(work, deed, { kind: 'card', id }))
}

test('a card’s end is in the journal before anybody is told of it; other deeds are not', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'one')
  assert.deepEqual(await cardsIn(data), ['one'])
  await Promise.all(['two', 'three', 'four'].map(id => revoke(openWork, id)))
  await revoke(openWork, 'five', 'card.made')
  assert.deepEqual((await cardsIn(data)).toSorted(), ['four', 'one', 'three', 'two'])
  assert.equal((await stat(journalFile(data))).mode & 0o077, 0)
})

test('what was rolled back is not in the journal', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const failing = worksWith(journal)(asSystem('test'), async work => {
    await audit.record(work, 'card.revoked', { kind: 'card', id: 'not-after-all' })
    throw new Error('no')
  })
  await assert.rejects(failing, /no/)
  assert.deepEqual(await cardsIn(data), [])
})

test('nobody is told that a card ended where its line could not be written', async () => {
  const openWork = worksWith({ append: () => Promise.reject(new Error('ENOSPC')) })
  await assert.rejects(revoke(openWork, 'disk-full'), /ENOSPC/)
})

test('a crash between commit and line loses nothing: the next opening writes what is missing', async () => {
  const data = await aFolder()
  await journalIn(data).catchUp(house.openWork)
  await revoke(house.openWork, 'crashed-one')
  await revoke(house.openWork, 'crashed-two')
  assert.deepEqual(await cardsIn(data), [])
  assert.equal((await journalIn(data).catchUp(house.openWork)).leftOut, 2)
  assert.deepEqual(await cardsIn(data), ['crashed-one', 'crashed-two'])
  assert.equal((await journalIn(data).catchUp(house.openWork)).leftOut, 0)
})

test('a line that a crash cut short is written again, and those behind it are read', async () => {
  const data = await aFolder()
  await journalIn(data).catchUp(house.openWork)
  await revoke(house.openWork, 'cut')
  await appendFile(journalFile(data), '{"house":"an-installation","id":"0198')
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  await revoke(worksWith(journal), 'behind')
  assert.deepEqual(await cardsIn(data), ['cut', 'behind'])
})

test('a line that another process was killed in spoils no line behind it', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'before-it')
  await appendFile(journalFile(data), '{"house":"an-installation","id":"0198')
  await revoke(openWork, 'behind-it')
  assert.deepEqual(await cardsIn(data), ['before-it', 'behind-it'])
})

/** Lets no file of this process grow beyond so many bytes, as on a disk that is full. */
const letFilesGrowTo = (bytes: number | 'unlimited') =>
  spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]).status === 0
const hasPrlimit = letFilesGrowTo('unlimited')

test('a disk that fills up in a line loses none, and nobody is told that the card ended', {
  skip: !hasPrlimit && 'prlimit of util-linux is not there',
}, async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'before-full')
  const ids = ['full-one', 'full-two', 'full-three', 'full-four']
  letFilesGrowTo((await stat(journalFile(data))).size + 40)
  const ended = await Promise.allSettled(ids.map(id => revoke(openWork, id)))
  letFilesGrowTo('unlimited')
  assert.deepEqual([...new Set(ended.map(({ status }) => status))], ['rejected'])
  await revoke(openWork, 'behind-full')
  assert.equal((await journal.catchUp(house.openWork, { mark: 'always' })).leftOut, ids.length)
  assert.deepEqual((await cardsIn(data)).toSorted(), ['before-full', 'behind-full', ...ids].toSorted())
})

test('a journal that is moved away under the processes that write it is made anew, and whole', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'before-the-move')
  await rename(journalFile(data), join(data, 'moved'))
  await revoke(openWork, 'after-the-move')
  assert.deepEqual(await cardsIn(data), ['after-the-move'])
  await journal.catchUp(house.openWork)
  assert.deepEqual((await cardsIn(data)).toSorted(), ['after-the-move', 'before-the-move'])
  // Nothing need happen meanwhile.
  await rm(journalFile(data))
  await journal.catchUp(house.openWork)
  assert.deepEqual(await cardsIn(data), ['before-the-move', 'after-the-move'])
})

test('a journal that is set back to a copy, or cut, gets again what it lacks', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'in-the-copy')
  const copy = join(data, 'copy')
  await copyFile(journalFile(data), copy)
  await revoke(openWork, 'behind-the-copy')
  // Into the file that the processes have open.
  await copyFile(copy, journalFile(data))
  await journal.catchUp(house.openWork)
  assert.deepEqual(await cardsIn(data), ['in-the-copy', 'behind-the-copy'])
  // Another one in its place.
  await rename(copy, journalFile(data))
  await journal.catchUp(house.openWork)
  assert.deepEqual(await cardsIn(data), ['in-the-copy', 'behind-the-copy'])
})

test('a journal that was lost between two openings is written again from the record of deeds', async () => {
  const data = await aFolder()
  const first = journalIn(data)
  await first.catchUp(house.openWork)
  await revoke(worksWith(first), 'in-the-lost-one')
  await rm(journalFile(data))
  await journalIn(data).catchUp(house.openWork)
  assert.deepEqual(await cardsIn(data), ['in-the-lost-one'])
  assert.ok((await read(data)).wholeUntil)
})

test('two processes of one folder write each deed once', async () => {
  const data = await aFolder()
  const [server, worker] = [journalIn(data), journalIn(data)]
  await server.catchUp(house.openWork)
  await worker.catchUp(house.openWork)
  await revoke(worksWith(worker), 'by-the-worker')
  assert.equal((await server.catchUp(house.openWork)).leftOut, 0)
  assert.equal((await readFile(journalFile(data), 'utf8')).split('by-the-worker').length, 2)
})

test('a database that was set back does not hide what is done after it', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork, { mark: 'always' })
  const far = (await readFile(journalFile(data), 'utf8')).trim().split('\n').at(-1) ?? ''
  const other = await openHouse()
  const elsewhere = journalIn(data)
  assert.ok(far.includes('"upTo"'))
  await elsewhere.catchUp(other.openWork)
  await revoke(other.openWork, 'after-setting-back')
  await journalIn(data).catchUp(other.openWork)
  assert.ok((await cardsIn(data)).includes('after-setting-back'))
})

test('a line that was changed, taken out, or written by another is found', async () => {
  const data = await aFolder()
  const journal = journalIn(data)
  await journal.catchUp(house.openWork)
  const openWork = worksWith(journal)
  await revoke(openWork, 'first')
  await revoke(openWork, 'second')
  await journal.catchUp(house.openWork, { mark: 'always' })
  const lines = (await readFile(journalFile(data), 'utf8')).trim().split('\n')
  const at = lines.findIndex(line => line.includes('"first"'))
  const readOf = async (changed: readonly string[]) => {
    const file = join(folder, 'changed.jsonl')
    await writeFile(file, changed.join('\n'))
    return readJournal(file, { key, house: installation })
  }
  assert.equal((await readOf(lines)).lines.length, (await read(data)).lines.length)
  await assert.rejects(
    readOf(lines.with(at, lines[at]?.replace('"first"', '"other"') ?? '')),
    refusal('journal-signed-by-another'),
  )
  await assert.rejects(readOf(lines.toSpliced(at, 1)), refusal('journal-not-whole'))
  await assert.rejects(readOf(lines.with(at, 'not a line')), refusal('journal-not-whole'))
  await assert.rejects(readOf([]), refusal('journal-not-there'))
  const file = journalFile(data)
  const { privateKey: theirs } = generateKeyPairSync('ed25519')
  await assert.rejects(readJournal(file, { key: theirs, house: installation }), refusal('journal-signed-by-another'))
  await assert.rejects(readJournal(file, { key, house: 'another' }), refusal('journal-signed-by-another'))
})
