import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Pool } from 'pg'
import { aCard } from '../../test/a-card.ts'
import { aClient } from '../../test/a-client.ts'
import { aStation } from '../../test/a-station.ts'
import { anActivatedAccount } from '../../test/an-account.ts'
import { anOfficerOf, aPerson, commune, enter } from '../../test/builders.ts'
import { businessDay, emptyDatabase, type TestHouse, templates } from '../../test/house.ts'
import { signInWhole } from '../../test/officer-factor.ts'
import * as accounts from '../accounts/accounts.ts'
import { printSlips } from '../accounts/slips/slips.ts'
import * as audit from '../audit/audit.ts'
import { journalFile } from '../audit/revocation-journal.ts'
import { verificationOf } from '../audit-verification.ts'
import * as cards from '../cards/cards.ts'
import { registerStation, revokeStation } from '../enrolment/stations/stations.ts'
import { type House, openHouse } from '../open-house.ts'
import { suspendClient } from '../parties/clients/clients.ts'
import { signerFingerprint } from '../platform/archive/archive.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { asSystem } from '../platform/work.ts'
import { notRevocations, revocations } from '../revocations.ts'
import * as signin from '../signin/signin.ts'
import { dropFactors } from '../staff/factors/factors.ts'
import { signIn } from '../staff/sign-in.ts'
import * as staff from '../staff/staff.ts'
import { withCredentials } from '../staff/store-session.ts'
import { backupTo, keyPaper, restoreFrom } from './backup.ts'

/** What an insider, or a thief, would gain by a restore: everything that was ended since the backup. */

const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-restore-'))
after(() => rm(folder, { recursive: true }))

async function anInstallation(template: string): Promise<House> {
  const data = await mkdtemp(join(folder, 'data-'))
  const url = await emptyDatabase(template)
  const opened = await openHouse({ folder: data, purpose: 'command', environment: { DATABASE_URL: url } })
  after(() => opened.close())
  await opened.remember({ businessDay })
  return opened
}

/** The same as tests arrange in, with the eyes of its owner. */
function inTestsOf(house: House): TestHouse {
  const owner = new Pool({ connectionString: house.database.url, max: 2 })
  owner.on('error', () => undefined)
  after(() => owner.end())
  return {
    url: house.database.url,
    database: house.database,
    openWork: house.openWork,
    work: verb => house.openWork(asSystem('test'), verb),
    as: house.openWork,
    owner: async (text, values) => (await owner.query(text, values)).rows,
  }
}

type Values = Record<string, string | boolean>
const given = (house: House, file: string, values: Values = {}) => ({ house, positionals: [file], values, json: true })
const refusal = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

const source = await anInstallation(templates.withUnits)
const house = inTestsOf(source)
const { work: asHouse } = house

const officer = await anOfficerOf(house, commune.haKhanh)
const a = { openWork: source.openWork, standing: officer }
const device = { device: 'a-browser', address: '10.0.0.1', browser: 'Firefox' }
const anOfficer = (login: string, role: staff.Role = 'administrator') =>
  asHouse(async work => {
    const { officer: added, password } = await staff.addOfficer(work, {
      login,
      fullName: 'Cán bộ',
      unitId: officer.unitId,
      own: { password: `mat-khau-${login}-9` },
    })
    const [province] = await house.owner<{ id: string }>(`select id from units.unit where code = '22' limit 1`)
    const unitId = (role === 'administrator' ? province?.id : officer.unitId) as typeof officer.unitId
    const appointment = await staff.appoint(work, { officerId: added.id, role, unitId })
    return { id: added.id, login, password, appointmentId: appointment.id }
  })
const [stays, accepts, leaves, loses, resets, losesFactors, enrols] = [
  await anOfficer('stays'),
  await anOfficer('accepts'),
  await anOfficer('leaves'),
  await anOfficer('loses'),
  await anOfficer('resets'),
  await anOfficer('loses-factors'),
  await anOfficer('enrols'),
]

const aHeldCard = async (): Promise<{ personId: Awaited<ReturnType<typeof enter>>; cardId: cards.CardId }> => {
  const personId = await enter(house, aPerson())
  return { personId, cardId: await aCard(a, personId, 'handed-over') }
}
const [revoked, blocked, unblocked, kept] = [await aHeldCard(), await aHeldCard(), await aHeldCard(), await aHeldCard()]
const approvedCard = await aCard(a, await enter(house, aPerson()), 'approved')
const [locked, ended, newPasscode, newPhone, unlocked, same] = [
  await anActivatedAccount(house),
  await anActivatedAccount(house),
  await anActivatedAccount(house),
  await anActivatedAccount(house),
  await anActivatedAccount(house),
  await anActivatedAccount(house),
]
const codes = await asHouse(work => accounts.makeRecoveryCodes(work, same))
const [slip] = await house.as(officer, work => printSlips(work, [same.accountId]))
assert.ok(slip)
const [suspended, replaced, untouched] = [await aClient(house), await aClient(house), await aClient(house)]
const station = await aStation()
await house.as(officer, work => registerStation(work, { id: station.id, name: 'Máy 1', publicKey: station.publicKey }))
for (const one of [stays, losesFactors]) {
  const signedIn = await signInWhole(source.openWork, { login: one.login, password: one.password, from: device })
  assert.equal(signedIn.outcome, 'signed-in')
}

const consentId = newId<'consent'>()
await house.owner(
  `insert into signin.session
     (person_id, id, account_id, token_hash, factors, browser, began_at, seen_at, ends_at)
   values ($1, $2, $3, $4, '[]', 'Firefox', now(), now(), now() + interval '1 day')`,
  [same.personId, newId<'citizen-session'>(), same.accountId, randomBytes(32)],
)
await house.owner(
  `insert into signin.artifact (kind, id_hash, payload, person_id, client_id, grant_id, expires_at)
   select kind, sha256(kind::bytea), '{}', $1, $2, 'g', now() + interval '1 day'
   from unnest(array['Grant', 'AccessToken', 'RefreshToken', 'Session']) as kind`,
  [same.personId, untouched.clientId],
)
await house.owner(
  `insert into signin.consent (person_id, id, account_id, client_id, party_id, scopes, refused, given_at, ends_at,
     grant_id) values ($1, $2, $3, $4, $5, '{profile}', '{}', now(), now() + interval '1 year', 'g')`,
  [same.personId, consentId, same.accountId, untouched.clientId, newId<'party'>()],
)
await asHouse(signin.replaceSigningKeys)
const [signingKey] = await house.owner<{ kid: string }>('select kid from signin.key where gone_at is null')

const file = join(folder, 'evening.dd')
const paper = join(folder, 'paper.txt')
await keyPaper(given(source, paper))
await backupTo(given(source, file))
const opened = {
  identity: paper,
  'signed-by': signerFingerprint(source.signingKey()),
  'without-sealing-key': true,
}

// And then the evening goes on.
const actingFor = ({ id }: { readonly id: string }) => ({
  ...officer,
  by: { kind: 'officer' as const, id },
  scope: 'house' as const,
})
const { id: reset } = await house.as(actingFor(stays), work => staff.proposals.proposeReset(work, resets.id))
await house.as(actingFor(accepts), work => staff.proposals.acceptProposal(work, reset, { delivery: 'paper' }))
assert.equal((await signInWhole(source.openWork, { ...enrols, from: device })).outcome, 'signed-in')
await asHouse(work =>
  withCredentials(work, () => dropFactors(work, { officerId: losesFactors.id, unitId: officer.unitId })),
)
await asHouse(async work => {
  await staff.dismissOfficer(work, leaves.id)
  await staff.endAppointment(work, loses.appointmentId)
  await cards.revokeCard(work, revoked.cardId, { code: 'never-found' })
  await cards.blockCard(work, blocked.cardId, { code: 'lost' })
  await cards.blockCard(work, unblocked.cardId, { code: 'lost' })
  await cards.unblockCard(work, unblocked.cardId)
  await cards.cancelCard(work, approvedCard, { code: 'withdrawn' })
  await accounts.lock(work, locked.accountId, { reason: 'asked' })
  await accounts.lock(work, unlocked.accountId, { reason: 'asked' })
  await accounts.unlock(work, unlocked.accountId)
  await accounts.cancel(work, ended.accountId, { reason: 'asked' })
  await audit.record(work, 'passcode.changed', {
    kind: 'account',
    id: newPasscode.accountId,
    personId: newPasscode.personId,
  })
  await suspendClient(work, suspended.clientId, 'keys were stolen')
  await audit.record(
    work,
    'client-version.approved',
    { kind: 'party', id: newId<'party'>() },
    { client: replaced.clientId, version: 2 },
  )
  assert.equal(await signin.withdrawConsent(work, same.personId, consentId), true)
})
assert.equal(await accounts.checkRecoveryCode(source.openWork, same, codes[0] ?? ''), 'right')
await house.as(officer, async work => {
  await printSlips(work, [same.accountId])
  await revokeStation(work, station.id, 'stolen')
  await accounts.changePhone(work, newPhone.accountId, { phone: '0987654321', again: '0987654321', proof: 'card' })
})

const journal = join(folder, 'copied.jsonl')
await writeFile(journal, await readFile(journalFile(source.folder)))
const restored = await anInstallation(templates.migrated)
await restoreFrom(given(restored, file, { ...opened, journal }))
const now = inTestsOf(restored)

const stateOf = async (table: string, id: string, column = 'state') =>
  (await now.owner<Record<string, unknown>>(`select ${column} from ${table} where id = $1`, [id]))[0]?.[column]
const livingOf = async (what: string) =>
  (await now.owner<{ n: number }>(`select count(*)::integer as n from ${what}`))[0]?.n

test('nobody is signed in after a restore: officers, citizens, their tokens and grants', async () => {
  assert.ok(((await house.owner('select from staff.session where ended_at is null')).length ?? 0) > 0)
  assert.equal(await livingOf('staff.session where ended_at is null'), 0)
  assert.equal(await livingOf('signin.session where ended_at is null'), 0)
  assert.equal(await livingOf('signin.artifact'), 0)
  assert.equal(await livingOf('parties.engineer_session where ended_at is null'), 0)
  assert.equal(await livingOf('parties.sign_in_link'), 0)
})

test('the keys that signed before a restore are believed no longer', async () => {
  const gone = await now.owner<{ gone: boolean }>('select gone_at is not null as gone from signin.key where kid = $1', [
    signingKey?.kid,
  ])
  assert.deepEqual(gone, [{ gone: true }])
  assert.equal(await livingOf('signin.key where gone_at is null'), 1)
})

test('an officer who left, or lost a post, after the backup does not come back with it', async () => {
  const refusedTo = async ({ login, password }: typeof stays) =>
    (await signIn(restored.openWork, { login, password, from: device })).outcome
  assert.equal(await refusedTo(leaves), 'refused')
  assert.equal(await refusedTo(loses), 'no-post')
  assert.equal(await refusedTo(resets), 'refused', 'the password of before the reset')
  assert.equal(await refusedTo(stays), 'password-right')
})

test('a second factor removed after a backup is none, and a password alone adds none again', async () => {
  const nextOf = async ({ login, password }: typeof stays) =>
    (await signIn(restored.openWork, { login, password, from: device })).outcome
  assert.equal(await nextOf(losesFactors), 'no-factor', 'the key that was lost opens nothing')
  assert.equal(await nextOf(enrols), 'no-factor', 'the password of before the first factor')
  assert.equal(await livingOf(`staff.factor where officer_id = '${losesFactors.id}'`), 0)
})

test('a card that was revoked or blocked after the backup stays so, and one that was unblocked is in use', async () => {
  assert.equal(await stateOf('cards.card', revoked.cardId), 'revoked')
  assert.equal(await stateOf('cards.card', blocked.cardId), 'blocked')
  assert.equal(await stateOf('cards.card', unblocked.cardId), 'handed-over')
  assert.equal(await stateOf('cards.card', kept.cardId), 'handed-over')
})

test('an account that was locked or ended after the backup stays so', async () => {
  assert.equal(await stateOf('accounts.account', locked.accountId), 'locked')
  assert.equal(await stateOf('accounts.account', ended.accountId), 'cancelled')
  assert.equal(await stateOf('accounts.account', unlocked.accountId), 'activated')
  assert.equal(await stateOf('accounts.account', same.accountId), 'activated')
})

const passcodeOf = (one: { accountId: string }) =>
  livingOf(`accounts.passcode where account_id = '${one.accountId}'::uuid`)

test('a passcode, a telephone, codes and a slip of before their change open nothing any more', async () => {
  assert.equal(await passcodeOf(newPasscode), 0)
  assert.equal(await passcodeOf(same), 1)
  assert.equal(await stateOf('accounts.account', newPhone.accountId, 'phone'), null)
  assert.equal(await stateOf('accounts.account', newPhone.accountId), 'locked')
  assert.equal(await livingOf('accounts.recovery_code'), 0)
  assert.equal(await livingOf('accounts.slip where used_at is null and ended_at is null'), 0)
})

test('a station, a consent and a client that were ended after the backup stay so', async () => {
  assert.notEqual(await stateOf('enrolment.station', station.id, 'revoked_at'), null)
  assert.notEqual(await stateOf('signin.consent', consentId, 'ended_at'), null)
  const states = await now.owner<{ client_id: string; state: string }>('select client_id, state from parties.client')
  const stateOfClient = (id: string) => states.find(({ client_id }) => client_id === id)?.state
  assert.equal(stateOfClient(suspended.clientId), 'suspended')
  assert.equal(stateOfClient(replaced.clientId), 'suspended', 'its keys of before were replaced')
  assert.equal(stateOfClient(untouched.clientId), 'active')
})

test('the restore is a deed that tells how many were ended again, and the record verifies with it', async () => {
  const [deed] = await now.work(async work =>
    (await audit.deedsOf(work, source.record().id)).filter(one => one.deed === 'backup.restored'),
  )
  const facts = deed?.facts as { endedAgain: Record<string, Record<string, number>>; sessions: Record<string, number> }
  assert.deepEqual(facts.endedAgain['card.revoked'], { again: 1 })
  assert.deepEqual(facts.endedAgain['officer.left'], { again: 1 })
  assert.deepEqual(facts.endedAgain['station.revoked'], { again: 1 })
  assert.ok(
    (facts.sessions['officers'] ?? 0) >= 1 && facts.sessions['citizens'] === 1 && facts.sessions['tokens'] === 4,
  )
  const asked = await verificationOf(restored)
  const verdict = await restored.openWork({ ...asSystem('audit'), sees: 'one-moment' }, work =>
    audit.verifyAudit(work, asked),
  )
  assert.deepEqual(verdict.findings, [])
})

test('the journal has ids and codes, no name, number or telephone', async () => {
  const text = await readFile(journal, 'utf8')
  assert.ok(text.includes(revoked.cardId) && text.includes(leaves.id))
  for (const word of ['Nguyễn', 'leaves', '0987654321', newPhone.number, 'stolen', '987654321', 'asked'])
    assert.ok(!text.includes(word), word)
})

/** A record of deeds that does not verify says which: the problem itself has it among its facts. */
const sayWhatIsBroken = (error: unknown): never => {
  if (error instanceof Problem && error.code === 'audit-broken') assert.fail(JSON.stringify(error.facts))
  throw error
}

test('a second restore of the same backup knows the journal that the first one took over', async () => {
  const again = await anInstallation(templates.migrated)
  const taken = { ...opened, journal: journalFile(restored.folder) }
  await assert.rejects(restoreFrom(given(again, file, taken)), refusal('journal-signed-by-another'))
  const next = join(folder, 'next.dd')
  const nextPaper = join(folder, 'next-paper.txt')
  await keyPaper(given(restored, nextPaper))
  await backupTo(given(restored, next))
  await restoreFrom(
    given(again, next, {
      identity: nextPaper,
      'signed-by': signerFingerprint(restored.signingKey()),
      journal: journalFile(restored.folder),
      'without-sealing-key': true,
    }),
  ).catch(sayWhatIsBroken)
  const [row] = await inTestsOf(again).owner<{ state: string }>('select state from cards.card where id = $1', [
    revoked.cardId,
  ])
  assert.equal(row?.state, 'revoked')
})

test('a restore asks for the journal, and takes none that is another’s, cut or too old', async () => {
  const lines = (await readFile(journal, 'utf8')).split('\n')
  const target = await anInstallation(templates.migrated)
  const cardsThere = () =>
    inTestsOf(target).owner<{ state: string }>('select state from cards.card where id = $1', [revoked.cardId])
  const wrong = async (code: string, text: string) => {
    const bad = join(folder, 'bad.jsonl')
    await writeFile(bad, text)
    await assert.rejects(restoreFrom(given(target, file, { ...opened, journal: bad })), refusal(code), code)
    assert.deepEqual(await cardsThere(), [])
  }
  const at = lines.findIndex(line => line.includes(revoked.cardId))
  await wrong('journal-signed-by-another', lines.with(at, lines[at]?.replace('never-found', 'died') ?? '').join('\n'))
  await wrong('journal-older-than-backup', `${lines[0]}\n`)
  await wrong('journal-not-there', '')
  await assert.rejects(restoreFrom(given(target, file, opened)), refusal('journal-not-there'))
  await restoreFrom(given(target, file, { ...opened, 'no-journal': true }))
  assert.deepEqual(await cardsThere(), [{ state: 'handed-over' }], 'and this is what the journal is for')
})

test('each deed that sounds as if it ended something is in the journal, or said not to be', async () => {
  const endings = 'ended|revoked|cancelled|suspended|locked|left|rotated|lowered|removed|withdrawn|reset'
  const ends = new RegExp(`'([a-z-]+\\.(?:[a-z-]*-)?(?:${endings}))'`, 'g')
  const named = globSync('src/{staff,signin,parties,accounts,cards,enrolment/stations}/**/*.ts')
    .filter(path => !/\.(test|fixture)\.|\/law\.ts$/.test(path))
    .flatMap(path => [...readFileSync(path, 'utf8').matchAll(ends)].map(([, deed = '']) => deed))
  const known = [...Object.keys(revocations), ...Object.keys(notRevocations)]
  assert.deepEqual([...new Set(named)].filter(deed => !known.includes(deed)).sort(), [])
})
