/**
 * Links by which a teacher opens the sheet of one class for one term. In: a class of a school’s roll, a holder, a last
 * day. Decided: who issues it (the school’s officer; the ward where the school has none), and that the class is on the
 * roll. Out: an address and, apart, a PIN, both told once. Deeds: those of access-links, class-message.changed.
 */
import * as accessLinks from '../../access-links/access-links.ts'
import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { SchoolClass } from '../class.ts'
import { termEndOn, termOn } from '../law.ts'
import { classProblem } from '../problems.ts'
import { countClasses, findHomerooms, findPupils, findSchoolsWithRoll } from '../store.ts'
import * as store from './store.ts'

export { findLinkedClass, findNamesInMessage, type LinkedClass } from './store.ts'

const generated = { generated: true } as const
const mostShown = 200

/** Whether the work acts for the school itself: its scope is schools and no unit. */
async function mayIssueAt(work: Work, schoolId: Id<'school'>): Promise<boolean> {
  if (!staff.isInScope(work, schoolId)) return false
  const { unitId } = await units.getSchool(work, schoolId)
  if (!staff.isInScope(work, unitId)) return true
  return (await staff.postsAtSchool(work, schoolId, 'school-officer')).length === 0
}

/** Throws class-school-outside, class-link-of-school. */
async function refuseIssuer(work: Work, schoolId: Id<'school'>): Promise<void> {
  if (!staff.isInScope(work, schoolId)) throw classProblem('class-school-outside')
  if (!(await mayIssueAt(work, schoolId))) throw classProblem('class-link-of-school')
}

async function teachersByClass(work: Work, schoolId: Id<'school'>, schoolYear: string) {
  const named = (await findHomerooms(work, schoolId)).filter(one => one.schoolYear === schoolYear)
  const names = await staff.namesOf(
    work,
    named.map(({ officerId }) => officerId),
  )
  return new Map(named.map(one => [one.class, names.get(one.officerId) ?? '']))
}

async function classesWithLinks(work: Work, schoolId: Id<'school'>, schoolYear: string) {
  const linked = await store.findLinkedClasses(work, schoolId, schoolYear)
  const links = Map.groupBy(
    await accessLinks.linksOfAll(
      work,
      'class',
      linked.map(({ id }) => id),
    ),
    ({ subjectId }) => subjectId,
  )
  const teachers = await teachersByClass(work, schoolId, schoolYear)
  const collator = new Intl.Collator('vi', { numeric: true })
  return (await countClasses(work, schoolId, schoolYear))
    .map(one => ({
      class: one.class,
      pupils: one.pupils,
      ...(teachers.has(one.class) && { teacher: teachers.get(one.class) ?? '' }),
      links: (links.get(linked.find(of => of.class === one.class)?.id ?? '') ?? []).map(accessLinks.linkShapeOf),
    }))
    .toSorted((a, b) => collator.compare(a.class, b.class))
}

/** The schools in sight, and the classes of one with their links. Throws class-school-outside. */
export async function listClassLinks(work: Work, schoolId?: Id<'school'>) {
  const schoolYear = rolls.schoolYearOn(work.today, work)
  const ids = await findSchoolsWithRoll(work, schoolYear)
  if (schoolId && !ids.includes(schoolId)) throw classProblem('class-school-outside')
  const schools = await Promise.all(ids.map(async id => ({ id, name: (await units.getSchool(work, id)).name })))
  const chosen = schools.find(({ id }) => id === schoolId) ?? (schools.length === 1 ? schools[0] : undefined)
  return {
    schools: schools.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')),
    ...(chosen && {
      school: {
        ...chosen,
        schoolYear,
        mayIssue: await mayIssueAt(work, chosen.id),
        namesInMessage: await store.findNamesInMessage(work, chosen.id),
      },
    }),
    termEnd: termEndOn(work.today, work),
    term: termOn(work.today, work),
    classes: chosen ? await classesWithLinks(work, chosen.id, schoolYear) : [],
  }
}

export type NewClassLink = Omit<SchoolClass, 'schoolYear'> & { readonly holder: string; readonly until: Day }

/**
 * Issues a link to the sheet of a class of this year’s roll. Throws class-school-outside, class-link-of-school,
 * class-unknown, access-link-day-refused.
 */
export async function issueClassLink(work: Work, { holder, until, ...of }: NewClassLink) {
  await refuseIssuer(work, of.schoolId)
  const ofYear = { ...of, schoolYear: rolls.schoolYearOn(work.today, work) }
  if ((await findPupils(work, ofYear)).length === 0) throw classProblem('class-unknown')
  const linked = await store.takeLinkedClass(work, newId<'linked-class'>(work.now), ofYear)
  const { unitId } = await units.getSchool(work, of.schoolId)
  return accessLinks.issueLink(work, {
    kind: 'class',
    subjectId: linked.id,
    label: of.class,
    ...{ unitId, schoolId: of.schoolId, holder, until },
    pin: generated,
  })
}

/**
 * The same for many classes of one school; a class that has a link in force has it renewed. Throws what
 * issueClassLink throws.
 */
export async function issueClassLinks(
  work: Work,
  {
    schoolId,
    until,
    classes,
  }: Pick<NewClassLink, 'schoolId' | 'until'> & { readonly classes: readonly Pick<NewClassLink, 'class' | 'holder'>[] },
) {
  await refuseIssuer(work, schoolId)
  const known = await classesWithLinks(work, schoolId, rolls.schoolYearOn(work.today, work))
  const issued = []
  for (const one of classes) {
    const inForce = known.find(of => of.class === one.class)?.links.filter(({ state }) => state === 'in-force') ?? []
    for (const { id } of inForce) await accessLinks.endRenewed(work, asId<'access-link'>(id))
    issued.push({ ...one, ...(await issueClassLink(work, { schoolId, until, ...one })) })
  }
  return issued
}

/** A link of a class in sight whose issuer the work may be. Throws access-link-unknown, class-link-of-school. */
async function getOwnLink(work: Work, id: string): Promise<accessLinks.LinkId> {
  const link = await accessLinks.getLink(work, asId<'access-link'>(id), 'class')
  if (!link.schoolId) throw classProblem('class-link-of-school')
  await refuseIssuer(work, link.schoolId)
  return link.id
}

/** Another address, PIN and last day. Throws access-link-unknown, class-link-of-school, access-link-day-refused. */
export const renewClassLink = async (
  work: Work,
  id: string,
  { until, holder }: { readonly until: Day; readonly holder?: string | undefined },
): Promise<accessLinks.IssuedLink> =>
  accessLinks.renewLink(work, await getOwnLink(work, id), { until, holder, pin: generated })

/** Throws access-link-unknown, access-link-ended, class-link-of-school. */
export const newPinOfClassLink = async (work: Work, id: string) =>
  accessLinks.setNewPin(work, await getOwnLink(work, id))

/** Throws access-link-unknown, access-link-ended, class-link-of-school. */
export const revokeClassLink = async (work: Work, id: string): Promise<void> =>
  accessLinks.revokeLink(work, await getOwnLink(work, id))

/** What was said behind a link. Notes the reading of the pupils. Throws access-link-unknown. */
export async function listDoneByLink(work: Work, id: string) {
  const link = await accessLinks.getLink(work, asId<'access-link'>(id), 'class')
  const done = await store.findDoneByLink(work, link.id, mostShown)
  await audit.noteReading(
    work,
    done.flatMap(({ personId }) => personId ?? []),
    ['name'],
  )
  return {
    done: done.map(({ at, name, outcome, willComeOn, note, isTakenBack }) => ({
      at: at.toISOString(),
      name: name ?? '',
      outcome,
      ...(willComeOn && { willComeOn }),
      ...(note && { note }),
      takenBack: isTakenBack,
    })),
  }
}

/** Whether the text for the group of a class names pupils. Throws class-school-outside. */
export async function chooseNamesInMessage(work: Work, schoolId: Id<'school'>, names: boolean): Promise<void> {
  if (!staff.isInScope(work, schoolId)) throw classProblem('class-school-outside')
  if ((await store.findNamesInMessage(work, schoolId)) === names) return
  await store.setNamesInMessage(work, schoolId, names)
  await audit.record(work, 'class-message.changed', { kind: 'school', id: schoolId, unitId: schoolId }, { names })
}
