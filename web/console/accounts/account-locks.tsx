import { useState } from 'react'
import { listAccounts, showAccount } from '../../../src/accounts/contract.ts'
import { decideDemand, forwardDemand } from '../../../src/accounts/locks/contract.ts'
import { Button } from '../../parts/button.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { NoteField } from '../base/note-field.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { Clock } from '../enrolment/state-chip.tsx'
import { Term } from '../help/term.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import { type Account, answerAt } from './search.ts'

type Has = { readonly account: Account }
type Demand = Account['demands'][number]

/** Everything that locked it, and how each ended. */
export function Locks({ account: { locks } }: Has) {
  const say = useSay()
  const codes = useCodes()
  if (locks.length === 0) return null
  return (
    <section className="part">
      <h2>
        <Term of="desk-locks" />
      </h2>
      <ol className="events">
        {locks.map(({ reason, note, onDay, at, by, endedAt, endedBy, endedFor }) => (
          <li key={at + reason}>
            <span className="when">{dayText(onDay)}</span>
            <span>
              <b className={endedAt ? '' : 'late-text'}>{codes('desk-lock', reason)}</b>,{' '}
              <span className="quiet">{codes('desk-by', by)}</span>
              {note && <span className="said"> {note}</span>}
              {endedAt && (
                <span className="quiet">
                  {' '}
                  {say('desk-lock-over', {
                    day: instantText(endedAt).day,
                    why: codes('desk-ended', endedFor ?? ''),
                    who: endedBy ?? '',
                  })}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What was asked for in writing (TK03), each with its clock and its answer. */
export function Demands({ account }: Has) {
  const say = useSay()
  if (account.demands.length === 0) return null
  return (
    <section className="part">
      <h2>{say('desk-demands')}</h2>
      {account.demands.map(one => (
        <OneDemand key={one.id} accountId={account.id} demand={one} />
      ))}
    </section>
  )
}

function OneDemand({ accountId, demand }: { accountId: string; demand: Demand }) {
  const say = useSay()
  const { kind, askedBy, agency, document, reason, receivedOn, receivedBy, outcome, answer, decidedOn, decidedBy } =
    demand
  return (
    <div className="demand">
      <p>
        <b>{say(`desk-demand-${kind}`)}</b>,{' '}
        {askedBy === 'holder' ? say('desk-asked-holder') : `${agency ?? ''} (${document ?? ''})`}: {reason}
      </p>
      <p className="quiet">
        {say('desk-received', { day: dayText(receivedOn), who: receivedBy })}
        {outcome &&
          ` ${say(`desk-outcome-${outcome}`, { day: decidedOn ? dayText(decidedOn) : '', who: decidedBy ?? '' })}`}
        {answer && ` ${answer}`}
      </p>
      {outcome === 'refused' && (
        <Go to={answerAt(accountId, demand.id)} className="exit">
          {say('desk-answer-paper')}
        </Go>
      )}
      {!outcome && <Deciding demand={demand} />}
    </div>
  )
}

const readAnew = [showAccount, listAccounts] as const

/** Forwarded by whoever receives, within a working day; decided by another, within two. */
function Deciding({ demand }: { demand: Demand }) {
  const say = useSay()
  const [mayForward, mayDecide] = [useMay('accounts.lock'), useMay('accounts.approve')]
  const forward = useDo(forwardDemand, readAnew)
  const [asked, setAsked] = useState<'granted' | 'refused'>()
  const params = { id: demand.id }
  const waits = demand.forwardBy !== undefined && !demand.forwardedAt
  return (
    <>
      <p>
        {say(waits ? 'desk-forward-by' : 'desk-decide-by')}{' '}
        <Clock day={waits ? demand.forwardBy : demand.decideBy} over={false} />
      </p>
      {!waits && demand.mine && <p className="note">{say('desk-is-mine')}</p>}
      <div className="buttons">
        {waits && mayForward && (
          <Button
            look="primary"
            onPress={() => forward.mutate({ params })}
            {...(forward.isPending && { disabled: true })}
          >
            {say('desk-do-forward')}
          </Button>
        )}
        {!waits && mayDecide && !demand.mine && (
          <>
            <Button look="primary" onPress={() => setAsked('granted')}>
              {say(`desk-do-grant-${demand.kind}`)}
            </Button>
            <Button onPress={() => setAsked('refused')}>{say('desk-do-refuse-demand')}</Button>
          </>
        )}
      </div>
      <RefusedNote error={forward.error} />
      {asked && <DecideDialog demand={demand} outcome={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function DecideDialog({
  demand,
  outcome,
  onClose,
}: {
  demand: Demand
  outcome: 'granted' | 'refused'
  onClose: () => void
}) {
  const say = useSay()
  const decide = useDo(decideDemand, readAnew)
  const [answer, setAnswer] = useState('')
  const deed = outcome === 'granted' ? say(`desk-do-grant-${demand.kind}`) : say('desk-do-refuse-demand')
  const body = { outcome, ...(answer.trim() && { answer: answer.trim() }) }
  return (
    <Dialog open title={`${deed}?`} onClose={onClose}>
      <p className="quiet">
        {say(outcome === 'granted' ? `desk-grant-means-${demand.kind}` : 'desk-refuse-demand-means')}
      </p>
      {outcome === 'refused' && (
        <NoteField
          draft={`demand ${demand.id} answer`}
          label={say('desk-answer')}
          value={answer}
          onChange={setAnswer}
          rows={3}
          maxLength={500}
          hint={say('desk-answer-hint')}
          autoFocus
        />
      )}
      <RefusedNote error={decide.error} />
      <div className="buttons">
        <Button
          look={outcome === 'granted' ? 'primary' : 'grave'}
          onPress={() => void decide.mutateAsync({ params: { id: demand.id }, body }).then(onClose, () => undefined)}
          {...((decide.isPending || (outcome === 'refused' && answer.trim().length < 3)) && { disabled: true })}
        >
          {deed}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
