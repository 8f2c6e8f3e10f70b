import * as audit from '../../audit/audit.ts'
import * as parties from '../../parties/parties.ts'
import { coalesce } from '../../platform/coalesce.ts'
import { countedAs } from '../../platform/limits/caller.ts'
import type { LaneId } from '../../platform/limits/limits.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import { deleteLine } from '../store.ts'
import { batchesOfProvider } from './coalesced-reads.ts'
import { type Exchange, isEmpty, type LostConflict } from './exchange.ts'
import { togetherAtProvider } from './shared-reads.ts'
import * as store from './store.ts'

/**
 * Writes exchanges. Simultaneous ones that touch no common row are written in one transaction: each is still whole or
 * not at all, and they share the commit, the seal of their deeds and the wait for the disk.
 */

/**
 * Some exchanges lost to another or depend on what ended: the transaction is rolled back, and the others are written
 * without them.
 */
class Conflict extends Error {
  readonly lost: ReadonlyMap<Exchange, LostConflict>
  constructor(lost: Iterable<readonly [Exchange, LostConflict]>) {
    super('somebody else was first')
    this.lost = new Map(lost)
  }
}

/** If the commit itself fails, nobody knows whether it happened, so it is not retried. */
class NotCommitted extends Error {}

/** The rows that an exchange writes or depends on. Two exchanges with a common row are written one after the other. */
const touchedKeys = ({ writes, firsts, consumed, grants, sessions: held, ours }: Exchange): string[] => [
  ...writes.keys(),
  ...consumed.keys(),
  ...firsts.map(({ idHash }) => idHash.toString('hex')),
  ...[...grants].map(id => `Grant ${id}`),
  ...[...held.keys()].map(id => `Session ${id}`),
  ...(ours ? [ours.id] : []),
]

const savesSession = ({ writes }: Exchange) =>
  [...writes.values()].some(one => 'artifact' in one && one.artifact.kind === 'Session')

/** The changes of an exchange for the store. */
function rowsOf(exchange: Exchange): store.ExchangeRows {
  const { writes, firsts, consumed, grants, sessions: held, ours, visits } = exchange
  const all = [...writes.values()]
  return {
    ours: ours ? [ours] : [],
    visits,
    grants: [...grants].filter(grantId => !writes.has(`Grant ${grantId}`)),
    sessions: savesSession(exchange) ? [...held.values()] : [],
    firsts,
    used: [...consumed.values()],
    gone: all.flatMap(one => ('gone' in one ? [one.gone] : [])),
    saved: all.flatMap(one => ('artifact' in one ? [one.artifact] : [])),
  }
}

const includesHash = (hashes: readonly Buffer[], hash: Buffer) => hashes.some(one => one.equals(hash))

/** Why an exchange cannot be committed, if something it depends on ended or what it spends was used. */
function findLost(
  { ours, grants, sessions: held, firsts, used }: store.ExchangeRows,
  written: store.WrittenRows,
): LostConflict | undefined {
  if (!ours.every(({ id }) => written.ours.includes(id))) return { why: 'session-gone' }
  if (!held.every(hash => includesHash(written.sessions, hash))) return { why: 'session-gone' }
  if (!grants.every(grantId => written.grants.includes(grantId))) return { why: 'grant-gone' }
  const which = firsts.findIndex(({ idHash }) => !includesHash(written.firsts, idHash))
  if (which >= 0) return { why: 'replayed', which }
  const twice = used.find(({ idHash }) => !includesHash(written.used, idHash))
  return twice && { why: 'used-already', kind: twice.kind }
}

async function writeRows(work: Work, exchanges: readonly Exchange[]): Promise<void> {
  const each = exchanges.map(exchange => ({ exchange, writing: rowsOf(exchange) }))
  const written = await store.writeRowsInOne(work, store.joinedRows(each.map(({ writing }) => writing)))
  const lost = each.flatMap(({ exchange, writing }): [Exchange, LostConflict][] => {
    const why = findLost(writing, written)
    return why ? [[exchange, why]] : []
  })
  if (lost.length > 0) throw new Conflict(lost)
  for (const { revoked } of exchanges) for (const line of revoked) await deleteLine(work, line)
}

/** Each sign-in counts for the party's quota and is a deed (NĐ59/2022 Art. 21). */
async function recordVisits(work: Work, exchanges: readonly Exchange[]): Promise<void> {
  const visits = exchanges.flatMap(({ visits: theirs }) => theirs)
  if (visits.length === 0) return
  for (const [clientId, of] of Map.groupBy(visits, visit => visit.clientId)) {
    const spent = await parties.spendQuota(work, clientId, 'sign-in', of.length)
    // The latest ones exceed the quota.
    const last = exchanges.findLast(({ visits: theirs }) => theirs.some(visit => of.includes(visit)))
    if ('over' in spent && last) throw new Conflict([[last, { why: 'quota' }]])
  }
  for (const visit of visits) await recordVisit(work, visit)
}

const recordVisit = (
  work: Work,
  { clientId, partyId: party, personId, childId, level, strength, scopes }: store.SignInVisit,
) =>
  audit.record(
    work,
    'citizen.signed-in',
    { kind: 'client', id: clientId, personId: childId ?? personId },
    { party, level, strength, scopes },
  )

/** Each party's readings are recorded by itself. */
async function recordReadings(work: Work, exchanges: readonly Exchange[]): Promise<void> {
  const all = exchanges.flatMap(({ readings, requestId }) => readings.map(reading => ({ ...reading, requestId })))
  for (const [partyId, readings] of Map.groupBy(all, reading => reading.partyId))
    await audit.noteReadings({ ...work, by: { kind: 'party', id: partyId } }, readings)
}

async function writeExchanges(work: Work, exchanges: readonly Exchange[]): Promise<void> {
  await writeRows(work, exchanges)
  await recordVisits(work, exchanges)
  await recordReadings(work, exchanges)
  await parties.recordFlights(
    work,
    exchanges.flatMap(({ flights }) => flights),
  )
  for (const { also, requestId } of exchanges) for (const step of also) await step({ ...work, requestId })
}

async function writeInOneWork(openWork: OpenWork, exchanges: readonly Exchange[]): Promise<void> {
  const [first] = exchanges
  const requestId = exchanges.length === 1 && first ? { requestId: first.requestId } : {}
  let isWritten = false
  try {
    await countedAs({ lane: first?.counted.lane ?? togetherAtProvider.lane, key: togetherAtProvider.key }, () =>
      openWork({ ...asSystem('sign-in'), ...requestId, opens: 'in_sign_in_scope' }, async work => {
        await writeExchanges(work, exchanges)
        isWritten = true
      }),
    )
  } catch (error) {
    throw isWritten ? new NotCommitted('what was written was not kept', { cause: error }) : error
  }
}

type CommitResult = { readonly lost?: LostConflict } | { readonly failed: unknown }

/** Writes all in one transaction without those in conflict; on another failure each is tried in its own. */
async function commitAll(
  openWork: OpenWork,
  exchanges: readonly Exchange[],
  kept: Map<Exchange, CommitResult>,
): Promise<void> {
  if (exchanges.length === 0) return
  try {
    await writeInOneWork(openWork, exchanges)
  } catch (error) {
    if (error instanceof Conflict) {
      for (const [exchange, lost] of error.lost) kept.set(exchange, { lost })
      return commitAll(
        openWork,
        exchanges.filter(exchange => !error.lost.has(exchange)),
        kept,
      )
    }
    if (error instanceof NotCommitted || exchanges.length === 1)
      for (const exchange of exchanges) kept.set(exchange, { failed: error })
    else for (const exchange of exchanges) await commitAll(openWork, [exchange], kept)
  }
}

/** Divides exchanges so that no part has two with a common row; the parts are written one after another. */
function withoutConflicts(exchanges: readonly Exchange[]): Exchange[][] {
  const parts: { readonly touched: Set<string>; readonly exchanges: Exchange[] }[] = []
  for (const exchange of exchanges) {
    const rows = touchedKeys(exchange)
    // Placed after every part with a common row, so that the first to come is the first written.
    const last = parts.findLastIndex(({ touched }) => rows.some(row => touched.has(row)))
    const part = parts[last + 1] ?? { touched: new Set<string>(), exchanges: [] }
    if (!parts[last + 1]) parts.push(part)
    part.exchanges.push(exchange)
    for (const row of rows) part.touched.add(row)
  }
  return parts.map(({ exchanges: some }) => some)
}

type Writer = (exchange: Exchange) => Promise<CommitResult>
const writersOfHouse = new WeakMap<OpenWork, Map<LaneId, Writer>>()

/** Exchanges are written together with others of their lane alone. */
function findWriter({ openWork, counted: { lane } }: Exchange): Writer {
  const writers = writersOfHouse.get(openWork) ?? new Map<LaneId, Writer>()
  writersOfHouse.set(openWork, writers)
  const made =
    writers.get(lane) ??
    coalesce<Exchange, CommitResult>(async exchanges => {
      const kept = new Map<Exchange, CommitResult>()
      for (const part of withoutConflicts(exchanges)) await commitAll(openWork, part, kept)
      return exchanges.map(exchange => kept.get(exchange) ?? {})
    }, batchesOfProvider)
  writers.set(lane, made)
  return made
}

/** Commits an exchange, all or nothing. Gives why it could not, if another was first. */
export async function commit(exchange: Exchange): Promise<LostConflict | undefined> {
  if (isEmpty(exchange)) return undefined
  const kept = await findWriter(exchange)(exchange)
  if ('failed' in kept) throw kept.failed
  return kept.lost
}
