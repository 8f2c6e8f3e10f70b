import { useState } from 'react'
import { listApplications } from '../../../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import {
  listQuarantined,
  releasePacket,
  reopenPacket,
  setAsidePacket,
  showQuarantined,
} from '../../../src/enrolment/packets/contract-quarantine.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Chip } from '../../parts/chip.tsx'
import { dayText, instantText } from '../../parts/formats.ts'
import { useCodes } from '../base/labels.ts'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { NoteField } from '../base/note-field.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import type { Packet } from '../enrolment/search.ts'
import { useProblemWords } from '../enrolment/use-problem-words.ts'
import { Comparison } from '../parts/comparison.tsx'
import { DayField } from '../parts/day-field.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'

type Opened = Answer<typeof showQuarantined>

/**
 * One packet: why it is held, what the station took down, who it may be; a second officer lets it through, sets it
 * aside, or takes it up again.
 */
export function HeldPacket({ packet }: { packet: Packet }) {
  const say = useSay()
  const words = useProblemWords()
  const mayOpen = useMay('enrolment.check')
  const { so, todo } = words(packet.problem)
  const sealed = instantText(packet.sealedAt)
  return (
    <section className="stack held-packet" aria-label={packet.number}>
      <h2 className="figures">{packet.number}</h2>
      <p className={packet.state === 'refused' ? 'note late' : 'note waiting'}>
        <span>
          <b>{so}.</b> {todo}
        </span>
      </p>
      <p className="small">{say('packet-sealed', { ...sealed, kb: Math.ceil(packet.bytes / 1000) })}</p>
      {packet.state === 'refused' && <p className="quiet">{say('packet-stays')}</p>}
      {packet.cameAs && <p>{say('packet-came-as', { number: packet.cameAs })}</p>}
      {packet.state !== 'held' && <Decided packet={packet} />}
      {!mayOpen && <p className="quiet">{say('packet-checkers-only')}</p>}
      {mayOpen && packet.state !== 'refused' && <OpenPacket packet={packet} />}
      {mayOpen && packet.state === 'refused' && !packet.cameAs && (
        <Deciding deeds={packet.decided ? ['reopen'] : ['set-aside', 'reopen']} packet={packet} />
      )}
    </section>
  )
}

/** Who set it aside, when and why. */
function Decided({ packet: { decided } }: { packet: Packet }) {
  const say = useSay()
  if (!decided) return null
  return (
    <div>
      <h3>{say('packet-decided-so')}</h3>
      <p>{decided.note}</p>
      <p className="small">{say('packet-decided-by', { who: decided.by, ...instantText(decided.at) })}</p>
    </div>
  )
}

type Deed = 'release' | 'set-aside' | 'reopen'

/** What may be done with a packet, each after words that stay with it. */
function Deciding({
  deeds,
  packet,
  personId,
  compared,
  blocked,
}: {
  deeds: readonly Deed[]
  packet: Packet
  personId?: string
  compared?: 'somebody-else'
  blocked?: Deed
}) {
  const say = useSay()
  const [asking, setAsking] = useState<Deed>()
  return (
    <>
      <div className="buttons">
        {deeds.map((deed, at) => (
          <Button
            key={deed}
            {...(at === 0 && { look: 'primary' as const })}
            onPress={() => setAsking(deed)}
            {...(deed === blocked && { disabled: true })}
          >
            {say(wordOf(deed, packet))}
          </Button>
        ))}
      </div>
      {asking && (
        <DecideDialog
          deed={asking}
          packet={packet}
          personId={personId}
          compared={compared}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  )
}

const wordOf = (deed: Deed, { state }: Packet) =>
  deed === 'reopen' && state === 'refused' ? 'packet-ask-again' : (`packet-${deed}` as const)

function OpenPacket({ packet }: { packet: Packet }) {
  const say = useSay()
  const { station, hash, problem, state } = packet
  const { data, error } = useAsk(showQuarantined, { params: { station, hash } })
  const [personId, setPersonId] = useState<string>()
  const [isCompared, setCompared] = useState(false)
  if (error) return <Failed error={error} />
  if (!data) return <Loading what={say('packet-reading')} />
  if (state === 'set-aside')
    return (
      <>
        <Captured opened={data} />
        <Deciding deeds={['reopen']} packet={packet} />
      </>
    )
  if (state === 'turned-away' || problem === 'person-undeclared') return <Captured opened={data} />
  const isWithoutNumber = data.captured?.papers !== undefined
  const asks = asksWho.includes(problem)
  const needsPerson = asks && personId === undefined && !isCompared
  return (
    <>
      <Captured opened={data} />
      <Candidates
        opened={data}
        asks={asks}
        chosen={personId}
        onChoose={id => {
          setPersonId(id)
          setCompared(false)
        }}
      />
      {asks && isWithoutNumber && (
        <label className="tick">
          <input
            type="checkbox"
            checked={isCompared}
            onChange={event => {
              setCompared(event.target.checked)
              setPersonId(undefined)
            }}
          />
          {say('packet-somebody-else')}
        </label>
      )}
      <Deciding
        deeds={data.captured ? ['release', 'set-aside'] : ['set-aside']}
        packet={packet}
        {...(personId && { personId })}
        {...(isCompared && { compared: 'somebody-else' as const })}
        {...(needsPerson && { blocked: 'release' as const })}
      />
      {needsPerson && data.candidates.length > 0 && <p className="small">{say('packet-choose-person')}</p>}
    </>
  )
}

/** Problems that end with an officer's word on who it is. */
const asksWho: readonly string[] = ['person-unresolved', 'number-asked-already', 'number-refused']

/** Why somebody was turned away; a station of another version may say more than is known here. */
export const turnedAwayWord = ({ reason }: Packet['facts']) =>
  reason === 'papers-missing' || reason === 'identity-unclear'
    ? (`turned-away-${reason}` as const)
    : ('turned-away-other' as const)

function Captured({ opened: { captured } }: { opened: Opened }) {
  const say = useSay()
  const codes = useCodes()
  if (!captured) return <p className="quiet">{say('packet-not-opened')}</p>
  const { day, time } = instantText(captured.at)
  return (
    <div>
      <h3>{say('packet-told')}</h3>
      <p>
        <b>{captured.fullName}</b>, {codes('sex', captured.sex)}, {dayText(captured.birthDate)},{' '}
        {captured.number ? <span className="figures">{captured.number}</span> : say('packet-without-number')}
      </p>
      {captured.papers && <p>{say('packet-papers', { papers: captured.papers })}</p>}
      <p className="small">{say('packet-by', { who: captured.officer, day, time })}</p>
    </div>
  )
}

type CandidatesProps = {
  readonly opened: Opened
  /** Whether the packet waits for who it is. */
  readonly asks: boolean
  readonly chosen: string | undefined
  readonly onChoose: (personId: string) => void
}

/** Each beside what was captured; choosing one answers who it is. */
function Candidates({ opened: { captured, candidates }, asks, chosen, onChoose }: CandidatesProps) {
  const say = useSay()
  if (!captured) return null
  return (
    <div>
      <h3>{say('packet-candidates')}</h3>
      {candidates.length === 0 && <p className="quiet">{say('packet-candidate-none')}</p>}
      {candidates.map(({ personId, name, born, number, unit }, place) => (
        <div key={personId} className="candidate">
          <Comparison
            caption={say('alike-one', { n: place + 1, name })}
            sources={[say('sides-told'), say('sides-register')]}
            fields={[
              { label: say('side-full-name'), left: captured.fullName, right: name },
              { label: say('side-birth-date'), left: dayText(captured.birthDate), right: dayText(born), kind: 'day' },
              { label: say('side-number'), left: captured.number ?? '', right: number, kind: 'number' },
            ]}
          />
          <p className="buttons">
            {asks &&
              (chosen === personId ? (
                <Chip kind="done">{say('packet-is-chosen')}</Chip>
              ) : (
                <Button look="row" onPress={() => onChoose(personId)}>
                  {say('packet-is-this')}
                </Button>
              ))}
            <Go to={at(`/dan-cu/nguoi/${personId}`)}>{say('open-person')}</Go>
            {unit && <span className="small">{unit}</span>}
          </p>
        </div>
      ))}
    </div>
  )
}

type DecideProps = {
  readonly deed: Deed
  readonly packet: Packet
  readonly personId: string | undefined
  readonly compared: 'somebody-else' | undefined
  readonly onClose: () => void
}

/** What each deed asks and means, by whether the packet itself is here. */
const askedOf = (deed: Deed, { state }: Packet) => {
  if (deed === 'release') return ['packet-release-asks', 'packet-release-means'] as const
  if (deed === 'set-aside')
    return ['packet-aside-asks', state === 'refused' ? 'packet-aside-refused-means' : 'packet-aside-means'] as const
  return state === 'refused'
    ? (['packet-again-asks', 'packet-again-means'] as const)
    : (['packet-reopen-asks', 'packet-reopen-means'] as const)
}

function DecideDialog({ deed, packet, personId, compared, onClose }: DecideProps) {
  const say = useSay()
  const { station, hash, problem } = packet
  const after = [listQuarantined, showQuarantined, listApplications, listGaps]
  const [release, setAside, reopen] = [
    useDo(releasePacket, after),
    useDo(setAsidePacket, after),
    useDo(reopenPacket, after),
  ]
  const [asks, means] = askedOf(deed, packet)
  const [note, setNote] = useState('')
  const [day, setDay] = useState('')
  const asksDay = deed === 'release' && problem === 'clock-off'
  const params = { station, hash }
  const act = () =>
    deed === 'release'
      ? release.mutate(
          { params, body: { note, ...(personId && { personId }), ...(compared && { compared }), ...(day && { day }) } },
          { onSuccess: onClose },
        )
      : (deed === 'set-aside' ? setAside : reopen).mutate({ params, body: { note } }, { onSuccess: onClose })
  const busy = release.isPending || setAside.isPending || reopen.isPending
  const lacks = note.trim().length < 3 || (asksDay && !day)
  return (
    <Dialog open title={say(asks)} onClose={onClose}>
      <p className="quiet">{say(means)}</p>
      {asksDay && <DayField label={say('packet-day')} value={day} onChange={setDay} hint={say('packet-day-hint')} />}
      <NoteField
        draft={`packet ${packet.hash} ${deed}`}
        label={say('note-plain')}
        value={note}
        onChange={setNote}
        rows={3}
        maxLength={500}
        hint={say('packet-note-hint')}
        autoFocus={!asksDay}
      />
      <RefusedNote error={release.error ?? setAside.error ?? reopen.error} />
      <div className="buttons">
        <Button look="primary" onPress={act} {...((busy || lacks) && { disabled: true })}>
          {say(wordOf(deed, packet))}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
