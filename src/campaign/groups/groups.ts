/**
 * Neighbours who help people at home, and the lists that they take along. A group and its members come in (here), then
 * a list for one walk (house-list.ts). Decided here: whose address lies in the quarter, and who lacks something that a
 * neighbour can help with. What goes out are the list on paper, and counts of the outcomes; entries are deleted after
 * the list's last day. Deeds: group.set-up, .changed, .ended, house-list.made, .ended, .forgotten.
 */

import * as audit from '../../audit/audit.ts'
import { parsePhone } from '../../names/numbers/phone.ts'
import { asId, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import type { GroupChanged, GroupGiven, GroupShape, GroupWhole, MemberGiven } from './contract.ts'
import { type Group, type GroupId, isOver, type Member } from './group.ts'
import { countsOf, endListsOf, headsOf, sumOf } from './house-list.ts'
import { groupProblem } from './problems.ts'
import * as store from './store.ts'
import { houseLists } from './store-house-list.ts'

/** Members as they are kept: phones read, one leader. */
function membersOf(work: Work, given: readonly MemberGiven[]): Member[] {
  if (given.filter(({ role }) => role === 'leader').length !== 1) throw groupProblem('group-leader-needed')
  const phones = given.map(({ phone }) => parsePhone(phone))
  const rows = phones.flatMap(({ kind }, at) => (kind === 'malformed' ? [at + 1] : []))
  if (rows.length) throw groupProblem('group-phone-malformed', { rows })
  return given.map(({ role, fullName }, at) => {
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
async function communeFor(work: Work, asked: string | undefined): Promise<units.UnitId> {
  const unitId = asked === undefined ? work.unitId : asId<'unit'>(asked)
  if (!unitId) throw groupProblem('group-unit-refused')
  const root = work.unitId ?? unitId
  const unit = (await units.subtreeOn(work, root, work.today)).find(({ id }) => id === unitId)
  if (unit?.level !== 'commune') throw groupProblem('group-unit-refused')
  return unitId
}

const trimmed = ({ name, quarter }: Pick<GroupGiven, 'name' | 'quarter'>) => ({
  name: name.trim(),
  quarter: quarter.trim(),
})

/** Sets up a group in a commune. */
export async function setUp(work: Work, given: GroupGiven): Promise<GroupId> {
  const members = membersOf(work, given.members)
  const group: Group = {
    id: newId<'community-group'>(work.now),
    unitId: await communeFor(work, given.unit),
    ...trimmed(given),
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

async function hold(work: Work, id: GroupId): Promise<Group> {
  const group = await store.holdGroup(work, id)
  if (!group) throw groupProblem('group-unknown')
  if (group.endedOn) throw groupProblem('group-ended', { endedOn: group.endedOn })
  return group
}

/** Changes name, quarter and members; a member who is no longer named is deleted. */
export async function change(work: Work, id: GroupId, given: GroupChanged): Promise<void> {
  const members = membersOf(work, given.members)
  const group = { ...(await hold(work, id)), ...trimmed(given) }
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
export async function end(work: Work, id: GroupId): Promise<void> {
  const group = await hold(work, id)
  await endListsOf(work, id)
  await store.replaceMembers(work, group, [])
  await store.setGroupEnded(work, id)
  await audit.record(work, 'group.ended', { kind: 'community-group', id, unitId: group.unitId })
}

async function shown(work: Work, groups: readonly Group[]): Promise<GroupShape[]> {
  const ids = groups.map(({ id }) => id)
  const members = Map.groupBy(await store.members(work, ids), ({ groupId }) => groupId)
  const lists = await houseLists(work, ids)
  const counts = await countsOf(work, lists)
  const open = Map.groupBy(
    lists.filter(({ expiresOn, endedOn }) => !isOver({ expiresOn, ...(endedOn !== null && { endedOn }) }, work.today)),
    ({ groupId }) => groupId,
  )
  return Promise.all(
    groups.map(async ({ endedOn, unitId, ...group }) => {
      const [mine, theirs] = [open.get(group.id) ?? [], members.get(group.id) ?? []]
      return {
        ...group,
        unit: { id: unitId, name: await units.nameOf(work, unitId) },
        ...(endedOn && { endedOn }),
        leader: theirs.find(({ role }) => role === 'leader')?.fullName ?? '',
        members: theirs.length,
        openLists: mine.length,
        counts: sumOf(mine.flatMap(({ id }) => counts.get(id) ?? [])),
      }
    }),
  )
}

/** The groups of a commune, or of all in sight: by commune and name, those that are no more last. */
export async function listGroups(work: Work, { unit }: { unit?: string | undefined } = {}): Promise<GroupShape[]> {
  const within = unit && [...(await units.homesOn(work, asId<'unit'>(unit), work.today)).keys()]
  const groups = await shown(work, await store.groups(work, within || undefined))
  const order = new Intl.Collator('vi', { numeric: true })
  const isEnded = ({ endedOn }: GroupShape) => (endedOn ? 1 : 0)
  return groups.sort(
    (a, b) => isEnded(a) - isEnded(b) || order.compare(a.unit.name, b.unit.name) || order.compare(a.name, b.name),
  )
}

/** A group with its members and lists. */
export async function openGroup(work: Work, id: GroupId): Promise<GroupWhole> {
  const group = await store.findGroup(work, id)
  const [head] = group ? await shown(work, [group]) : []
  if (!head) throw groupProblem('group-unknown')
  const people = await store.members(work, [id])
  return {
    ...head,
    people: people.map(({ id: memberId, role, fullName, phone }) => ({
      id: memberId,
      role,
      fullName,
      ...(phone !== null && { phone }),
    })),
    lists: await headsOf(work, await houseLists(work, [id])),
  }
}
