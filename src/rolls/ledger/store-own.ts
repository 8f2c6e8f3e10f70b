import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/** A row of a roll as a school wrote it, for the person it is about. */
export type OwnRow = {
  readonly school: string | null
  readonly schoolYear: string
  readonly kind: string
  readonly asOf: string
  readonly class: string | null
  readonly grade: number | null
  readonly given: { readonly [field in 'name' | 'birth' | 'number' | 'sex' | 'residence']: string | null }
  readonly defects: readonly string[]
  readonly inForce: boolean
}

/** The rows that are the person whose own page is read (`ownOf`); none in another work. */
export async function findOwnRows({ tx }: Work): Promise<OwnRow[]> {
  const { rows } = await sql<OwnRow>`
    select school, school_year as "schoolYear", kind, as_of as "asOf", class, grade, given, defects,
      in_force as "inForce" from rolls.own_rows()`.execute(tx)
  return rows
}
