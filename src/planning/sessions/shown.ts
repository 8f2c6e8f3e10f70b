import type { Work } from '../../platform/work.ts'
import type { Session } from '../session.ts'
import { type Shown, show } from './calendar.ts'

/** A session as it goes over the wire. */
export const shown = ({ siteId: _site, openedAt, closedAt, ...session }: Shown) => ({
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

export async function shownOne(work: Work, session: Session) {
  const [one] = await show(work, [session])
  if (!one) throw new Error(`the session ${session.id} has no site`)
  return shown(one)
}
