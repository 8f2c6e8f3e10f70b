import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { shortName } from '../base/short-name.ts'
import { Go } from '../parts/place-link.tsx'
import { Ruler } from '../parts/ruler.tsx'
import { CampaignRuler } from './campaign-ruler.tsx'
import { EveningText } from './copy-evening-text.tsx'
import { FunnelSection } from './funnel-section.tsx'
import { ratesApart } from './lowest-first.ts'
import { MapSection } from './map-section.tsx'
import { ProgressChart } from './progress-chart.tsx'
import { rankedRows } from './ranking-section.tsx'
import { type Campaign, type CampaignSearch, campaignAt, type QuickSheet } from './search.ts'
import { StateSentence } from './state-sentence.tsx'
import { VerdictWhy } from './verdict-and-margin.tsx'

type PhonePageProps = { readonly search: CampaignSearch; readonly campaign: Campaign; readonly sheet: QuickSheet }

/** The commander's page on a phone: the verdict, the ruler, the slowest six, the evening text. */
export function CampaignPhonePage({ search, campaign, sheet }: PhonePageProps) {
  const say = useSay()
  const [more, setMore] = useState(false)
  const silent = sheet.below.filter(row => row.silent).length
  return (
    <div className="campaign-phone-page">
      <VerdictWhy sheet={sheet} />
      <StateSentence search={search} sheet={sheet} />
      <CampaignRuler sheet={sheet} />
      <Slowest search={search} sheet={sheet} />
      {silent > 0 && <p>{say('paper-silent', { n: silent })}</p>}
      <EveningText campaign={campaign} search={search} big />
      <Button look="wide" pressed={more} onPress={() => setMore(!more)}>
        {say('more-pictures')}
      </Button>
      {more && (
        <>
          <ProgressChart search={search} campaign={campaign} sheet={sheet} />
          <FunnelSection search={search} campaign={campaign} sheet={sheet} />
          <MapSection search={search} campaign={campaign} />
        </>
      )}
    </div>
  )
}

const most = 6

function Slowest({ search, sheet }: Omit<PhonePageProps, 'campaign'>) {
  const say = useSay()
  const ranked = rankedRows(sheet.below)
  const rates = ratesApart(ranked)
  const rows = ranked.slice(0, most)
  if (!rows.length) return null
  return (
    <section>
      <h2>{say('ranking-slowest')}</h2>
      <ul className="slowest">
        {rows.map(({ unit, members, cumulative, target, planned, remaining }) => (
          <li key={unit.id}>
            <Go to={campaignAt({ ...search, dv: unit.id })}>{shortName(unit.name)}</Go>
            <Ruler small done={cumulative} target={target ?? members} {...(planned !== null && { plan: planned })} />
            <b className="figures">{rates.get(unit.id)}</b>
            {/* What is left of the target is no list of people: the target and those meant differ. */}
            <span className="end figures">{remaining === null ? '' : numberText(remaining)}</span>
          </li>
        ))}
      </ul>
      <p className="small">
        {say('ranking-right')}{' '}
        <Go to={campaignAt(search, '/bao-cao')}>{say('ranking-all', { n: numberText(sheet.below.length) })}</Go>
      </p>
    </section>
  )
}
