import { useState } from 'react'
import { grantsChildAccounts, isOfAccountAge } from '../../../src/accounts/account.ts'
import { showRepresentatives } from '../../../src/accounts/representatives/contract.ts'
import { isRepresented } from '../../../src/enrolment/law.ts'
import { listBookingsOfPerson } from '../../../src/planning/appointments/contract.ts'
import { absences, showCalendar, showSession } from '../../../src/planning/contract.ts'
import { removeFromRoster, showRoster, walkIn } from '../../../src/planning/rosters/contract.ts'
import { latestDay, parsePartialDay } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { dayText } from '../../parts/formats.ts'
import { type Chosen, Representatives } from '../accounts/representatives.tsx'
import { BookDialog } from '../appointments/book-dialog.tsx'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { Name } from '../parts/person-name.tsx'
import { useMay, useToday } from '../shell/session.tsx'
import type { RollCall, RollCallDeed, RollCallLine } from './roll-call.ts'
import { useSaidOutcome } from './use-session-words.ts'
import type { Line, WholeSession } from './week.ts'

const readAnew = [showRoster, showSession, showCalendar] as const

type DeedsProps = {
  session: WholeSession
  line: RollCallLine
  press: RollCall['press']
  onBack: (personId: string) => void
  onDone: (personId: string) => void
}

/** What can be entered about one person: each by one key. */
export function PersonDeeds({ session, line, press, onBack, onDone }: DeedsProps) {
  const say = useSay()
  const saidOutcome = useSaidOutcome()
  const outcome = saidOutcome(line)
  return (
    <section className="person-deeds" aria-live="polite">
      <h2>
        <Name name={line.name} />
      </h2>
      <p className="quiet">{[line.class, dayText(line.born)].filter(Boolean).join(', ')}</p>
      {outcome && <p>{outcome}</p>}
      {session.state !== 'open' && (
        <p className="quiet">{say(session.state === 'planned' ? 'roster-not-open' : 'roster-over')}</p>
      )}
      {session.state === 'open' && line.outcome !== 'served' && (
        <Outcomes session={session} line={line} press={press} onDone={onDone} />
      )}
      {line.error !== undefined && <RefusedNote error={line.error} />}
      {session.state === 'open' && !line.walkIn && (line.outcome || line.cameAt) && (
        <Back onBack={() => onBack(line.personId)} />
      )}
      {!line.outcome && <HourOfLine session={session} line={line} />}
      {!line.outcome && <Removal session={session} line={line} />}
    </section>
  )
}

function Back({ onBack }: { onBack: () => void }) {
  const say = useSay()
  if (!useMay('planning.serve')) return null
  return (
    <Button look="text" onPress={onBack}>
      {say('roster-back')}
    </Button>
  )
}

function Outcomes({ session: { kind }, line, press, onDone }: Omit<DeedsProps, 'onBack'>) {
  const say = useSay()
  const mayServe = useMay('planning.serve')
  const [phone, setPhone] = useState('')
  const [chosen, setChosen] = useState<Chosen>({})
  const kin = useKinOfChild(line, kind !== 'activation' && mayServe)
  // The next row is chosen at once: the house answers when it can.
  const enter = (deed: RollCallDeed) => {
    press(line, deed)
    onDone(line.personId)
  }
  const deeds = [
    { key: '1', said: say('roster-check-in'), run: () => enter({ kind: 'come' }) },
    {
      key: '2',
      said: say('roster-serve'),
      run: () => enter({ kind: 'serve', input: kin ? chosen : phone ? { phone } : {} }),
    },
    ...absences.map((reason, n) => ({
      key: String(3 + n),
      said: say('roster-absent-for', { why: say(`absence-${reason}`) }),
      run: () => enter({ kind: 'absent', reason }),
    })),
  ]
  useKeys(mayServe ? deeds.map(deed => ({ ...deed, decides: true })) : [])
  if (!mayServe) return null
  const [first, second, ...rest] = deeds
  return (
    <>
      {kin && <Representatives kin={kin} chosen={chosen} onChange={setChosen} />}
      {kind !== 'activation' && !kin && (
        <Field
          label={say('roster-phone')}
          hint={say('roster-phone-hint')}
          type="tel"
          value={phone}
          onChange={setPhone}
          maxLength={20}
        />
      )}
      <div className="buttons">
        <Button cap="1" onPress={() => first?.run()} {...(line.cameAt && !line.outcome && { disabled: true })}>
          {first?.said}
        </Button>
        <Button look="primary" cap="2" onPress={() => second?.run()}>
          {second?.said}
        </Button>
      </div>
      <div className="buttons">
        {rest.map(({ key, said, run }) => (
          <Button key={key} cap={key} onPress={run}>
            {said}
          </Button>
        ))}
      </div>
    </>
  )
}

/** Whom the register has as kin of a child, where the law of the day gives one an account by a representative. */
function useKinOfChild({ personId, born }: Line, isWanted: boolean) {
  const mayAsk = useMay('accounts.request')
  const today = useToday()
  const bornOn = parsePartialDay(born)
  const isChild =
    bornOn !== undefined &&
    isRepresented(latestDay(bornOn), today, builtInLaw) &&
    isOfAccountAge(latestDay(bornOn), 2, today, builtInLaw)
  const { data } = useAsk(showRepresentatives, { params: { id: personId } }, { when: isWanted && mayAsk && isChild })
  return data?.acts === 'representative' ? data.representatives : undefined
}

/**
 * A family that calls: an hour at this session, or another place on another day. What they have is read when it is
 * asked for, and not of everybody whose row is passed.
 */
function HourOfLine({ session: { id, kind, state }, line }: Pick<DeedsProps, 'session' | 'line'>) {
  const say = useSay()
  const mayServe = useMay('planning.serve')
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useAsk(listBookingsOfPerson, { params: { id: line.personId } }, { when: isOpen })
  if (!mayServe || !line.name || state === 'closed' || state === 'cancelled') return null
  const service = kind === 'card-and-account' ? 'A' : 'B'
  const held = data?.bookings.find(one => one.service === service)
  return (
    <>
      <Button look="text" onPress={() => setOpen(true)}>
        {say('roster-hour')}
      </Button>
      <RefusedNote error={isOpen ? error : null} />
      {isOpen && data && (
        <BookDialog
          person={{ id: line.personId, name: line.name }}
          service={service}
          place={held?.placeKey ?? `session_${id}`}
          moves={held}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

function Removal({ session: { id, state }, line: { personId } }: Pick<DeedsProps, 'session' | 'line'>) {
  const say = useSay()
  const mayManage = useMay('planning.manage')
  const remove = useDo(removeFromRoster, readAnew)
  if (!mayManage || (state !== 'planned' && state !== 'open')) return null
  return (
    <>
      <Button look="text" onPress={() => remove.mutate({ params: { id }, body: { persons: [personId] } })}>
        {say('roster-remove')}
      </Button>
      <RefusedNote error={remove.error} />
    </>
  )
}

/** Somebody who came without being asked, found by number; served and counted apart. */
export function WalkIn({ session: { id, kind } }: { session: WholeSession }) {
  const say = useSay()
  const mayServe = useMay('planning.serve')
  const [number, setNumber] = useState('')
  const [phone, setPhone] = useState('')
  const [parent, setParent] = useState('')
  const today = useToday()
  const serve = useDo(walkIn, readAnew)
  if (!mayServe) return null
  const done = serve.data?.done ?? []
  return (
    <form
      className="walk-in"
      onSubmit={event => {
        event.preventDefault()
        const body = { number, ...(phone && { phone }), ...(parent.trim() && { representativeNumber: parent }) }
        serve.mutate({ params: { id }, body }, { onSuccess: () => [setNumber(''), setParent('')] })
      }}
    >
      <h2>{say('roster-walk-in')}</h2>
      <Field
        label={say('roster-walk-in-number')}
        value={number}
        onChange={setNumber}
        inputMode="numeric"
        maxLength={20}
      />
      <Field label={say('roster-phone')} type="tel" value={phone} onChange={setPhone} maxLength={20} />
      {kind !== 'activation' && grantsChildAccounts(today, builtInLaw) && (
        <Field
          label={say('representative-number')}
          hint={say('representative-number-hint')}
          value={parent}
          onChange={setParent}
          inputMode="numeric"
          maxLength={20}
        />
      )}
      <div className="buttons">
        <Button submits {...((number.trim() === '' || serve.isPending) && { disabled: true })}>
          {say('roster-walk-in-deed')}
        </Button>
      </div>
      <RefusedNote error={serve.error} />
      {serve.data && (
        <p className="done-text" role="status">
          {say('roster-walk-in-done', {
            what: done.length ? done.map(one => say(`done-${one}`)).join(', ') : say('roster-served-nothing'),
          })}
        </p>
      )}
    </form>
  )
}
