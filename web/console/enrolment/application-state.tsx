import { applicationStates, isEndState } from '../../../src/enrolment/application.ts'
import { dayText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { Said, useSay } from '../base/language.tsx'
import { LawMark } from '../law/law-mark.tsx'
import type { Application } from './search.ts'
import { Clock } from './state-chip.tsx'

/** Where it is, who must act, and by when: one sentence, then its two clocks. */
export function StateSentence({ application }: { application: Application }) {
  const say = useSay()
  const codes = useCodes()
  const { state, unit, returned, transitions } = application
  const code = returned?.reason ?? transitions.at(-1)?.reason
  const note = returned?.note ?? transitions.at(-1)?.note
  const why = code ? codes('because', code) : say('because-unknown')
  return (
    <div className="stands">
      <p className="sentence">
        <Said
          of={`stands-${state}`}
          parts={{
            unit: <b>{unit.name}</b>,
            why,
            acts: <b>{returned?.acts.name}</b>,
            by: <b className="figures">{returned && dayText(returned.by)}</b>,
          }}
        />
      </p>
      {note && <p className="said">“{note}”</p>}
      {!isEndState(state) && <Clocks application={application} />}
    </div>
  )
}

/** An officer, and not the maker of cards, must do something about it. */
const isBeforeApproval = (state: Application['state']) =>
  applicationStates.indexOf(state) < applicationStates.indexOf('approved')

function Clocks({ application: { dueOn, dueLaw, campaignDueOn, state } }: { application: Application }) {
  const day = (on: string) => (
    <b>
      <Clock day={on} over={false} />
    </b>
  )
  const say = useSay()
  if (!dueOn && !campaignDueOn) return isBeforeApproval(state) ? <p className="quiet">{say('must-be-no-day')}</p> : null
  return (
    <p className="quiet figures">
      {dueOn && <Said of="must-be-by-law" parts={{ day: day(dueOn) }} />}
      {dueOn && campaignDueOn && '; '}
      {campaignDueOn && <Said of="must-be-for-campaign" parts={{ day: day(campaignDueOn) }} />}.{' '}
      {dueLaw && <LawMark law={dueLaw} />}
    </p>
  )
}
