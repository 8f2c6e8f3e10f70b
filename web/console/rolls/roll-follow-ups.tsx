import { Printer } from 'lucide-react'
import { useState } from 'react'
import { countFollowUps, listFollowUps } from '../../../src/follow-ups/contract.ts'
import { followUpOwners } from '../../../src/follow-ups/follow-up.ts'
import { changeVisit, printClasses, showVisit } from '../../../src/rolls/follow-ups/contract.ts'
import { Button } from '../../parts/button.tsx'
import { addressOf } from '../../parts/call.ts'
import { dayInYearText, dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { followUpsAt } from '../follow-ups/follow-up.ts'
import { DayField } from '../parts/day-field.tsx'
import { Figure } from '../parts/figure.tsx'
import { Failed, RefusedNote } from '../parts/page-state.tsx'
import type { Roll } from '../review/roll.ts'
import { useMay } from '../shell/session.tsx'

/**
 * What is to be put right on this roll, by who acts, each count a link to its list; until when, by the day of the
 * team's visit.
 */
export function RollFollowUps({ roll }: { roll: Roll }) {
  const say = useSay()
  const { data, error } = useAsk(countFollowUps, { query: { sourceId: roll.id } })
  if (!roll.inForce) return null
  return (
    <section aria-label={say('follow-ups')} className="roll-follow-ups">
      <h2>{say('follow-ups')}</h2>
      {error && <Failed error={error} />}
      <ul className="defects">
        {followUpOwners.map(owner => {
          const counted = data?.counts.find(one => one.owner === owner)
          const n = counted ? counted.overdue + counted.today + counted.later : 0
          return (
            <li key={owner}>
              <span>
                {say(`follow-up-${owner}`)}
                {!!counted?.overdue && (
                  <span className="small late-text">
                    {' '}
                    {say('follow-ups-overdue', { n: numberText(counted.overdue) })}
                  </span>
                )}
              </span>
              <span className="small figures">{counted && dayInYearText(counted.nextOn)}</span>
              <Figure value={n} to={followUpsAt({ danhsach: roll.id, ai: owner })} label={say(`follow-up-${owner}`)} />
            </li>
          )
        })}
      </ul>
      <Visit roll={roll} />
      <p>
        <a
          className="exit"
          href={addressOf(printClasses, { params: { id: roll.id } })}
          target="_blank"
          rel="noreferrer"
        >
          <Printer size={14} aria-hidden />
          {say('follow-ups-print')}
        </a>
      </p>
    </section>
  )
}

function Visit({ roll }: { roll: Roll }) {
  const say = useSay()
  const maySay = useMay('rolls.review')
  const { data } = useAsk(showVisit, { params: { id: roll.id } })
  const change = useDo(changeVisit, [showVisit, countFollowUps, listFollowUps])
  const [typed, setTyped] = useState<string>()
  const day = typed ?? data?.onDay ?? ''
  if (!data) return null
  if (!maySay)
    return (
      <p className="small">
        {say('visit-day')}: {data.onDay ? <b className="figures">{dayText(data.onDay)}</b> : say('visit-none')}
      </p>
    )
  const save = () =>
    change.mutate(
      { params: { id: roll.id }, body: day ? { onDay: day } : {} },
      { onSuccess: () => setTyped(undefined) },
    )
  return (
    <div className="visit">
      <DayField
        label={say('visit-day')}
        value={day}
        onChange={setTyped}
        hint={say(data.onDay ? 'visit-hint' : 'visit-none')}
      />
      {typed !== undefined && typed !== (data.onDay ?? '') && (
        <Button look="row" onPress={save} {...(change.isPending && { disabled: true })}>
          {say('visit-save')}
        </Button>
      )}
      {change.isSuccess && typed === undefined && <p className="small">{say('visit-saved')}</p>}
      <RefusedNote error={change.error} />
    </div>
  )
}
