import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { type CommunityGroup, type GroupId, holdsNumber, type VisitListId, type VisitOutcome } from './group.ts'
import { groupProblem } from './problems.ts'
import { findGroup } from './store.ts'
import * as store from './store-access.ts'
import { setMark } from './store-visit-list.ts'
import { doorShape } from './visit-list.ts'

// Members of groups sign in: the ward says whose lists a member sees; the member sees names, addresses and what is
// lacking on lists that are not over, and says what came of each visit.

async function membersIn(work: Work, unitId: Id<'unit'>) {
  const posts = await staff.postsInUnit(work, unitId, 'community-group-member')
  const names = await staff.namesOf(
    work,
    posts.map(({ officerId }) => officerId),
  )
  return posts.map(post => ({ ...post, name: names.get(post.officerId) ?? '' }))
}

export const isGroupInSight = async (work: Work, id: GroupId): Promise<boolean> =>
  (await findGroup(work, id)) !== undefined

/** A group that stands. Throws group-unknown, group-ended. */
export async function getStandingGroup(work: Work, id: GroupId): Promise<CommunityGroup> {
  const group = await findGroup(work, id)
  if (!group) throw groupProblem('group-unknown')
  if (group.endedOn) throw groupProblem('group-ended', { endedOn: group.endedOn })
  return group
}

/** Who of a group signs in, and who of the commune might. Throws group-unknown. */
export async function listAccess(work: Work, groupId: GroupId) {
  const group = await findGroup(work, groupId)
  if (!group) throw groupProblem('group-unknown')
  const given = await store.findAccess(work, groupId)
  const members = await membersIn(work, group.unitId)
  const names = await staff.namesOf(
    work,
    given.map(({ officerId }) => officerId),
  )
  return {
    access: given.map(({ id, officerId, givenOn }) => ({ id, name: names.get(officerId) ?? '', since: givenOn })),
    members: members.map(({ appointmentId, name }) => ({ appointmentId, name })),
  }
}

/** Lets a member of the commune see the lists of a group. Throws group-unknown, group-ended, group-member-unknown. */
export async function giveAccess(work: Work, groupId: GroupId, appointmentId: string): Promise<void> {
  const group = await getStandingGroup(work, groupId)
  const member = (await membersIn(work, group.unitId)).find(one => one.appointmentId === appointmentId)
  if (!member) throw groupProblem('group-member-unknown')
  const id = newId<'group-access'>(work.now)
  const { officerId } = member
  if (!(await store.insertAccess(work, { id, groupId, unitId: group.unitId, appointmentId, officerId }))) return
  await audit.record(
    work,
    'group-access.given',
    { kind: 'group-access', id, unitId: group.unitId },
    { group: groupId, member: officerId },
  )
}

async function endKnown(work: Work, { id, groupId, unitId, officerId }: store.GroupAccess): Promise<void> {
  await store.setAccessEnded(work, id)
  await audit.record(
    work,
    'group-access.ended',
    { kind: 'group-access', id, unitId },
    { group: groupId, member: officerId },
  )
}

/** A member sees the lists of a group no more. Throws group-access-unknown. */
export async function endAccess(work: Work, id: string): Promise<void> {
  const one = await store.holdAccess(work, id)
  if (!one) throw groupProblem('group-access-unknown')
  await endKnown(work, one)
}

/** After a restore: an access that was ended since is ended again. */
export async function endAccessAgain(work: Work, { of }: Pick<audit.JournalLine, 'of'>): Promise<audit.Again> {
  const one = await store.holdAccess(work, of)
  if (!one) return 'unknown'
  await endKnown(work, one)
  return 'again'
}

/** A member's own lists with their doors. What is shown is noted as read. */
export async function readOwnVisits(work: Work) {
  const lists = await store.findOwnLists(work)
  return {
    day: work.today,
    lists: await Promise.all(
      lists.map(async ({ id, groupName, quarter, unitId, expiresOn }) => {
        const doors = await store.findOwnDoors(work, id)
        await audit.noteReading(
          work,
          doors.filter(({ name }) => name !== null).map(({ personId }) => personId),
          ['name', 'residence', 'need'],
        )
        return {
          id,
          group: groupName,
          quarter,
          unit: await units.unitName(work, unitId),
          expiresOn,
          doors: doors.map(doorShape),
        }
      }),
    ),
  }
}

/** Says what came of a visit; without an outcome the mark is taken back. Throws house-list-unknown, -note-refused. */
export async function markOwnVisit(
  work: Work,
  id: VisitListId,
  personId: Id<'person'>,
  { outcome, note: typed }: { readonly outcome?: VisitOutcome | undefined; readonly note?: string | undefined },
): Promise<void> {
  const list = (await store.findOwnLists(work)).find(one => one.id === id)
  if (!list) throw groupProblem('house-list-unknown')
  const note = typed?.trim() || undefined
  if (note && holdsNumber(note)) throw groupProblem('house-list-note-refused')
  const mark = outcome && { outcome, onDay: work.today, note }
  if (!(await setMark(work, id, personId, mark))) throw groupProblem('house-list-entry-unknown')
  await audit.record(
    work,
    outcome ? 'house-call.made' : 'house-call.taken-back',
    { kind: 'house-list', id, personId, unitId: list.unitId },
    outcome ? { outcome, onDay: work.today } : {},
  )
}
