import * as parties from '../parties/parties.ts'
import { newId } from '../platform/ids.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import type { ProviderHolder } from './provider/provider-holder.ts'
import { logoutJob } from './sessions/sessions.ts'
import { inSignInScope } from './sign-in-scope.ts'
import * as store from './store.ts'

const deletedAtOnce = 5_000

/** A failed logout notice for the flight recorder, under its own correlation id, because no browser has one for it. */
const unreachedLogoutNote = (clientId: string, error: unknown): parties.FlightNote => ({
  requestId: newId<'request'>(),
  clientId,
  endpoint: 'backchannel_logout',
  outcome: 'failed',
  check: 'backchannel-logout',
  error: error instanceof Error && 'response' in error ? 'refused' : 'not_reached',
})

/** The background jobs of sign-in. */
export const jobs = (openWork: OpenWork, holder: ProviderHolder): Readonly<Record<string, Job>> => ({
  'clear-sign-in': async () => {
    while (
      (await inSignInScope(openWork, 'clear-sign-in', work => store.deleteExpired(work, deletedAtOnce))) ===
      deletedAtOnce
    );
  },
  [logoutJob]: async payload => {
    const { clientId, sid, subject } = payload as { clientId: string; sid: string; subject: string }
    const { provider } = await holder.current()
    const client = await provider.Client.find(clientId)
    if (!client?.backchannelLogoutUri) return
    try {
      await (client as unknown as { backchannelLogout(subject: string, sid: string): Promise<void> }).backchannelLogout(
        subject,
        sid,
      )
    } catch (error) {
      await inSignInScope(openWork, logoutJob, work => parties.recordFlight(work, unreachedLogoutNote(clientId, error)))
      throw error
    }
  },
})

/** UTC, as every crontab: each five minutes. */
export const crontab: Crontab = { 'clear-sign-in': '*/5 * * * *' }
