import type { Database } from '../database.ts'
import { hashOf, newSecret } from '../secret.ts'

const minute = 60_000

/** Without a request for so long a session ends; and after a working day in any case. */
const idle = 40 * minute
const longest = 10 * 60 * minute

/** Who is signed in: a candidate by the identity provider or by a temporary code, or a school's staff. */
export type Session = {
  readonly idHash: string
  readonly candidateId: string | null
  readonly staffLogin: string | null
  /** Level of the account, where there is one. */
  readonly level: number | null
  readonly idToken: string | null
}

export type NewSession = {
  readonly candidateId?: string
  readonly staffLogin?: string
  readonly level?: number
  readonly account?: {
    readonly issuer: string
    readonly subject: string
    readonly sid?: string | undefined
    readonly idToken: string
  }
}

/**
 * Begins a session and gives the secret for its cookie. Each sign-in has a new one: a secret that was planted before is
 * worth nothing.
 */
export function beginSession(
  db: Database,
  { candidateId, staffLogin, level, account }: NewSession,
  now: number,
): string {
  const secret = newSecret()
  db.run(
    `insert into session (id_hash, candidate_id, staff_login, level, issuer, subject, sid, id_token, started_at,
          seen_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    hashOf(secret),
    candidateId ?? null,
    staffLogin ?? null,
    level ?? null,
    account?.issuer ?? null,
    account?.subject ?? null,
    account?.sid ?? null,
    account?.idToken ?? null,
    now,
    now,
  )
  return secret
}

export function findSession(db: Database, secret: string | undefined, now: number): Session | undefined {
  if (!secret) return undefined
  const found = db.find<Session & { startedAt: number; seenAt: number }>(
    `select id_hash as "idHash", candidate_id as "candidateId", staff_login as "staffLogin", level,
        id_token as "idToken",
            started_at as "startedAt", seen_at as "seenAt" from session where id_hash = ?`,
    hashOf(secret),
  )
  if (!found) return undefined
  if (now >= found.seenAt + idle || now >= found.startedAt + longest) {
    endSession(db, found.idHash)
    return undefined
  }
  // Written at most once in some minutes: each write goes to the disk.
  if (now >= found.seenAt + 5 * minute) db.run('update session set seen_at = ? where id_hash = ?', now, found.idHash)
  return found
}

export const endSession = (db: Database, idHash: string) => db.run('delete from session where id_hash = ?', idHash)

/**
 * Ends what an identity provider's logout token names: one of its sessions, or all of a subject. Gives how many ended.
 */
export const endSessionsOf = (
  db: Database,
  { issuer, subject, sid }: { issuer: string; subject?: string | undefined; sid?: string | undefined },
) =>
  db.run(
    `delete from session where issuer = ?1 and (?2 is null or subject = ?2) and (?3 is null or sid = ?3)
        and coalesce(?2, ?3) is not null`,
    issuer,
    subject ?? null,
    sid ?? null,
  )

export const forgetOldSessions = (db: Database, now: number) =>
  db.run('delete from session where seen_at <= ? or started_at <= ?', now - idle, now - longest)
