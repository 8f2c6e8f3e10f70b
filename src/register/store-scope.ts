import { type RawBuilder, sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** A ward has fewer units, with its schools and what it was before, and a district more. */
const fewUnits = 40

/**
 * A condition that leaves only the people whom a ward's scope has, and whom a case opens to it, so that a list begins
 * with them and not with everybody of the province. What is seen of them the policies decide, as of anybody. Of more
 * units it leaves all: a page is soon full in the order of the list, whoever is asked.
 */
export const whereFewInScope = ({ scope }: Work, personId: RawBuilder<unknown>): RawBuilder<unknown> =>
  typeof scope === 'string' || scope.whole || scope.parts || scope.units.length > fewUnits
    ? sql`true`
    : sql`${personId} = any (array(
        select s.person_id from register.person_scope s where s.unit_id = any (${[...scope.units]}::uuid[])
        union all
        select c.person_id from register.access_case c where c.unit_id = any (${[...scope.units]}::uuid[])))`
