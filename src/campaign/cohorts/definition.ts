import { Value } from 'typebox/value'
import { Definition } from './contract-definition.ts'
import { definitionProblem } from './problems.ts'

/** A definition of a campaign as it comes from a file or a form, and all that is wrong with it. */

/** Days of campaigns lie within a lifetime of this house. */
const isSensibleDay = (day: string) => day >= '2000-01-01' && day < '2100-01-01'

/** The faults of a definition, each with its path; empty where it has none. */
function definitionFaults(input: unknown): string[] {
  if (Value.Check(Definition, input)) return []
  return [...Value.Errors(Definition, input)]
    .slice(0, 20)
    .map(({ instancePath, message }) => `${instancePath || '/'}: ${message}`)
}

/**
 * Faults that a shape cannot say: days that are none, deadlines before the start, cohorts that cannot be counted
 * together.
 */
function deeperFaults({ startsOn, deadlines = [], cohort, cohorts, schoolYear }: Definition): string[] {
  const all = cohorts ?? (cohort ? [cohort] : [])
  const names = deadlines.map(({ name }) => name)
  const years = /^(\d{4})-(\d{4})$/.exec(schoolYear ?? '')
  return [
    ...(cohort && cohorts ? ['/cohorts: stands instead of /cohort, not beside it'] : []),
    ...(isSensibleDay(startsOn) ? [] : ['/startsOn: is a day of this century']),
    ...deadlines
      .filter(({ on }) => !isSensibleDay(on))
      .map(({ name }) => `/deadlines: ${name} is a day of this century`),
    ...(all.length === 0 ? ['/cohort: is missing; say whom the campaign means'] : []),
    ...(years && Number(years[2]) !== Number(years[1]) + 1
      ? ['/schoolYear: is of two years that follow each other']
      : []),
    ...(new Set(names).size < names.length ? ['/deadlines: two have one name'] : []),
    ...deadlines
      .filter(({ on }) => on < startsOn)
      .map(({ name }) => `/deadlines: ${name} is before the campaign begins`),
    ...all.flatMap(({ bornIn, ageFrom }, i) =>
      bornIn && ageFrom ? [`/cohorts/${i}: is by years of birth or by age, not both`] : [],
    ),
  ]
}

/** Reads what came from a file or a form; refuses with every fault that it has. */
export function readDefinition(input: unknown): Definition {
  const faults = definitionFaults(input)
  if (faults.length > 0) throw definitionProblem('campaign-malformed', { faults })
  const definition = Value.Parse(Definition, input)
  const deeper = deeperFaults(definition)
  if (deeper.length > 0) throw definitionProblem('campaign-malformed', { faults: deeper })
  return definition
}
