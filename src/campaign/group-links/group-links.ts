/**
 * Links by which members of a community group open the group’s visit lists on their own phone. In: a group, a member’s
 * name, a last day. Decided: that the group is the ward’s and stands. Out: an address and a PIN, told once and
 * apart; the page of the lists; what came of each visit. Deeds: those of access-links, house-call.made, .taken-back.
 */
import * as accessLinks from '../../access-links/access-links.ts'
import { addDays, type Day } from '../../platform/day.ts'
import { asId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Deed, Work } from '../../platform/work.ts'
import { getStandingGroup, isGroupInSight, markOwnVisit, readOwnVisits } from '../groups/access.ts'
import type { GroupId, VisitListId, VisitOutcome } from '../groups/group.ts'
import { groupProblem } from '../groups/problems.ts'
import { groupLinkDays } from '../law.ts'

const generated = { generated: true } as const

/** The links of a group, the latest first. Throws group-unknown. */
export async function listGroupLinks(work: Work, groupId: GroupId) {
  if (!(await isGroupInSight(work, groupId))) throw groupProblem('group-unknown')
  const links = await accessLinks.linksOf(work, 'group', groupId)
  return {
    usualEnd: addDays(work.today, ruleOn(groupLinkDays, work.today, work)),
    links: links.map(accessLinks.linkShapeOf),
  }
}

/** Issues a link for one member. Throws group-unknown, group-ended, access-link-day-refused. */
export async function issueGroupLink(
  work: Work,
  groupId: GroupId,
  { holder, until }: { readonly holder: string; readonly until: Day },
): Promise<accessLinks.IssuedLink> {
  const group = await getStandingGroup(work, groupId)
  const { unitId, name: label } = group
  return accessLinks.issueLink(work, {
    ...{ kind: 'group', subjectId: groupId, label, unitId, holder, until },
    pin: generated,
  })
}

/** The same for several members, in their order. Throws what issueGroupLink throws. */
export async function issueGroupLinks(
  work: Work,
  groupId: GroupId,
  { holders, until }: { readonly holders: readonly string[]; readonly until: Day },
) {
  const issued = []
  for (const holder of holders) issued.push({ holder, ...(await issueGroupLink(work, groupId, { holder, until })) })
  return issued
}

const getOwn = async (work: Work, id: string) => (await accessLinks.getLink(work, asId<'access-link'>(id), 'group')).id

/**
 * Another address, PIN and last day. Throws access-link-unknown, group-unknown, group-ended, access-link-day-refused.
 */
export async function renewGroupLink(work: Work, id: string, until: Day): Promise<accessLinks.IssuedLink> {
  const link = await accessLinks.getLink(work, asId<'access-link'>(id), 'group')
  await getStandingGroup(work, asId<'community-group'>(link.subjectId))
  return accessLinks.renewLink(work, link.id, { until, pin: generated })
}

/** Throws access-link-unknown, access-link-ended. */
export const newPinOfGroupLink = async (work: Work, id: string) => accessLinks.setNewPin(work, await getOwn(work, id))

/** Throws access-link-unknown, access-link-ended. */
export const revokeGroupLink = async (work: Work, id: string): Promise<void> =>
  accessLinks.revokeLink(work, await getOwn(work, id))

/** A group that is no more has no links: a consequence of `group.ended`. */
export async function endLinksOfGroup(work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> {
  const links = await accessLinks.linksOf(work, 'group', subject.id)
  for (const { id } of links.filter(({ end }) => !end)) await accessLinks.revokeLink(work, id)
}

export type OwnVisits = Awaited<ReturnType<typeof readOwnVisits>>
export type VisitDoor = OwnVisits['lists'][number]['doors'][number]

/** The lists that the link opens, with their doors in the order of the walk. What is shown is noted as read. */
export const readVisitsByLink = (work: Work): Promise<OwnVisits> => readOwnVisits(work)

/** A door by its list and its place on it: the page knows no person’s id. Throws house-list-entry-unknown. */
async function personAt(work: Work, listId: string, place: number) {
  const list = (await readOwnVisits(work)).lists.find(({ id }) => id === listId)
  const door = list?.doors.find(one => one.place === place)
  if (!list || !door) throw groupProblem('house-list-entry-unknown')
  return { listId: list.id as VisitListId, personId: door.person }
}

/** What came of a visit; without an outcome the mark is taken back. Throws house-list-entry-unknown, -note-refused. */
export async function markByLink(
  work: Work,
  at: { readonly listId: string; readonly place: number },
  mark: { readonly outcome?: VisitOutcome | undefined; readonly note?: string | undefined },
): Promise<void> {
  const { listId, personId } = await personAt(work, at.listId, at.place)
  await markOwnVisit(work, listId, personId, mark)
}
