import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { Client } from 'pg'
import { roles } from '../db.ts'
import { databaseProblem } from '../problems-database.ts'

const insufficientPrivilege = '42501'
const duplicateObject = '42710'
const uniqueViolation = '23505'
const codeOf = (error: unknown) => (error as { code?: string }).code

/** The role that migrations up to 0055 give their grants to; 0056 hands them over, and it has nothing any more. */
const formerApplication = 'dinhdanh_application'

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

const roleState = async (owner: Client, role: string) => {
  const { rows } = await owner.query<{ known: boolean; member: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as known,
            exists (select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')) as member`,
    [role],
  )
  return rows[0] ?? { known: false, member: false }
}

/** Does what makes a role; where the owner may not, the refusal has the statement for an administrator. */
async function orSayStatement(step: () => Promise<unknown>, statement: () => Promise<string>) {
  try {
    await step()
  } catch (error) {
    if (codeOf(error) !== insufficientPrivilege) throw error
    throw databaseProblem('database-grant-missing', { statement: await statement() })
  }
}

/** Two houses on one server may start at the same moment; the roles are the server's. */
const create = (owner: Client, statement: string) =>
  ignoringCodes([duplicateObject, uniqueViolation], () => owner.query(statement))

async function ensureMaintenance(owner: Client) {
  const role = roles.maintenance
  const state = await roleState(owner, role)
  await orSayStatement(
    async () => {
      if (!state.known) await create(owner, `create role ${role} nologin`)
      if (!state.member || !state.known) await create(owner, `grant ${role} to current_user`)
      await owner.query(`set role ${role}; reset role`)
    },
    async () => {
      const me = (await owner.query<{ me: string }>('select current_user as me')).rows[0]?.me
      return `${state.known ? '' : `create role ${role} nologin; `}grant ${role} to "${me}";`
    },
  )
}

const loginStatement = (password: string) =>
  `create role ${roles.application} login ${password} noinherit ` +
  'nosuperuser nobypassrls nocreaterole nocreatedb noreplication'

async function ensureApplication(owner: Client, password: () => Promise<string>) {
  if ((await roleState(owner, roles.application)).known) return
  const chosen = await password()
  await orSayStatement(
    () => create(owner, loginStatement(chosen ? `password '${scramVerifier(chosen)}'` : '')),
    async () => `${loginStatement("password '…'")};`,
  )
}

async function ensureFormerApplication(owner: Client) {
  if ((await roleState(owner, formerApplication)).known) return
  const statement = `create role ${formerApplication} nologin`
  await orSayStatement(
    () => create(owner, statement),
    async () => `${statement};`,
  )
}

/**
 * Creates the application's login, which is a member of nothing, and the maintenance role, which is granted to the
 * owner. `password` is asked for only where the login is new; empty where the server lets it in without one.
 */
export async function ensureRoles(owner: Client, password: () => Promise<string>): Promise<void> {
  await ensureFormerApplication(owner)
  await ensureMaintenance(owner)
  await ensureApplication(owner, password)
}
