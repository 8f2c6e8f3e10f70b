import { useState } from 'react'
import {
  listApplications,
  listGaps,
  listHeld,
  releasePacket,
  setAsidePacket,
  showHeld,
} from '../../../../src/enrolment/contract-application.ts'
import type { Answer } from '../../../call.ts'
import { useAsk, useDo } from '../../asking.ts'
import { dayText, instantText } from '../../formats.ts'
import { useSay } from '../../language.tsx'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Comparison } from '../../parts/comparison.tsx'
import { DayField } from '../../parts/day-field.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Go } from '../../parts/go.tsx'
import { Failed, Loading, RefusedNote } from '../../parts/state.tsx'
import { at } from '../../places.ts'
import { useMay } from '../../session.tsx'
import { useCodes } from '../register/labels.ts'
import { useProblemWords } from './problem-words.ts'
import type { Packet } from './search.ts'

type Opened = Answer<typeof showHeld>

/** One packet: why it is held, what the station took down, who it may be; a second officer lets it through or sets it aside. */
export function HeldPacket({ packet }: { packet: Packet }) {
  const say = useSay()
  const words = useProblemWords()
  const mayOpen = useMay('enrolment.check')
  const { so, todo } = words(packet.problem)
  const sealed = instantText(packet.sealedAt)
  return (
    <section className="stack held-packet" aria-label={packet.number}>
      <h2 className="figures">{packet.number}</h2>
      <p className={packet.state === 'held' ? 'note waiting' : 'note late'}>
        <span>
          <b>{so}.</b> {todo}
        </span>
      </p>
      <p className="small">{say('packet-sealed', { ...sealed, kb: Math.ceil(packet.bytes / 1000) })}</p>
      {packet.state === 'refused' && <p className="quiet">{say('packet-stays')}</p>}
      {packet.state === 'held' && !mayOpen && <p className="quiet">{say('packet-checkers-only')}</p>}
      {packet.state === 'held' && mayOpen && <OpenPacket packet={packet} />}
    </section>
  )
}

function OpenPacket({ packet: { station, hash, problem } }: { packet: Packet }) {
  const say = useSay()
  const { data, error } = useAsk(showHeld, { params: { station, hash } })
  const [personId, setPersonId] = useState<string>()
  const [asking, setAsking] = useState<'release' | 'set-aside'>()
  if (error) return <Failed error={error} />
  if (!data) return <Loading what={say('packet-reading')} />
  const needsPerson = problem === 'person-unresolved' && personId === undefined
  return (
    <>
      <Told opened={data} />
      <Candidates opened={data} chosen={personId} onChoose={setPersonId} />
      <div className="buttons">
        {data.told && (
          <Button look="primary" onPress={() => setAsking('release')} {...(needsPerson && { disabled: true })}>
            {say('packet-release')}
          </Button>
        )}
        <Button onPress={() => setAsking('set-aside')}>{say('packet-set-aside')}</Button>
      </div>
      {needsPerson && data.candidates.length > 0 && <p className="small">{say('packet-choose-person')}</p>}
      {asking && <DecideDialog deed={asking} opened={data} personId={personId} onClose={() => setAsking(undefined)} />}
    </>
  )
}

function Told({ opened: { told } }: { opened: Opened }) {
  const say = useSay()
  const codes = useCodes()
  if (!told) return <p className="quiet">{say('packet-not-opened')}</p>
  const { day, time } = instantText(told.at)
  return (
    <div>
      <h3>{say('packet-told')}</h3>
      <p>
        <b>{told.fullName}</b>, {codes('sex', told.sex)}, {dayText(told.birthDate)}, <span className="figures">{told.number}</span>
      </p>
      <p className="small">{say('packet-by', { who: told.officer, day, time })}</p>
    </div>
  )
}

type CandidatesProps = { readonly opened: Opened; readonly chosen: string | undefined; readonly onChoose: (personId: string) => void }

/** Each beside what was told; choosing one answers who it is. */
function Candidates({ opened: { told, candidates, problem }, chosen, onChoose }: CandidatesProps) {
  const say = useSay()
  if (!told) return null
  const asks = problem === 'person-unresolved'
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
              { label: say('side-full-name'), left: told.fullName, right: name },
              { label: say('side-birth-date'), left: dayText(told.birthDate), right: dayText(born), kind: 'day' },
              { label: say('side-number'), left: told.number, right: number, kind: 'number' },
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
  readonly deed: 'release' | 'set-aside'
  readonly opened: Opened
  readonly personId: string | undefined
  readonly onClose: () => void
}

function DecideDialog({ deed, opened: { station, hash, problem }, personId, onClose }: DecideProps) {
  const say = useSay()
  const after = [listHeld, listApplications, listGaps]
  const [release, setAside] = [useDo(releasePacket, after), useDo(setAsidePacket, after)]
  const [note, setNote] = useState('')
  const [day, setDay] = useState('')
  const asksDay = deed === 'release' && problem === 'clock-off'
  const params = { station, hash }
  const act = () =>
    deed === 'release'
      ? release.mutate({ params, body: { note, ...(personId && { personId }), ...(day && { day }) } }, { onSuccess: onClose })
      : setAside.mutate({ params, body: { note } }, { onSuccess: onClose })
  const busy = release.isPending || setAside.isPending
  const lacks = note.trim().length < 3 || (asksDay && !day)
  return (
    <Dialog open title={say(deed === 'release' ? 'packet-release-asks' : 'packet-aside-asks')} onClose={onClose}>
      <p className="quiet">{say(deed === 'release' ? 'packet-release-means' : 'packet-aside-means')}</p>
      {asksDay && <DayField label={say('packet-day')} value={day} onChange={setDay} hint={say('packet-day-hint')} />}
      <Field
        label={say('note-plain')}
        value={note}
        onChange={setNote}
        rows={3}
        maxLength={500}
        hint={say('packet-note-hint')}
        autoFocus={!asksDay}
      />
      <RefusedNote error={release.error ?? setAside.error} />
      <div className="buttons">
        <Button look="primary" onPress={act} {...((busy || lacks) && { disabled: true })}>
          {say(deed === 'release' ? 'packet-release' : 'packet-set-aside')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}
