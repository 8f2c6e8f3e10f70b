/**
 * Neighbours who help people at home, and the lists that they take along. A group and its members come in (here), then
 * a list for one walk (visit-list.ts). Decided here: whose address lies in the quarter, and who lacks something that a
 * neighbour can help with. What goes out are the list on paper, and counts of the outcomes; entries are deleted after
 * the list's last day. Deeds: group.set-up, .changed, .ended, house-list.made, .ended, .forgotten.
 */

import * as audit from '../../audit/audit.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { asId, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { GroupChange, GroupDetail, GroupInput, GroupShape, MemberInput } from './contract.ts'
import { type CommunityGroup, type GroupId, type GroupMember, isListOver } from './group.ts'
import { groupProblem } from './problems.ts'
import * as store from './store.ts'
import { findVisitLists } from './store-visit-list.ts'
import { endListsOf, headsOf, outcomeCountsOf, sumOfCounts } from './visit-list.ts'

/** Members as they are kept: phones read, one leader. */
function membersOf(work: Work, inputs: readonly MemberInput[]): GroupMember[] {
  if (inputs.filter(({ role }) => role === 'leader').length !== 1) throw groupProblem('group-leader-needed')
  const phones = inputs.map(({ phone }) => parsePhone(phone))
  const rows = phones.flatMap(({ kind }, at) => (kind === 'malformed' ? [at + 1] : []))
  if (rows.length) throw groupProblem('group-phone-malformed', { rows })
  return inputs.map(({ role, fullName }, at) => {
    const phone = phones[at]
    return {
      id: newId<'member'>(work.now),
      role,
      fullName: fullName.normalize('NFC').trim(),
      ...(phone && 'e164' in phone && { phone: phone.e164 }),
    }
  })
}

/** The commune of a new group: the given one or the actor's own. It must exist today and lie in the actor's unit. */
async function getCommune(work: Work, wantedUnit: string | undefined): Promise<units.UnitId> {
  const unitId = wantedUnit === undefined ? work.unitId : asId<'unit'>(wantedUnit)
  if (!unitId) throw groupProblem('group-unit-refused')
  const root = work.unitId ?? unitId
  const unit = (await units.subtreeOn(work, root, work.today)).find(({ id }) => id === unitId)
  if (unit?.level !== 'commune') throw groupProblem('group-unit-refused')
  return unitId
}

const trimmed = ({ name, quarter }: Pick<GroupInput, 'name' | 'quarter'>) => ({
  name: name.trim(),
  quarter: quarter.trim(),
})

/** Sets up a group in a commune. */
export async function setUpGroup(work: Work, input: GroupInput): Promise<GroupId> {
  const members = membersOf(work, input.members)
  const group: CommunityGroup = {
    id: newId<'community-group'>(work.now),
    unitId: await getCommune(work, input.unit),
    ...trimmed(input),
    madeOn: work.today,
  }
  if (await store.isNameTaken(work, group)) throw groupProblem('group-exists')
  await store.insertGroup(work, group)
  await store.replaceMembers(work, group, members)
  await audit.record(
    work,
    'group.set-up',
    { kind: 'community-group', id: group.id, unitId: group.unitId },
    { members: members.length },
  )
  return group.id
}

async function holdKnownGroup(work: Work, id: GroupId): Promise<CommunityGroup> {
  const group = await store.holdGroup(work, id)
  if (!group) throw groupProblem('group-unknown')
  if (group.endedOn) throw groupProblem('group-ended', { endedOn: group.endedOn })
  return group
}

/** Changes name, quarter and members; a member who is no longer named is deleted. */
export async function changeGroup(work: Work, id: GroupId, input: GroupChange): Promise<void> {
  const members = membersOf(work, input.members)
  const group = { ...(await holdKnownGroup(work, id)), ...trimmed(input) }
  if (await store.isNameTaken(work, group)) throw groupProblem('group-exists')
  await store.updateGroup(work, group)
  await store.replaceMembers(work, group, members)
  await audit.record(
    work,
    'group.changed',
    { kind: 'community-group', id, unitId: group.unitId },
    { members: members.length },
  )
}

/** The group is no more: members and entries of its lists are deleted. */
export async function endGroup(work: Work, id: GroupId): Promise<void> {
  const group = await holdKnownGroup(work, id)
  await endListsOf(work, id)
  await store.replaceMembers(work, group, [])
  await store.setGroupEnded(work, id)
  await audit.record(work, 'group.ended', { kind: 'community-group', id, unitId: group.unitId })
}

async function groupShapes(work: Work, groups: readonly CommunityGroup[]): Promise<GroupShape[]> {
  const ids = groups.map(({ id }) => id)
  const members = Map.groupBy(await store.findMembers(work, ids), ({ groupId }) => groupId)
  const lists = await findVisitLists(work, ids)
  const counts = await outcomeCountsOf(work, lists)
  const open = Map.groupBy(
    lists.filter(
      ({ expiresOn, endedOn }) => !isListOver({ expiresOn, ...(endedOn !== null && { endedOn }) }, work.today),
    ),
    ({ groupId }) => groupId,
  )
  return Promise.all(
    groups.map(async ({ endedOn, unitId, ...group }) => {
      const [mine, theirs] = [open.get(group.id) ?? [], members.get(group.id) ?? []]
      return {
        ...group,
        unit: { id: unitId, name: await units.unitName(work, unitId) },
        ...(endedOn && { endedOn }),
        leader: theirs.find(({ role }) => role === 'leader')?.fullName ?? '',
        members: theirs.length,
        openLists: mine.length,
        counts: sumOfCounts(mine.flatMap(({ id }) => counts.get(id) ?? [])),
      }
    }),
  )
}

/** The groups of a commune, or of all in sight: by commune and name, those that are no more last. */
export async function listGroups(work: Work, { unit }: { unit?: string | undefined } = {}): Promise<GroupShape[]> {
  const within = unit && [...(await units.homesOn(work, asId<'unit'>(unit), work.today)).keys()]
  const groups = await groupShapes(work, await store.findGroups(work, within || undefined))
  const order = new Intl.Collator('vi', { numeric: true })
  const isEnded = ({ endedOn }: GroupShape) => (endedOn ? 1 : 0)
  return groups.sort(
    (a, b) => isEnded(a) - isEnded(b) || order.compare(a.unit.name, b.unit.name) || order.compare(a.name, b.name),
  )
}

/** A group with its members and lists. */
export async function openGroup(work: Work, id: GroupId): Promise<GroupDetail> {
  const group = await store.findGroup(work, id)
  const [head] = group ? await groupShapes(work, [group]) : []
  if (!head) throw groupProblem('group-unknown')
  const people = await store.findMembers(work, [id])
  return {
    ...head,
    people: people.map(({ id: memberId, role, fullName, phone }) => ({
      id: memberId,
      role,
      fullName,
      ...(phone !== null && { phone }),
    })),
    lists: await headsOf(work, await findVisitLists(work, [id])),
  }
}
