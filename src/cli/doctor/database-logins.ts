import { type WayIn, waysIn } from '../../platform/postgres/ways-in.ts'
import type { DoctorCheck, LookedAtHouse } from './check.ts'

const said: Readonly<Record<WayIn, string>> = {
  certificate: 'by certificate',
  'system-user': 'as a user of this machine',
  password: 'by a password',
  trust: 'without a proof',
  other: 'by another way',
}

/** Whether the logins of an external database prove who they are by more than a password that does not change. */
export async function checkDatabaseLogins({ config, database }: LookedAtHouse): Promise<DoctorCheck> {
  const what = 'database logins'
  if (!config.databaseUrl) return { what, ok: true, found: 'the embedded server, by its private socket' }
  const { owner, application } = await waysIn(database)
  const isWeak = (way: WayIn) => way === 'password' || way === 'trust'
  return {
    what,
    ok: !isWeak(owner) && !isWeak(application),
    found: `the owner enters ${said[owner]}, the application ${said[application]}`,
    todo: 'let them enter by certificates or as the system’s user: docs/operations.md, An external PostgreSQL',
    advice: true,
  }
}
