import type { Work } from '../../platform/work.ts'
import type { TeamSession } from '../session.ts'
import { type SessionView, sessionViews } from './calendar.ts'

/** A session as it goes over the wire. */
export const sessionBody = ({ siteId: _site, openedAt, closedAt, ...session }: SessionView) => ({
  ...session,
  confirmed: [...session.confirmed],
  site: {
    id: session.site.id,
    name: session.site.name,
    kind: session.site.kind,
    ...(session.site.address && { address: session.site.address }),
    ...(session.site.schoolId && { schoolId: session.site.schoolId }),
  },
  ...(openedAt && { openedAt: openedAt.toISOString() }),
  ...(closedAt && { closedAt: closedAt.toISOString() }),
  officers: session.officers.map(({ sessionId: _whose, ...seat }) => seat),
  kits: session.kits.map(({ id, code }) => ({ id, code })),
  troubles: [...session.troubles],
})

export async function readSessionBody(work: Work, session: TeamSession) {
  const [one] = await sessionViews(work, [session])
  if (!one) throw new Error(`the session ${session.id} has no site`)
  return sessionBody(one)
}
