import type { Crontab, Job } from '../platform/jobs.ts'
import type { OpenWork } from '../platform/work.ts'
import { atTheDoor } from './exchange.ts'
import type { ProviderDesk } from './provider-desk.ts'
import { logoutJob } from './session.ts'
import * as store from './store-artifact.ts'

const atOnce = 5_000

/** The background verbs of sign-in. */
export const jobs = (openWork: OpenWork, desk: ProviderDesk): Readonly<Record<string, Job>> => ({
  'clear-sign-in': async () => {
    while ((await atTheDoor(openWork, 'clear-sign-in', work => store.deleteExpired(work, atOnce))) === atOnce);
  },
  [logoutJob]: async payload => {
    const { clientId, sid, subject } = payload as { clientId: string; sid: string; subject: string }
    const { provider } = await desk.current()
    const client = await provider.Client.find(clientId)
    if (client?.backchannelLogoutUri)
      await (client as unknown as { backchannelLogout(subject: string, sid: string): Promise<void> }).backchannelLogout(subject, sid)
  },
})

export const crontab: Crontab = { 'clear-sign-in': '*/5 * * * *' }
