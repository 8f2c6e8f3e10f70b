import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import type { RegisterFacts } from './find-defects.ts'
import { oldestPupil } from './law.ts'
import type { KeptRoll } from './store.ts'
import type { FoundRollRow, RowStatus } from './store-outcome.ts'
import type { Candidate } from './store-row.ts'

/**
 * A reader of the roll may read its pupils, and the candidates of a row until it is decided. Both are opened under the
 * entry's id, so that a roll that is sent again opens and closes nothing for unchanged pupils.
 */
const pupilCaseKind = 'roll-row' as const
const candidateCaseKind = 'roll-review' as const

/** The persons of some rows and their candidates from now on, with their data in the register. */
type RowPersons = {
  readonly found: readonly FoundRollRow[]
  readonly candidates: readonly Candidate[]
  readonly facts: ReadonlyMap<string, RegisterFacts>
}

/** A roll must not open a person to its sender by merely naming them: only persons of pupils' age are opened. */
async function filterByPupilAge(
  work: Work,
  { asOf }: KeptRoll,
  ids: ReadonlySet<register.PersonId>,
  facts: ReadonlyMap<string, RegisterFacts>,
): Promise<Set<register.PersonId>> {
  const since = Number(asOf.slice(0, 4)) - ruleOn(oldestPupil, work.today, work)
  const pupils = new Set<register.PersonId>()
  const unknown: register.PersonId[] = []
  for (const id of ids) {
    const born = facts.get(id)?.birth.y
    if (born === undefined) unknown.push(id)
    else if (born >= since) pupils.add(id)
  }
  if (unknown.length > 0) for (const id of await register.bornSince(work, since, unknown)) pupils.add(id)
  return pupils
}

const isUndecided = ({
  outcome,
  contested,
}: {
  readonly outcome?: string | null | undefined
  readonly contested?: boolean | undefined
}) => outcome === 'review' || contested === true

/**
 * Opens the persons whom some rows are now, or may be, and closes the former ones. The case of a pupil who came back to
 * the school was closed when they left.
 */
export async function updateAccessCases(
  work: Work,
  roll: KeptRoll,
  statuses: ReadonlyMap<number, RowStatus>,
  { found, candidates, facts }: RowPersons,
  hasReturned: (place: number) => boolean = () => false,
): Promise<void> {
  const idAt = (place: number) => statuses.get(place)?.id ?? roll.id
  const before = (place: number) => statuses.get(place)
  const others = found.filter(({ place, personId }) => before(place)?.personId && before(place)?.personId !== personId)
  const looked = found.filter(({ place }) => isUndecided(before(place) ?? {}))
  await register.closeAccessCasesOfKind(
    work,
    pupilCaseKind,
    others.map(({ place }) => idAt(place)),
  )
  await register.closeAccessCasesOfKind(
    work,
    candidateCaseKind,
    looked.map(({ place }) => idAt(place)),
  )

  const open = new Set(found.filter(isUndecided).map(({ place }) => place))
  const opened = [
    ...found.flatMap(({ place, personId }) =>
      personId && (before(place)?.personId !== personId || hasReturned(place))
        ? [{ personId, place, kind: pupilCaseKind }]
        : [],
    ),
    ...candidates.flatMap(({ place, personId }) =>
      open.has(place) ? [{ personId, place, kind: candidateCaseKind }] : [],
    ),
  ]
  if (opened.length === 0) return
  const pupils = await filterByPupilAge(work, roll, new Set(opened.map(({ personId }) => personId)), facts)
  await register.openAccessCases(
    work,
    opened
      .filter(({ personId }) => pupils.has(personId))
      .map(({ personId, place, kind }) => ({
        personId,
        unitId: roll.schoolId,
        kind,
        caseId: idAt(place),
        openedBy: roll.sentBy.id,
      })),
  )
}

/** Of pupils whom the next roll lacks: superiors see whom an officer opened by a roll, read, and took off it again. */
export async function withdrawAccessCases(work: Work, entryIds: readonly string[]): Promise<void> {
  await register.withdrawAccessCases(work, pupilCaseKind, entryIds)
  await register.withdrawAccessCases(work, candidateCaseKind, entryIds)
}

export async function closeAccessCases(work: Work, entryIds: readonly string[]): Promise<void> {
  await register.closeAccessCasesOfKind(work, pupilCaseKind, entryIds)
  await register.closeAccessCasesOfKind(work, candidateCaseKind, entryIds)
}
