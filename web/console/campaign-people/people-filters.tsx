import { peopleGroups } from '../../../src/statistics/figures/contract-people.ts'
import { listSchools } from '../../../src/units/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { type Campaign, countsPeople, kindOf, metricOf, type PeopleSearch, peopleAt } from '../campaign/search.ts'
import { DayField } from '../parts/day-field.tsx'
import { useToday } from '../shell/session.tsx'

/** Which people of which figure; each choice in the address. */
export function PeopleFilters({
  search,
  campaign,
  unitId,
}: {
  search: PeopleSearch
  campaign: Campaign
  unitId: string | undefined
}) {
  const say = useSay()
  const today = useToday()
  const go = (change: PeopleSearch) => goTo(peopleAt({ ...search, ...change }))
  const kind = kindOf(search)
  const { data } = useAsk(listSchools, { params: { id: unitId ?? '' }, query: {} }, { when: unitId !== undefined })
  const schools = data?.schools ?? []
  return (
    <section className="stack">
      <Field
        label={say('campaign-metric')}
        value={metricOf(campaign, search) ?? ''}
        onChange={cs => go({ cs })}
        choices={campaign.metrics.filter(countsPeople).map(metric => [metric, say(`metric-${metric}`)] as const)}
      />
      <Field
        label={say('people-kind')}
        value={kind}
        onChange={kieu => go({ kieu, tu: kieu === 'new' ? (search.tu ?? search.ngay ?? today) : undefined })}
        choices={peopleGroups.map(which => [which, say(`people-kind-${which}`)] as const)}
      />
      {kind === 'new' && (
        <DayField
          label={say('people-from')}
          value={search.tu ?? search.ngay ?? today}
          onChange={tu => go({ tu: tu || undefined })}
        />
      )}
      <DayField
        label={say('as-of-day')}
        value={search.ngay ?? today}
        onChange={ngay => go({ ngay: ngay || undefined })}
      />
      {campaign.bands.length > 1 && (
        <Field
          label={say('campaign-band')}
          value={search.nhom ?? ''}
          onChange={nhom => go({ nhom: nhom || undefined })}
          choices={[
            ['', say('campaign-band-all')] as const,
            ...campaign.bands.map(({ band, name }) => [String(band), name] as const),
          ]}
        />
      )}
      {(schools.length > 0 || search.truong) && (
        <Field
          label={say('people-school')}
          value={search.truong ?? ''}
          onChange={truong => go({ truong: truong || undefined, lop: undefined })}
          choices={[['', say('people-school-any')] as const, ...schools.map(({ id, name }) => [id, name] as const)]}
        />
      )}
      {search.truong && <ClassField key={search.lop} search={search} />}
    </section>
  )
}

function ClassField({ search }: { search: PeopleSearch }) {
  const say = useSay()
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        const lop = String(new FormData(event.currentTarget).get('lop') ?? '').trim()
        goTo(peopleAt({ ...search, lop: lop || undefined }))
      }}
    >
      <label className="field">
        {say('people-class')}
        <input name="lop" defaultValue={search.lop ?? ''} maxLength={40} />
      </label>
    </form>
  )
}
