import { useMemo } from 'react'
import { listSchools, listUnits } from '../../../src/units/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useSession } from '../shell/session.tsx'

/**
 * Units of the house, and the schools of one's own district, where a ward's pupils go; of the whole province for who
 * works for it.
 */
export function usePlaces() {
  const { unitPath } = useSession()
  const units = useAsk(listUnits, { query: {} })
  const below = (unitPath.find(({ level }) => level === 'district') ?? unitPath[0])?.id
  const schools = useAsk(listSchools, { params: { id: below ?? '' }, query: {} }, { when: below !== undefined })
  return useMemo(() => {
    const [all, standing] = [units.data?.units ?? [], schools.data?.schools ?? []]
    const names = new Map<string, string>([...all, ...standing].map(({ id, name }) => [id, name]))
    return {
      units: all,
      schools: standing,
      nameOf: (id: string | undefined) => (id === undefined ? undefined : names.get(id)),
      /** To choose from; a commune is told with its district, since names come twice. */
      unitChoices: all.map(
        ({ id, name, level, parentId }) =>
          [id, [name, level === 'commune' && names.get(parentId ?? '')].filter(Boolean).join(', ')] as const,
      ),
      schoolChoices: standing.map(({ id, name }) => [id, name] as const),
    }
  }, [units.data, schools.data])
}
