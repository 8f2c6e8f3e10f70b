/**
 * Families whom a teacher cannot reach: moved away, or a telephone that is another’s. In: the last result of a pupil.
 * Decided: whether somebody has to look, and who: the ward where the pupil lives, else the one of the school. Out: a
 * follow-up of that ward with a last day; it is done when the ward says so or the teacher says something else, and
 * dropped when the teacher takes it back. No deeds of its own: it follows those of results and of answers.
 */
import { randomUUID } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import { newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { ruleOn } from '../../platform/law.ts'
import { inBothLanguages } from '../../platform/pages/html.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { PupilOutcome } from '../class.ts'
import { unreachedDays } from '../law.ts'
import * as store from './store.ts'
import { unreachedText } from './words.ts'

const kind = 'pupil-unreached' as const
export const unreachedJob = 'follow-unreached-pupil'

const unreached = ['moved', 'wrong-phone'] as const
type Unreached = (typeof unreached)[number]
const isUnreached = (outcome: PupilOutcome | null): outcome is Unreached => unreached.some(one => one === outcome)

/** The teacher sees one class and no ward’s work: the installation does what follows, queued with the result. */
export const queueUnreached = (work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> =>
  queueJob(work, unreachedJob, { row: subject.id }, { key: `${unreachedJob} ${subject.id}` })

async function wardOf(work: Work, { personId, schoolId }: store.LastOfRow) {
  const person = personId && (await register.listSummaries(work, [personId]))[0]
  return person?.permanentUnitId ?? (await units.getSchool(work, schoolId)).unitId
}

/** Opens, closes or leaves the follow-ups of a pupil, by what the teacher said last. A second run changes nothing. */
export async function followUnreached(work: Work, rowId: string): Promise<void> {
  const row = await store.findLastOfRow(work, rowId)
  const ofSchool = await followUps.findFollowUps(work, { kind, scopeId: row?.schoolId })
  const open = ofSchool.filter(({ subjectId }) => subjectId === rowId)
  const wanted = row && isUnreached(row.outcome) ? row.outcome : undefined
  const state = row?.outcome ? 'done' : 'dropped'
  for (const { id, scopeId } of open.filter(({ reason }) => reason !== wanted))
    await followUps.closeFollowUps(work, scopeId, [{ id, state }])
  if (!row || !wanted || open.some(({ reason }) => reason === wanted)) return
  const ward = await wardOf(work, row)
  await followUps.openFollowUps(work, [
    {
      id: newId<'follow-up'>(work.now),
      kind,
      scopeId: row.schoolId,
      period: row.schoolYear,
      sourceId: row.rollId,
      sourcePlace: row.place,
      sourcePart: row.class,
      subjectId: rowId,
      ...(row.personId && { personId: row.personId }),
      reason: wanted,
      evidence: 'teacher',
      valuesKey: randomUUID(),
      owner: 'ward',
      ownerUnitId: ward,
      dueOn: units.workingDaysAfter(work.today, ruleOn(unreachedDays, work.today, work)),
      state: 'open',
      openedOn: work.today,
    },
  ])
}

/** The ward says that it has reached the family: the follow-up is done. */
export async function closeAnswered(work: Work, { subject }: Pick<Deed, 'subject'>): Promise<void> {
  const [found] = await followUps.findFollowUps(work, { kind, ids: [subject.id] })
  if (found) await followUps.closeFollowUps(work, found.scopeId, [{ id: found.id, state: 'done' }])
}

const inBoth = inBothLanguages(unreachedText)

/** What the list of follow-ups shows of them: the pupil as the roll or the register has the name. */
export const unreachedFollowUps: followUps.KeptKindRules = {
  title: inBoth('title'),
  right: 'rolls.review',
  purpose: 'campaign',
  papersDecide: () => false,
  async describe(work, found) {
    const ids = found.flatMap(({ personId }) => personId ?? [])
    const people = new Map(
      (await register.listSummaries(work, ids)).map(({ id, fullName }) => [id as string, fullName]),
    )
    const onRoll = await store.findNamesOnRoll(
      work,
      found.map(({ subjectId }) => subjectId),
    )
    await audit.noteReading(work, ids, ['name'])
    return Promise.all(
      found.map(async ({ scopeId, reason, personId, subjectId }) => {
        const isKnown = personId !== undefined && people.has(personId)
        const code: Unreached = reason === 'moved' ? 'moved' : 'wrong-phone'
        return {
          what: inBoth(code),
          why: inBoth('why'),
          task: inBoth(`task-${code}`),
          scopeName: (await units.getSchool(work, scopeId)).name,
          name: onRoll.get(subjectId) ?? (personId && people.get(personId)) ?? '',
          ...(isKnown && { personId }),
        }
      }),
    )
  },
}
