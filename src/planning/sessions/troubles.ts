import type { TeamSession } from '../session.ts'
import type * as roster from '../store-roster.ts'
import { needsKit } from './capacity.ts'
import { isInRepairOn, type Kit } from './site.ts'

/** `isClosed`: whether its site is, on its day. */
export function troublesOf(
  session: TeamSession & { counts: roster.RosterCounts },
  {
    kits,
    capacity,
    isClosed,
  }: { readonly kits: readonly Kit[]; readonly capacity: number; readonly isClosed: boolean },
): SessionTrouble[] {
  if (session.state !== 'planned') return []
  const troubles: SessionTrouble[] = []
  if (isClosed) troubles.push('site-closed')
  if (kits.some(kit => isInRepairOn(kit, session.day))) troubles.push('kit-in-repair')
  if (needsKit(session.kind) && kits.length === 0) troubles.push('no-kit')
  else if (session.counts.invited > capacity) troubles.push('capacity')
  return troubles
}

/** What stands against a planned session since it was planned. */
export type SessionTrouble = 'site-closed' | 'kit-in-repair' | 'no-kit' | 'capacity'
