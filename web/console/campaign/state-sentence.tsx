import { TriangleAlert } from 'lucide-react'
import { asDay, daysBetween } from '../../../src/platform/day.ts'
import { dayText, numberText, paceText } from '../../parts/formats.ts'
import { Said, useSay } from '../base/language.tsx'
import { Figure, Sentence } from '../parts/figure.tsx'
import { Counted, useRateText } from './campaign-figure.tsx'
import { type CampaignSearch, campaignAt, type QuickSheet } from './search.ts'

const n = (value: number) => <b className="figures">{numberText(value)}</b>

type Told = { readonly search: CampaignSearch; readonly sheet: QuickSheet }

/** Are we on time, in one sentence: each figure opens its people, the target opens the targets. */
export function StateSentence({ search, sheet }: Told) {
  const say = useSay()
  const of = { ...search, cd: sheet.campaign.id }
  const { whole, metric, day } = sheet
  const today = (
    <Counted
      value={whole.today}
      metric={metric}
      search={{ ...of, kieu: 'new', tu: day }}
      label={say('people-kind-new')}
    />
  )
  return (
    <>
      <Sentence>
        <Standing search={of} sheet={sheet} /> <Said of="state-today" parts={{ n: today }} /> <Pace sheet={sheet} />
      </Sentence>
      {!!whole.opening?.cumulative && (
        <p className="hint">
          <Said of="state-opening" parts={{ n: n(whole.opening.cumulative) }} />
        </p>
      )}
      {whole.above && (
        <p className="above">
          <TriangleAlert size={16} aria-hidden /> {say(`above-${whole.above}`)}
        </p>
      )}
    </>
  )
}

function Standing({ search, sheet: { whole, metric } }: Told) {
  const say = useSay()
  const rateText = useRateText()
  const what = say(`what-${metric}`)
  const done = <Counted value={whole.cumulative} metric={metric} search={{ ...search, kieu: 'done' }} label={what} />
  if (whole.target === null) return <Said of="state-no-target" parts={{ unit: whole.unit.name, done, what }} />
  const targets = campaignAt({ ...search, cs: metric }, '/chien-dich/chi-tieu')
  return (
    <Said
      of="state-target"
      parts={{
        unit: whole.unit.name,
        done,
        what,
        target: <Figure value={whole.target} to={targets} label={say('campaign-targets')} />,
        rate: <b className="figures">{rateText(whole.rate)}</b>,
      }}
    />
  )
}

function Pace({ sheet: { whole, day, dueOn, workingDaysLeft } }: Pick<Told, 'sheet'>) {
  const recent = <b className="figures">{paceText(whole.recentPerWorkingDay)}</b>
  if (!whole.neededPerWorkingDay || !workingDaysLeft || !dueOn) return <Said of="state-reached" parts={{ recent }} />
  return (
    <Said
      of="state-pace"
      parts={{
        all: n(daysBetween(asDay(day), asDay(dueOn))),
        days: n(workingDaysLeft),
        due: dayText(dueOn),
        needed: n(whole.neededPerWorkingDay),
        recent,
      }}
    />
  )
}
