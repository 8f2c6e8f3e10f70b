import * as audit from '../audit/audit.ts'
import { asId, type Id, newId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import * as rolls from '../rolls/rolls.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import type { HomeroomId, SchoolClass } from './class.ts'
import { classProblem } from './problems.ts'
import * as store from './store.ts'

const noOutcomes = { 'told-parents': 0, 'will-come': 0, done: 0, absent: 0, moved: 0, 'wrong-phone': 0, other: 0 }

async function teachersOf(work: Work, schoolId: Id<'school'>) {
  const posts = await staff.postsAtSchool(work, schoolId, 'homeroom-teacher')
  const names = await staff.namesOf(
    work,
    posts.map(({ officerId }) => officerId),
  )
  return posts.map(({ appointmentId, officerId }) => ({ appointmentId, officerId, name: names.get(officerId) ?? '' }))
}

async function classesOfSchool(work: Work, id: Id<'school'>, schoolYear: string) {
  const teachers = await teachersOf(work, id)
  const named = (await store.findHomerooms(work, id)).filter(one => one.schoolYear === schoolYear)
  const names = await staff.namesOf(
    work,
    named.map(({ officerId }) => officerId),
  )
  const classes = (await store.countClasses(work, id, schoolYear)).map(one => {
    const homeroom = named.find(of => of.class === one.class)
    return {
      class: one.class,
      pupils: one.pupils,
      said: Object.values(one.outcomes).reduce((sum, count) => sum + count, 0),
      outcomes: { ...noOutcomes, ...one.outcomes },
      ...(homeroom && {
        homeroom: {
          id: homeroom.id,
          appointmentId: homeroom.appointmentId,
          teacher: names.get(homeroom.officerId) ?? '',
          since: homeroom.namedOn,
        },
      }),
    }
  })
  const collator = new Intl.Collator('vi', { numeric: true })
  return {
    school: { id, name: (await units.getSchool(work, id)).name },
    schoolYear,
    classes: classes.toSorted((a, b) => collator.compare(a.class, b.class)),
    teachers: teachers.map(({ appointmentId, name }) => ({ appointmentId, name })),
  }
}

/** The classes of the schools in sight in a school year, with their teachers. */
export async function listClasses(work: Work, wantedYear?: string) {
  const schoolYear = wantedYear ?? rolls.schoolYearOn(work.today, work)
  const ids = await store.findSchoolsWithRoll(work, schoolYear)
  return { schools: await Promise.all(ids.map(id => classesOfSchool(work, id, schoolYear))) }
}

async function endNaming(work: Work, one: store.HomeroomRow): Promise<void> {
  await store.setHomeroomEnded(work, one.id)
  await audit.record(
    work,
    'homeroom.ended',
    { kind: 'homeroom', id: one.id, unitId: one.schoolId },
    { class: one.class, schoolYear: one.schoolYear, teacher: one.officerId },
  )
}

/**
 * Names the homeroom teacher of a class; a former one sees the class no more. Throws class-school-outside,
 * class-unknown, class-teacher-unknown.
 */
export async function nameHomeroom(
  work: Work,
  { appointmentId, ...of }: SchoolClass & { readonly appointmentId: string },
): Promise<HomeroomId> {
  if (!staff.isInScope(work, of.schoolId)) throw classProblem('class-school-outside')
  if ((await store.findPupils(work, of)).length === 0) throw classProblem('class-unknown')
  const teacher = (await teachersOf(work, of.schoolId)).find(one => one.appointmentId === appointmentId)
  if (!teacher) throw classProblem('class-teacher-unknown')

  const former = await store.holdHomeroomOf(work, of)
  if (former?.appointmentId === appointmentId) return former.id
  if (former) await endNaming(work, former)
  const id = newId<'homeroom'>(work.now)
  await store.insertHomeroom(work, { id, ...of, appointmentId, officerId: teacher.officerId })
  await audit.record(
    work,
    'homeroom.named',
    { kind: 'homeroom', id, unitId: of.schoolId },
    { class: of.class, schoolYear: of.schoolYear, teacher: teacher.officerId },
  )
  return id
}

/** Ends a naming. Throws homeroom-unknown. */
export async function endHomeroom(work: Work, id: HomeroomId): Promise<void> {
  const one = await store.holdHomeroom(work, id)
  if (!one) throw classProblem('homeroom-unknown')
  await endNaming(work, one)
}

/** After a restore: a naming that was ended since is ended again. */
export async function endHomeroomAgain(work: Work, { of }: Pick<audit.JournalLine, 'of'>): Promise<audit.Again> {
  const one = await store.holdHomeroom(work, asId<'homeroom'>(of))
  if (!one) return 'unknown'
  await endNaming(work, one)
  return 'again'
}
