import { useQuery } from '@tanstack/react-query'
import { listCards } from '../../../src/cards/tracking/contract.ts'
import { listRolls, listRows } from '../../../src/rolls/contract.ts'
import { call } from '../../parts/call.ts'
import type { StagedCard } from '../cards/card-types.ts'
import { useMay, useSession } from '../shell/session.tsx'

/** A card that a teacher could collect, with the class of its holder where a roll says it. */
export type Candidate = {
  readonly cardId: string
  readonly name: string
  readonly serial: string
  readonly class: string
}

const perPage = 500

/** All cards that wait at units in one's sight, page after page. */
async function cardsAtUnits(signal: AbortSignal): Promise<StagedCard[]> {
  const all: StagedCard[] = []
  for (let after: string | undefined; ; ) {
    const { rows, next } = await call(listCards, {
      query: { stage: 'at-unit', limit: perPage, ...(after && { after }) },
      signal,
    })
    all.push(...rows)
    if (!next) return all
    after = next
  }
}

/** Who is on the rolls in force of a school, with their classes. */
async function classesOf(schoolId: string, signal: AbortSignal): Promise<Map<string, string>> {
  const classes = new Map<string, string>()
  const { rolls } = await call(listRolls, { query: { schoolId, inForce: true }, signal })
  for (const { id } of rolls)
    for (let offset = 0; ; offset += perPage) {
      const { rows, total } = await call(listRows, {
        params: { id },
        query: { outcome: 'matched', offset, limit: perPage },
        signal,
      })
      for (const { personId, class: name } of rows) if (personId) classes.set(personId, name ?? '')
      if (offset + perPage >= total) break
    }
  return classes
}

/**
 * Cards of a school's pupils that wait here: those on its rolls, and those that were captured there. By class, then as
 * the list gives them.
 */
export function useCandidates(schoolId: string) {
  const { post } = useSession()
  const mayRolls = useMay('rolls.read')
  const here = post?.unitId
  return useQuery({
    queryKey: [listCards.path, listCards.method, 'candidates', schoolId, here, mayRolls],
    enabled: schoolId !== '',
    queryFn: async ({ signal }): Promise<Candidate[]> => {
      const cards = await cardsAtUnits(signal)
      const classes = mayRolls ? await classesOf(schoolId, signal) : new Map<string, string>()
      return cards
        .filter(({ placeId }) => placeId === undefined || placeId === here)
        .filter(card => card.schoolId === schoolId || classes.has(card.personId))
        .map(({ cardId, personId, name = '', serial = '' }) => ({
          cardId,
          name,
          serial,
          class: classes.get(personId) ?? '',
        }))
        .sort((one, other) => one.class.localeCompare(other.class, 'vi', { numeric: true }))
    },
  })
}
