import type { CohortRule, Definition } from '../../../src/campaign/cohorts/contract-definition.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'

/** Years in a row as a span: 2004, 2005, 2006 → 2004–2006. */
function yearsText(years: readonly number[]): string {
  const sorted = [...new Set(years)].sort((a, b) => a - b)
  const spans: [number, number][] = []
  for (const year of sorted) {
    const last = spans.at(-1)
    if (last && last[1] === year - 1) last[1] = year
    else spans.push([year, year])
  }
  return spans
    .map(([from, to]) => (from === to ? from : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
    .join(', ')
}

/** Whom a cohort means, in words. */
export function cohortText(say: Say, { bornIn, grades, ageFrom, lacking, from, relation, basis }: CohortRule): string {
  const who = [
    bornIn?.length && say('new-cohort-born', { years: yearsText(bornIn) }),
    grades?.length && say('new-cohort-grades', { grades: grades.join(', ') }),
    ageFrom !== undefined && say('new-cohort-age', { n: ageFrom }),
    lacking?.length &&
      say('new-cohort-lacking', { what: lacking.map(need => say(`lacks-${need}`).toLowerCase()).join(', ') }),
    from && say(`new-cohort-from-${from}`),
    basis && `${say('basis').toLowerCase()} ${say(`basis-${basis}`)}`,
  ].filter(Boolean)
  const relations = relation?.map(one => say(`new-cohort-${one}`)).join(', ')
  const said = who.join(', ') || say('new-cohort-all')
  return relations ? `${say('new-cohort-of', { who: relations })}: ${said}` : said
}

/** What the file would create, in the words of the campaign's pages. */
export function DefinitionPreview({ definition }: { definition: Definition }) {
  const say = useSay()
  const {
    name,
    unit,
    schoolYear,
    cohort,
    cohorts = cohort ? [cohort] : [],
    metrics,
    startsOn,
    deadlines = [],
    targets = [],
    issuedBy,
  } = definition
  return (
    <dl className="definition">
      <dt>{say('new-name')}</dt>
      <dd>{name}</dd>
      <dt>{say('new-unit')}</dt>
      <dd>{unit ? say('unit-code', { code: unit }) : say('new-unit-province')}</dd>
      <dt>{say('new-starts')}</dt>
      <dd>{dayText(startsOn)}</dd>
      {schoolYear && <dt>{say('new-school-year')}</dt>}
      {schoolYear && <dd>{schoolYear}</dd>}
      <dt>{say('new-cohorts')}</dt>
      {cohorts.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one file never change places
        <dd key={at}>
          {one.name && <b>{one.name}: </b>}
          {cohortText(say, one)}
        </dd>
      ))}
      <dt>{say('new-metrics')}</dt>
      <dd>{metrics.map(metric => say(`metric-${metric}`)).join('; ')}</dd>
      {deadlines.length > 0 && <dt>{say('new-deadlines')}</dt>}
      {deadlines.map(({ name: called, on, proof }) => (
        <dd key={`${called} ${on}`}>
          {say('board-deadline', { name: called, day: dayText(on), proof: say(`proof-${proof}`) })}
        </dd>
      ))}
      <dt>{say('new-targets')}</dt>
      <dd>
        {targets.length === 0
          ? say('targets-no-value')
          : say('new-targets-sum', {
              n: numberText(targets.length),
              units: numberText(new Set(targets.map(target => target.unit)).size),
            })}
      </dd>
      {issuedBy && <dt>{say('new-issued-by')}</dt>}
      {issuedBy && <dd>{issuedBy}</dd>}
    </dl>
  )
}
