import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { emptyDatabase, templates } from '../../test/house.ts'
import { terminalAnswerOf } from '../../test/terminal-answer.ts'
import { type House, openHouse } from '../open-house.ts'
import { Problem } from '../platform/problem.ts'
import { backupTo, keyPaper, restoreFrom } from './backup.ts'
import { checkSecrets } from './doctor/secrets.ts'
import { reseal } from './rotate-keys.ts'

/** An installation whose secrets are given by the system's secret manager, and by nothing else. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-secrets-'))
const smtp = 'smtps://house:plum-of-the-mail@mail.example.vn'

type Place = { readonly data: string; readonly credentials: string; readonly keys: (name: string) => string }

let places = 0
async function aPlace(): Promise<Place> {
  const data = join(folder, `data-${++places}`)
  const credentials = join(folder, `credentials-${places}`)
  await mkdir(join(data, 'keys'), { recursive: true, mode: 0o700 })
  await mkdir(credentials, { mode: 0o700 })
  return { data, credentials, keys: name => join(data, 'keys', name) }
}
const give = ({ credentials }: Place, name: string, text: string) =>
  writeFile(join(credentials, name), text, { mode: 0o400 })

const houses = new Set<House>()
after(async () => {
  for (const house of houses) await house.close()
  await rm(folder, { recursive: true, force: true })
})
async function open(place: Place, environment: Record<string, string> = { CREDENTIALS_DIRECTORY: place.credentials }) {
  const house = await openHouse({ folder: place.data, purpose: 'command', environment })
  houses.add(house)
  return house
}
const close = async (house: House) => {
  houses.delete(house)
  await house.close()
}
const refusalOf = (opening: Promise<unknown>) =>
  opening.then(
    () => ({ code: 'none', facts: {} as Readonly<Record<string, unknown>> }),
    (error: unknown) => {
      if (!(error instanceof Problem)) throw error
      assert.doesNotMatch(JSON.stringify([error.message, error.facts]), /plum/)
      return { code: error.code, facts: error.facts }
    },
  )

/** A command of the house, told as JSON to nobody. */
async function run(command: (given: never) => Promise<void>, house: House, file?: string, values = {}): Promise<void> {
  await terminalAnswerOf(() => command({ house, positionals: file ? [file] : [], values, json: true } as never))
}

/** An installation that worked for a while, whose keys were then handed over to the secret manager. */
async function aMovedInstallation(): Promise<Place> {
  const place = await aPlace()
  const url = await emptyDatabase(templates.withUnits)
  const before = await open(place, { DATABASE_URL: url })
  await before.stationKeys()
  await run(keyPaper, before, join(folder, `paper-${places}.txt`))
  await close(before)
  for (const name of readdirSync(place.keys(''))) {
    await rename(place.keys(name), join(place.credentials, name))
    await chmod(join(place.credentials, name), 0o400)
  }
  await give(place, 'database-url', `${url}\n`)
  return place
}

test('a house takes all its secrets from the folder of credentials, and keeps none in its own', async () => {
  const place = await aMovedInstallation()
  await give(place, 'smtp-url', smtp)
  const house = await open(place, { CREDENTIALS_DIRECTORY: place.credentials, DINHDANH_MAIL_FROM: 'house@tinh.vn' })
  assert.equal(house.config.smtpUrl, smtp)
  await house.stationKeys()
  await house.keepHeads()
  assert.deepEqual(readdirSync(place.keys('')), [])
  const { ok, found } = checkSecrets(house)
  assert.deepEqual([ok, found.includes('sealing.key'), found.includes('smtpUrl')], [true, true, true])
  assert.match(found, /^databaseUrl, .* from the folder of credentials$/)
  assert.doesNotMatch(found, /plum/)
  await close(house)
})

test('a command that is not given the keys refuses, and makes no second ones', async () => {
  const place = await aMovedInstallation()
  const url = readFileSync(join(place.credentials, 'database-url'), 'utf8').trim()
  await close(await open(place))
  const { code, facts } = await refusalOf(open(place, { DATABASE_URL: url }))
  assert.equal(code, 'secret-not-given')
  assert.match(String(facts['secret']), /sealing\.key, audit-heads\.pem/)
  assert.deepEqual(readdirSync(place.keys('')), [])
})

test('a secret that is given twice is refused, wherever the two stand', async () => {
  const place = await aPlace()
  const url = await emptyDatabase(templates.withUnits)
  await give(place, 'database-url', url)
  const both = { CREDENTIALS_DIRECTORY: place.credentials, DATABASE_URL: url }
  assert.deepEqual((await refusalOf(open(place, both))).facts, {
    secret: 'databaseUrl',
    places: ['the environment', join(place.credentials, 'database-url')],
  })
  await writeFile(join(place.data, 'config.json'), JSON.stringify({ smtpUrl: smtp, mailFrom: 'house@tinh.vn' }))
  const twice = { DATABASE_URL: url, DINHDANH_SMTP_URL: smtp }
  assert.equal((await refusalOf(open(place, twice))).code, 'secret-given-twice')
  await rm(join(place.data, 'config.json'))

  const moved = await aMovedInstallation()
  await writeFile(moved.keys('sealing.key'), readFileSync(join(moved.credentials, 'sealing.key')))
  const { code, facts } = await refusalOf(open(moved))
  assert.deepEqual([code, facts['secret']], ['secret-given-twice', 'sealing.key'])
})

test('a misspelt, empty or readable file of the folder is refused by name, not passed over', async () => {
  const place = await aPlace()
  const url = await emptyDatabase(templates.withUnits)
  const whyWith = async (name: string, text: string, mode = 0o400) => {
    await give(place, name, text)
    await chmod(join(place.credentials, name), mode)
    const environment = { DINHDANH_CREDENTIALS_FOLDER: place.credentials, DATABASE_URL: url }
    const { code, facts } = await refusalOf(open(place, environment))
    await rm(join(place.credentials, name))
    return `${code}: ${facts['why'] ?? facts['file'] ?? ''}`
  }
  assert.equal(await whyWith('sealing-key', 'plum'), 'secret-unreadable: no secret has this name')
  assert.equal(await whyWith('smtp-url', '\n'), 'secret-unreadable: it is empty')
  assert.match(await whyWith('smtp-url', smtp, 0o444), /^secret-unreadable: everybody/)
  assert.match(await whyWith('smtp-url', 'http://plum@mail'), /^config-invalid/)
  assert.match(await whyWith('sealing.key', 'plum'), /^sealing-key-unusable: .*sealing\.key/)
  assert.equal(existsSync(place.keys('sealing.key')), false, 'none was made in its place')
  const nowhere = { DINHDANH_CREDENTIALS_FOLDER: join(folder, 'nowhere'), DATABASE_URL: url }
  assert.equal((await refusalOf(open(place, nowhere))).code, 'secret-unreadable')
})

test('a secret of Kubernetes, links that are swapped, is read', async () => {
  const place = await aMovedInstallation()
  const mounted = join(folder, `mounted-${places}`)
  await mkdir(mounted, { mode: 0o700 })
  await rename(place.credentials, join(mounted, '..2026_11_29'))
  await symlink('..2026_11_29', join(mounted, '..data'))
  for (const name of readdirSync(join(mounted, '..data'))) await symlink(join('..data', name), join(mounted, name))
  const house = await open(place, { DINHDANH_CREDENTIALS_FOLDER: mounted })
  assert.deepEqual(readdirSync(place.keys('')), [])
  await close(house)
})

test('the sealing key of a secret manager is not resealed, until it lies in keys/ again', async () => {
  const place = await aMovedInstallation()
  const house = await open(place)
  const before = readFileSync(join(place.credentials, 'sealing.key'), 'utf8')
  assert.equal((await refusalOf(run(reseal, house))).code, 'secret-not-ours-to-write')
  assert.equal(readFileSync(join(place.credentials, 'sealing.key'), 'utf8'), before)
  assert.deepEqual(readdirSync(place.keys('')), [])
  await close(house)

  await rename(join(place.credentials, 'sealing.key'), place.keys('sealing.key'))
  await chmod(place.keys('sealing.key'), 0o600)
  const own = await open(place)
  await run(reseal, own)
  assert.notEqual(readFileSync(place.keys('sealing.key'), 'utf8'), before)
  await close(own)
})

test('a backup is made and restored by keys of a secret manager, and the new folder keeps its own', async () => {
  const place = await aMovedInstallation()
  const house = await open(place)
  const file = join(folder, 'backup-of-secrets')
  await run(backupTo, house, file)
  await close(house)

  const fresh = await aPlace()
  const environment = { DATABASE_URL: await emptyDatabase(templates.withUnits) }
  const restored = await open(fresh, environment)
  const paper = `paper-${places - 1}.txt`
  const signedBy = /fingerprint: +(\w+)/.exec(readFileSync(join(folder, paper), 'utf8'))?.[1] ?? ''
  const journal = join(place.data, 'revocations.jsonl')
  // What was sealed stays shut here: the sealing key of the other installation is not given.
  const values = { identity: join(folder, paper), 'signed-by': signedBy, journal, 'without-sealing-key': true }
  await run(restoreFrom, restored, file, values)
  await close(restored)
  // It opens again without the folder of credentials of the other installation.
  await close(await open(fresh, environment))
})

test('whoever reads the processes of a house, or its log, finds no secret there', async () => {
  const place = await aMovedInstallation()
  await give(place, 'smtp-url', smtp)
  const { HOUSE_TEST_URL: _url, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  const environment = {
    ...rest,
    DINHDANH_CREDENTIALS_FOLDER: place.credentials,
    DINHDANH_MAIL_FROM: 'house@tinh.vn',
    DINHDANH_LOG_LEVEL: 'debug',
  }
  const command = new URL('../../bin/dinhdanh', import.meta.url).pathname
  const url = readFileSync(join(place.credentials, 'database-url'), 'utf8').trim()
  const secrets = [url, 'plum-of-the-mail', readFileSync(join(place.credentials, 'sealing.key'), 'utf8').trim()]
  const child = spawn(command, ['start', '--no-demo', '--port', '0', '--data', place.data], { env: environment })
  let output = ''
  await new Promise<void>((ready, fail) => {
    const take = (piece: Buffer) => {
      output += String(piece)
      if (output.includes('Ctrl-C')) ready()
    }
    for (const stream of [child.stdout, child.stderr]) stream.on('data', take)
    child.on('exit', code => fail(new Error(`the house ended with ${code}: ${output}`)))
  })
  child.removeAllListeners('exit')
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')
  assert.ok(children.length >= 1 && children[0])
  const processes = [String(child.pid), ...children].map(pid =>
    ['environ', 'cmdline'].map(what => readFileSync(`/proc/${pid}/${what}`, 'utf8')).join('\n'),
  )
  const doctor = await new Promise<string>(done =>
    execFile(command, ['doctor', '--data', place.data], { env: environment }, (_error, stdout, stderr) =>
      done(`${stdout}${stderr}`),
    ),
  )
  child.kill('SIGINT')
  await once(child, 'exit')
  assert.match(doctor, /secrets: databaseUrl, smtpUrl, .*sealing\.key.* from the folder of credentials/)
  for (const text of [...processes, output, doctor])
    for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret is shown')
})
