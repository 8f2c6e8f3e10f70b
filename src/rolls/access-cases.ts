import { ruleOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import type { Facts } from './defect.ts'
import { oldestPupil } from './law.ts'
import type { KeptRoll } from './store.ts'
import type { Found, Standing } from './store-found.ts'
import type { Candidate } from './store-row.ts'

/**
 * A reader of the roll may read its pupils, and the candidates of a row until it is decided. Both are opened under the
 * entry's id, so that a roll that is sent again opens and closes nothing for unchanged pupils.
 */
const pupil = 'roll-row'
const asked = 'roll-review'

/** The persons of some rows and their candidates from now on, with their data in the register. */
type Becoming = {
  readonly found: readonly Found[]
  readonly candidates: readonly Candidate[]
  readonly facts: ReadonlyMap<string, Facts>
}

/** A roll must not open a person to its sender by merely naming them: only persons of pupils' age are opened. */
async function thoseOfPupilsAge(
  work: Work,
  { asOf }: KeptRoll,
  ids: ReadonlySet<register.PersonId>,
  facts: ReadonlyMap<string, Facts>,
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

const isAsked = ({
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
export async function moveCases(
  work: Work,
  roll: KeptRoll,
  standing: ReadonlyMap<number, Standing>,
  { found, candidates, facts }: Becoming,
  isBack: (place: number) => boolean = () => false,
): Promise<void> {
  const idAt = (place: number) => standing.get(place)?.id ?? roll.id
  const before = (place: number) => standing.get(place)
  const others = found.filter(({ place, personId }) => before(place)?.personId && before(place)?.personId !== personId)
  const looked = found.filter(({ place }) => isAsked(before(place) ?? {}))
  await register.closeCases(
    work,
    pupil,
    others.map(({ place }) => idAt(place)),
  )
  await register.closeCases(
    work,
    asked,
    looked.map(({ place }) => idAt(place)),
  )

  const open = new Set(found.filter(isAsked).map(({ place }) => place))
  const opened = [
    ...found.flatMap(({ place, personId }) =>
      personId && (before(place)?.personId !== personId || isBack(place)) ? [{ personId, place, kind: pupil }] : [],
    ),
    ...candidates.flatMap(({ place, personId }) => (open.has(place) ? [{ personId, place, kind: asked }] : [])),
  ]
  if (opened.length === 0) return
  const pupils = await thoseOfPupilsAge(work, roll, new Set(opened.map(({ personId }) => personId)), facts)
  await register.openCases(
    work,
    opened
      .filter(({ personId }) => pupils.has(personId))
      .map(({ personId, place, kind }) => ({
        personId,
        unitId: roll.schoolId,
        kind,
        caseId: idAt(place),
      })),
  )
}

export async function closeCases(work: Work, entryIds: readonly string[]): Promise<void> {
  await register.closeCases(work, pupil, entryIds)
  await register.closeCases(work, asked, entryIds)
}
