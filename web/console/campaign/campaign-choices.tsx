import { listMaps, showUnit } from '../../../src/units/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { DayField } from '../parts/day-field.tsx'
import { Go } from '../parts/place-link.tsx'
import { useSession } from '../shell/session.tsx'
import { type Campaign, type CampaignSearch, campaignAt, type QuickSheet } from './search.ts'

type ChoicesProps = {
  readonly search: CampaignSearch
  readonly campaign: Campaign
  readonly all: readonly Campaign[]
  readonly sheet: QuickSheet | undefined
  /** The page whose address these choices change. */
  readonly page: string
}

/** Which campaign, figure, group, day and map: each in the address. */
export function CampaignChoices({ search, campaign, all, sheet, page }: ChoicesProps) {
  const { say, language } = useLanguage()
  const { data: known } = useAsk(listMaps, {})
  const shown = sheet?.map ?? search.bd ?? ''
  const maps = known?.maps.map(({ map, name }) => [map, `${map}, ${name[language]}`] as const) ?? [[shown, shown]]
  const go = (change: CampaignSearch) => goTo(campaignAt({ ...search, ...change }, page))
  return (
    <section className="stack">
      {all.length > 1 && (
        <Field
          label={say('campaign-choose')}
          value={campaign.id}
          onChange={cd => goTo(campaignAt({ cd, dv: search.dv, ngay: search.ngay, bd: search.bd }, page))}
          choices={all.map(({ id, title }) => [id, title] as const)}
        />
      )}
      <Field
        label={say('campaign-metric')}
        value={sheet?.metric ?? search.cs ?? ''}
        onChange={cs => go({ cs })}
        choices={campaign.metrics.map(metric => [metric, say(`metric-${metric}`)] as const)}
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
      <DayField
        label={say('as-of-day')}
        value={search.ngay ?? sheet?.day ?? ''}
        onChange={ngay => go({ ngay: ngay || undefined })}
      />
      <Field
        label={say('campaign-map')}
        value={shown}
        // A unit of one map may not stand on another: the whole is shown then.
        onChange={bd => go({ bd, dv: undefined })}
        choices={maps}
      />
    </section>
  )
}

const levels: readonly string[] = ['province', 'district', 'commune']

/** From one's own unit down to the one that is shown; each leads back to itself. */
export function UnitPath({ search, sheet, page }: { search: CampaignSearch; sheet: QuickSheet; page: string }) {
  const say = useSay()
  const { unitPath } = useSession()
  const { unit } = sheet.whole
  const { data } = useAsk(showUnit, { params: { id: unit.id }, query: {} })
  const own = unitPath[0]?.id
  const path = (data?.path ?? []).toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const above = path
    .slice(
      Math.max(
        0,
        path.findIndex(({ id }) => id === own),
      ),
    )
    .filter(({ id }) => id !== unit.id)
  return (
    <section>
      <h2 className="quiet">{say('campaign-unit-path')}</h2>
      <ul className="unit-path">
        {above.map(({ id, name }) => (
          <li key={id}>
            <Go to={campaignAt({ ...search, dv: id === own ? undefined : id }, page)}>{name}</Go>
          </li>
        ))}
        <li>
          <b>{unit.name}</b>
        </li>
      </ul>
    </section>
  )
}
