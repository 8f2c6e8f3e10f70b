import { useState } from 'react'
import { Checkbox } from 'react-aria-components'
import { needFigures } from '../../../src/campaign/contract.ts'
import { listBases, needs } from '../../../src/campaign/need-codes.ts'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { listed, toggled } from '../base/search.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { allYears, asQuery, isBasis, type ListSearch, listAt } from './filter.ts'
import type { Figures } from './listed.ts'
import { NameFilter } from './name-filter.tsx'

type Choice = { readonly value: string; readonly said: string; readonly count: number }

/** Filters with counts: each count is the length of the list that the choice would give. */
export function ListFilters({
  search,
  figures,
  part,
  onPart,
}: {
  search: ListSearch
  figures: Figures | undefined
  part: string | undefined
  onPart: (part: string) => void
}) {
  const say = useSay()
  // Each group counts what it would give if its own choice alone were another.
  const ofYears = useAsk(
    needFigures,
    { query: { ...asQuery(search, ['can', 'sinh']), by: ['birth-year'] } },
    { keep: true },
  ).data
  const ofSchools = useAsk(
    needFigures,
    { query: { ...asQuery(search, ['can', 'truong', 'lop']), by: ['school'] } },
    { keep: true },
  ).data
  const need = needs.find(name => name === listed(search.can)[0])
  const counted = (one: Figures['all']) => (need ? one.needs[need] : one.inNeed)
  const years = (ofYears?.byBirthYear ?? []).toReversed().map(({ year, counted: one }) => ({
    value: String(year),
    said: String(year),
    count: counted(one),
  }))
  const schools = (ofSchools?.bySchool ?? []).map(({ id, name, counted: one }) => ({
    value: id,
    said: name,
    count: counted(one),
  }))
  const classes =
    listed(search.truong).length === 1
      ? (figures?.byClass ?? []).map(({ name, counted: one }) => ({ value: name, said: name, count: counted(one) }))
      : []
  return (
    <>
      <section className="stack">
        {part !== undefined && <NameFilter part={part} onPart={onPart} />}
        <Field
          label={say('basis')}
          value={isBasis(search.theo) ? search.theo : 'school'}
          onChange={theo => goTo(listAt({ ...search, theo }))}
          choices={listBases.map(basis => [basis, say(`basis-${basis}`)] as const)}
        />
        <DayField
          label={say('as-of-day')}
          value={search.ngay ?? figures?.of.day ?? ''}
          onChange={ngay => goTo(listAt({ ...search, ngay: ngay || undefined }))}
        />
      </section>
      <Choices
        head={say('birth-years')}
        choices={years}
        chosen={search.sinh === allYears ? undefined : search.sinh}
        onChoose={sinh => goTo(listAt({ ...search, sinh: sinh ?? allYears }))}
      />
      <Choices
        head={say('schools')}
        choices={schools}
        chosen={search.truong}
        onChoose={truong => goTo(listAt({ ...search, truong, lop: undefined }))}
      />
      <Choices
        head={say('classes')}
        choices={classes}
        chosen={search.lop}
        onChoose={lop => goTo(listAt({ ...search, lop }))}
      />
    </>
  )
}

type ChoicesProps = {
  head: string
  choices: readonly Choice[]
  chosen: string | undefined
  onChoose: (chosen: string | undefined) => void
}

const fewest = 8

export function Choices({ head, choices, chosen, onChoose }: ChoicesProps) {
  const say = useSay()
  const [all, setAll] = useState(false)
  if (!choices.length) return null
  const on = listed(chosen)
  const shown = all ? choices : choices.filter(({ value }, at) => at < fewest || on.includes(value))
  return (
    <section>
      <h2 className="quiet">{head}</h2>
      {shown.map(({ value, said, count }) => (
        <Checkbox
          key={value}
          className="tick"
          isSelected={on.includes(value)}
          onChange={() => onChoose(toggled(chosen, value))}
        >
          <span className="box" aria-hidden />
          <span>{said}</span>
          <span className="count">{numberText(count)}</span>
        </Checkbox>
      ))}
      {shown.length < choices.length && (
        <button type="button" className="exit" onClick={() => setAll(true)}>
          {say('more-filters', { n: choices.length - shown.length })}
        </button>
      )}
    </section>
  )
}
