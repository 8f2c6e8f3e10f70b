import type { Client } from 'pg'
import { databaseProblem, roles } from '../db.ts'

const insufficientPrivilege = '42501'
const duplicateObject = '42710'
const uniqueViolation = '23505'
const codeOf = (error: unknown) => (error as { code?: string }).code

async function ignoringCodes(codes: readonly string[], step: () => Promise<unknown>) {
  try {
    await step()
  } catch (error) {
    if (!codes.includes(codeOf(error) ?? '')) throw error
  }
}

async function ensureRole(owner: Client, role: string) {
  const { rows } = await owner.query<{ known: boolean; member: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as known,
            exists (select from pg_roles where rolname = $1 and pg_has_role(current_user, oid, 'member')) as member`,
    [role],
  )
  const state = rows[0] ?? { known: false, member: false }
  try {
    // Two houses on one server may start at the same moment; the roles are the server's.
    if (!state.known)
      await ignoringCodes([duplicateObject, uniqueViolation], () => owner.query(`create role ${role} nologin`))
    if (!state.member || !state.known)
      await ignoringCodes([duplicateObject, uniqueViolation], () => owner.query(`grant ${role} to current_user`))
    await owner.query(`set role ${role}; reset role`)
  } catch (error) {
    if (codeOf(error) !== insufficientPrivilege) throw error
    const me = (await owner.query<{ me: string }>('select current_user as me')).rows[0]?.me
    const statement = `${state.known ? '' : `create role ${role} nologin; `}grant ${role} to "${me}";`
    throw databaseProblem('database-grant-missing', { statement })
  }
}

/** Creates the application's and the maintenance role without login and grants them to the owner. */
export async function ensureRoles(owner: Client): Promise<void> {
  await ensureRole(owner, roles.application)
  await ensureRole(owner, roles.maintenance)
}
