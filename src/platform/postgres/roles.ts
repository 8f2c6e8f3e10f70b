import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { roles } from '../db.ts'

const duplicateObject = '42710'
const uniqueViolation = '23505'
const codeOf = (error: unknown) => (error as { code?: string }).code

/** The role that migrations up to 0055 give their grants to; 0056 hands them over, and it has nothing any more. */
export const formerApplication = 'dinhdanh_application'

/** 4,096 rounds are what PostgreSQL itself takes (scram_iterations). */
const scramRounds = 4096

/**
 * What PostgreSQL keeps of a password (RFC 5803, "SCRAM-SHA-256$…"). It is sent in place of the password, which so
 * stands in no log of statements.
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, scramRounds, 32, 'sha256')
  const keyed = (what: string) => createHmac('sha256', salted).update(what).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${scramRounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

async function ignoringCodes(codes: readonly string[], step: () => Promise<unknown>) {
  try {
    await step()
  } catch (error) {
    if (!codes.includes(codeOf(error) ?? '')) throw error
  }
}

/** Two houses on one server may start at the same moment; the roles are the server's. */
const create = (owner: Client, statement: string) =>
  ignoringCodes([duplicateObject, uniqueViolation], () => owner.query(statement))

const isKnown = async (owner: Client, role: string) =>
  (await owner.query('select from pg_roles where rolname = $1', [role])).rowCount === 1

/** Since PostgreSQL 16 a member may be one that neither inherits nor takes the role on. */
export const grantMaintenance = (version: number, to: string): string =>
  `grant ${roles.maintenance} to ${to}${version >= 160_000 ? ' with inherit true, set true' : ''};`

/** In SQL: the right by which a member takes a role on. */
export const takesOn = `case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end`

async function ensureMaintenance(owner: Client) {
  const role = roles.maintenance
  const isNew = !(await isKnown(owner, role))
  if (isNew) await create(owner, `create role ${role} nologin`)
  const { rows } = await owner.query<{ version: number; member: boolean }>(
    `select current_setting('server_version_num')::int as version,
       pg_has_role($1, 'usage') and pg_has_role($1, ${takesOn}) as member`,
    [role],
  )
  const { version = 0, member = false } = rows[0] ?? {}
  if (isNew || !member) await create(owner, grantMaintenance(version, 'current_user'))
  await owner.query(`set role ${role}; reset role`)
}

export const loginStatement = (password: string) =>
  `create role ${roles.application} login ${password} noinherit ` +
  'nosuperuser nobypassrls nocreaterole nocreatedb noreplication'

async function ensureApplication(owner: Client, password: () => Promise<string>) {
  if (await isKnown(owner, roles.application)) return
  const chosen = await password()
  await create(owner, loginStatement(chosen ? `password '${scramVerifier(chosen)}'` : ''))
}

/**
 * Creates the application's login, which is a member of nothing, and the maintenance role, which is granted to the
 * owner, who may do so (rights.ts). `password` is asked for only where the login is new; empty where the server lets it
 * in without one.
 */
export async function ensureRoles(owner: Client, password: () => Promise<string>): Promise<void> {
  if (!(await isKnown(owner, formerApplication))) await create(owner, `create role ${formerApplication} nologin`)
  await ensureMaintenance(owner)
  await ensureApplication(owner, password)
}
