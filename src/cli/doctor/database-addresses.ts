import type { House } from '../../open-house.ts'
import { keptApplicationUrl } from '../../platform/postgres/application-login.ts'
import { type AddressRoute, lookAtAddress } from '../../platform/postgres/pooler.ts'
import type { DoctorCheck } from './check.ts'

const said: Readonly<Record<AddressRoute['pools'], string>> = {
  not: 'directly',
  'by-session': 'through a pooler by session',
  'by-transaction': 'through a pooler by transaction',
  'by-statement': 'through a pooler by statement',
}

const routeText = ({ pools, carriesPlans }: AddressRoute) =>
  said[pools] + (pools === 'by-transaction' && carriesPlans ? ' that carries prepared statements over' : '')

/** How each login reaches an external database: jobs need a session, works are slower without prepared statements. */
export async function checkDatabaseAddresses({
  config,
  folder,
}: Pick<House, 'config' | 'folder'>): Promise<DoctorCheck> {
  const what = 'database addresses'
  const { databaseUrl, databaseAppUrl, databaseDirectUrl } = config
  if (!databaseUrl) return { what, ok: true, found: 'the embedded server, directly' }
  const appUrl = databaseAppUrl || (await keptApplicationUrl(databaseUrl, folder))
  const application = await lookAtAddress(appUrl, 'DATABASE_APP_URL')
  const owner = await lookAtAddress(databaseUrl, 'DATABASE_URL')
  const direct = databaseDirectUrl ? await lookAtAddress(databaseDirectUrl, 'DATABASE_DIRECT_URL') : owner
  const isSession = direct.pools === 'not' || direct.pools === 'by-session'
  return {
    what,
    ok: application.carriesPlans && owner.carriesPlans && isSession,
    found:
      `the application ${routeText(application)}, the owner ${routeText(owner)}` +
      (databaseDirectUrl ? `, jobs and migrations ${routeText(direct)}` : ''),
    todo: isSession
      ? 'works are slower without prepared statements: PgBouncer carries them from 1.21, by max_prepared_statements'
      : 'give a direct address, DATABASE_DIRECT_URL: docs/operations.md, A pooler',
    ...(isSession && { advice: true as const }),
  }
}
