// Chips of a whole campaign: batches of 5,000 cards are personalised as `card personalise` does it, from the orders in
// the database to the folders on the disk, beside the bare signatures that they need, by Node's OpenSSL and by
// `openssl speed`; then some are read again. node bench/chip.ts [CARDS]; 100,000 where it is not given.
import { execFileSync } from 'node:child_process'
import { createPrivateKey, sign as signBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { sql } from 'kysely'
import * as audit from '../src/audit/audit.ts'
import * as cards from '../src/cards/cards.ts'
import { portrait } from '../src/cards/printed-face/printed-face.test-sample.ts'
import { readCertificate } from '../src/chip/certificates/certificate.ts'
import { readRevocationList } from '../src/chip/certificates/revocation-list.ts'
import { inspectFiles } from '../src/chip/inspecting/inspect-files.ts'
import { curveNamed } from '../src/chip/keys/curves.ts'
import { newEcKeyPair } from '../src/chip/keys/signing-key.ts'
import { writerOfFolders } from '../src/cli/chip/chip-folders.ts'
import { readFolderOfChip } from '../src/cli/chip/folder-of-chip.ts'
import { asOperator } from '../src/open-house.ts'
import * as pki from '../src/pki/pki.ts'
import { now, stopwatch } from '../src/platform/clock.ts'
import { openDatabase } from '../src/platform/db.ts'
import { newId } from '../src/platform/ids.ts'
import { migrateJobs } from '../src/platform/jobs/jobs.ts'
import { clusterIn } from '../src/platform/postgres/cluster.ts'
import { migrate } from '../src/platform/postgres/migrate.ts'
import { openPostgres } from '../src/platform/postgres/postgres.ts'
import { setSealingKey } from '../src/platform/sealing/sealing.ts'
import { makeOpenWork, type OpenWork, type Work } from '../src/platform/work.ts'

const asked = Number(process.argv[2] ?? 100_000)
const inBatch = 5000
/** EF.SOD and EF.CardSecurity. */
const signaturesOfChip = 2
/** Of all chips, so many are read again. */
const readAgain = 200

const content = {
  number: '022205001234',
  fullName: 'CÔNG TẰNG TÔN NỮ PHƯƠNG NGUYỄN HOÀNG KHÁNH QUỲNH',
  birthDate: { y: 2005, m: 3, d: 15 },
  sex: 'F',
  nationality: 'Việt Nam',
  hometown: 'Thôn Nà Cà, xã Lục Hồn, huyện Bình Liêu, tỉnh Quảng Ninh',
  birthPlace: 'Tỉnh Quảng Ninh',
  residence: 'Tổ 5, Khu 3, phường Hồng Hà, thành phố Hạ Long, tỉnh Quảng Ninh',
  features: 'Nốt ruồi cách 1 cm dưới sau khóe mắt trái',
}

/** Orders of a batch, as if their applications had been approved today: every card its own number. */
async function insertBatch({ tx }: Work, at: number, count: number, face: Buffer): Promise<string> {
  const [id, unit] = [newId(), newId()]
  await sql`set constraints all deferred`.execute(tx)
  await sql`
    insert into cards.batch (id, code, unit_id, maker, state, planned_by, planned_at)
    values (${id}, ${`BENCH-${at}`}, ${unit}, 'house', 'open', 'bench', now())`.execute(tx)
  await sql`
    create temporary table one on commit drop as
    select gen_random_uuid() as person_id, gen_random_uuid() as card_id, n from generate_series(1, ${count}::integer) n
  `.execute(tx)
  await sql`
    insert into cards.card (person_id, id, state, state_on, origin, changed_at)
    select person_id, card_id, 'approved', current_date, 'issued', now() from one`.execute(tx)
  await sql`
    insert into cards.card_order (person_id, card_id, application_id, unit_id, due_on, content, portrait,
      portrait_sha256, captured_by, approved_by, approved_on, approved_at)
    select person_id, card_id, gen_random_uuid(), ${unit}::uuid, current_date + 7,
      ${JSON.stringify(content)}::jsonb || jsonb_build_object('number',
        '022205' || lpad((${at}::integer * ${inBatch}::integer + n)::text, 6, '0')),
      ${face}::bytea, encode(sha256(${face}::bytea), 'hex'), 'a', 'b', current_date, now() from one`.execute(tx)
  await sql`
    insert into cards.batch_card (person_id, batch_id, card_id, maker, state)
    select person_id, ${id}::uuid, card_id, 'house', 'waiting' from one`.execute(tx)
  return id
}

async function holdCeremonies(openWork: OpenWork): Promise<void> {
  const identities = [await generateX25519Identity(), await generateX25519Identity()]
  const custodians = await Promise.all(identities.map(identityToRecipient))
  let shares: readonly Uint8Array[] = []
  const giveOut = async (given: readonly Uint8Array[]) => {
    shares = given
  }
  const form = { curveForm: 'named', revocationLists: [] } as const
  const authority = { custodians, threshold: 2, organization: 'Bench', form, curve: 'secp384r1', giveOut }
  await openWork(asOperator('none'), work => pki.makeFirstAuthority(work, authority))
  const present = { identities, shares: shares.map((bytes, at) => ({ file: `share ${at}`, bytes })) }
  const signer = { kind: 'document-signer', curve: 'prime256v1' } as const
  await openWork(asOperator('none'), work => pki.issueSigner(work, present, signer))
}

type Measured = { readonly what: string; readonly count: number; readonly seconds: number; readonly cpu: number }

async function measure(what: string, count: number, step: () => Promise<unknown> | unknown): Promise<Measured> {
  const [used, clock] = [process.cpuUsage(), stopwatch()]
  await step()
  const { user, system } = process.cpuUsage(used)
  return { what, count, seconds: clock() / 1000, cpu: (user + system) / 1e6 }
}

const secondsOf = async (pid: number): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? []
  // Own and those of children that ended, in hundredths.
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
}

async function postgresSeconds(folder: string): Promise<number> {
  const postmaster = Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0])
  const children = (await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')).trim().split(' ')
  const each = await Promise.all([postmaster, ...children.map(Number)].map(pid => secondsOf(pid).catch(() => 0)))
  return each.reduce((sum, seconds) => sum + seconds, 0)
}

const rateLine = ({ what, count, seconds, cpu }: Measured) =>
  `| ${what} | ${count} | ${seconds.toFixed(1)} | ${(count / seconds).toFixed(0)} | ${cpu.toFixed(1)} |`

/** What `openssl speed` signs a second with one process. */
function opensslRate(): string {
  try {
    const text = execFileSync('openssl', ['speed', '-seconds', '3', 'ecdsap256'], { encoding: 'utf8', stdio: 'pipe' })
    return /nistp256\)\s+\S+\s+\S+\s+([\d.]+)/.exec(text)?.[1] ?? 'not read'
  } catch {
    return 'openssl is not here'
  }
}

async function bareSignatures(count: number): Promise<void> {
  const { privateKey } = await newEcKeyPair(curveNamed('prime256v1'))
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' })
  const bytes = Buffer.alloc(300, 1)
  for (let at = 0; at < count; at++) signBytes('sha256', bytes, key)
}

async function bareKeyPairs(count: number): Promise<void> {
  for (let at = 0; at < count; at += 100)
    await Promise.all(Array.from({ length: 100 }, () => newEcKeyPair(curveNamed('prime256v1'))))
}

async function encryptKeys(count: number, recipient: string): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  for (let at = 0; at < count; at++) await encrypter.encrypt('x'.repeat(500))
}

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-bench-'))
const out = join(folder, 'chips')
const cluster = clusterIn(join(folder, 'data'))
setSealingKey(Buffer.alloc(32, 7))
const postgres = await openPostgres({ dataDir: join(folder, 'data'), purpose: 'bench' })
const database = openDatabase(postgres.administratorUrl, { connections: 4 })
const openWork = makeOpenWork(database, { beforeCommit: audit.seal, businessDay: () => undefined })
try {
  await migrateJobs(postgres.administratorUrl)
  await migrate(postgres.administratorUrl)
  await holdCeremonies(openWork)
  const face = await portrait()
  const recipient = await identityToRecipient(await generateX25519Identity())
  console.log(`${asked} cards, a portrait of ${face.length} bytes, ${cpus().length} processors (${cpus()[0]?.model})`)
  console.log(`openssl speed ecdsap256, one process: ${opensslRate()} signatures a second`)
  const signed = await measure('bare signatures that they need (Node)', asked * signaturesOfChip, () =>
    bareSignatures(asked * signaturesOfChip),
  )
  const keys = await measure('bare key pairs', 10_000, () => bareKeyPairs(10_000))
  const sealed = await measure('private keys encrypted by age', 1000, () => encryptKeys(1000, recipient))

  const before = await postgresSeconds(cluster)
  let [seconds, cpu, written, wrong] = [0, 0, 0, 0]
  for (let at = 0; written < asked; at++) {
    const batch = await openWork(asOperator('none'), work =>
      insertBatch(work, at, Math.min(inBatch, asked - written), face),
    )
    const done = await measure('batch', inBatch, async () => {
      const made = await cards.personaliseBatch(openWork, asOperator('card'), batch, writerOfFolders(out, [recipient]))
      if (made.refused.length > 0) throw new Error(`left out: ${JSON.stringify(made.refused[0])}`)
      written += made.written
    })
    seconds += done.seconds
    cpu += done.cpu
    const files = await readdir(out)
    const folders = files.filter(name => /^[0-9a-f-]{36}$/.test(name))
    const trust = {
      anchors: [readCertificate(await readFile(join(out, 'csca.cer')))],
      revocationLists: [readRevocationList(await readFile(join(out, 'crl.crl')))],
      now: now(),
    }
    for (const name of folders.slice(0, Math.ceil((readAgain * inBatch) / asked)))
      if (!inspectFiles(await readFolderOfChip(join(out, name)), trust).isGenuine) wrong++
    await rm(out, { recursive: true })
  }
  const whole = { what: 'cards personalised: read, made, signed, written, kept', count: written, seconds, cpu }
  const database_seconds = (await postgresSeconds(cluster)) - before
  console.log('| what | how many | seconds | a second | processor seconds |\n|---|---:|---:|---:|---:|')
  for (const one of [signed, keys, sealed, whole]) console.log(rateLine(one))
  console.log(
    `PostgreSQL, with the orders: ${database_seconds.toFixed(1)} processor seconds; wrong of those read: ${wrong}`,
  )
} finally {
  await database.end()
  await postgres.release()
  await rm(folder, { recursive: true, force: true })
}
