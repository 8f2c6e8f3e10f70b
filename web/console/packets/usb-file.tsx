import { Download, Usb } from 'lucide-react'
import { useState } from 'react'
import { listApplications } from '../../../src/enrolment/adjudication/contract.ts'
import { listGaps } from '../../../src/enrolment/gaps/contract.ts'
import { takeFile } from '../../../src/enrolment/packets/contract.ts'
import { listQuarantined } from '../../../src/enrolment/packets/contract-quarantine.ts'
import { listStations } from '../../../src/enrolment/stations/contract.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, save } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { numberText } from '../../parts/formats.ts'
import { upload } from '../../parts/upload.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useStale } from '../base/use-endpoint.ts'
import { useProblemWords } from '../enrolment/use-problem-words.ts'
import { FileDrop } from '../parts/file-drop.tsx'
import { Progress, RefusedNote } from '../parts/page-state.tsx'

type Taken = Answer<typeof takeFile>
type Sending = { readonly name: string; readonly sent: number; readonly whole: number }

/** A station's file is taken in whole; its answer goes back on the same stick. */
export function UsbFile() {
  const say = useSay()
  const stale = useStale()
  const [sending, setSending] = useState<Sending>()
  const [taken, setTaken] = useState<Taken>()
  const [error, setError] = useState<unknown>()
  const take = (file: File) => {
    const far = { name: file.name, whole: file.size }
    setError(undefined)
    setSending({ ...far, sent: 0 })
    upload(takeFile, file, { onSent: sent => setSending({ ...far, sent }) })
      .then(setTaken, setError)
      .finally(() => {
        setSending(undefined)
        stale([listQuarantined, listApplications, listGaps, listStations])
      })
  }
  return (
    <section className="part usb">
      <h2>{say('usb-title')}</h2>
      {sending && <Far sending={sending} />}
      {!sending && taken && <Answered taken={taken} onAgain={() => setTaken(undefined)} />}
      {!sending && !taken && (
        <FileDrop
          label={say('usb-drop')}
          hint={say('usb-hint')}
          ending=".ddu"
          icon={Usb}
          otherKind={name => say('usb-other-kind', { name })}
          onFile={take}
        />
      )}
      <RefusedNote error={error} />
    </section>
  )
}

function Far({ sending: { name, sent, whole } }: { sending: Sending }) {
  const say = useSay()
  if (sent >= whole) return <Progress what={say('usb-opening')} todo={say('usb-stay')} />
  return <Progress what={say('usb-sending', { name })} done={sent} whole={whole} todo={say('usb-stay')} />
}

const kinds: Readonly<Record<Taken['packets'][number]['state'], ChipKind>> = {
  received: 'done',
  held: 'waiting',
  refused: 'late',
  wanted: 'not-begun',
}

function Answered({ taken, onAgain }: { taken: Taken; onAgain: () => void }) {
  const say = useSay()
  const { station, packets, others } = taken
  return (
    <div className="stack" role="status">
      {[{ station, packets }, ...others].map(answer => (
        <OfStation key={answer.station} taken={answer} />
      ))}
      <Unread taken={taken} />
      <p className="quiet">{say('usb-carry')}</p>
      <div className="buttons">
        <Button onPress={onAgain}>{say('usb-again')}</Button>
      </div>
    </div>
  )
}

/** One station's answer, a file of its own. */
function OfStation({ taken }: { taken: Pick<Taken, 'station' | 'packets'> }) {
  const say = useSay()
  const words = useProblemWords()
  const { data } = useAsk(listStations, {})
  const code = data?.stations.find(({ id }) => id === taken.station)?.code ?? ''
  const counted = (['received', 'held', 'refused'] as const)
    .map(state => [state, taken.packets.filter(packet => packet.state === state).length] as const)
    .filter(([, n]) => n > 0)
    .map(([state, n]) => say(`usb-${state}`, { n }))
  const download = () =>
    save({
      name: `tra-loi-${code || taken.station}.json`,
      content: new Blob([JSON.stringify(taken)], { type: 'application/json' }),
    })
  return (
    <>
      <p>
        <b>{say('usb-answer', { station: code })}</b>: {counted.join(', ')}
      </p>
      <ul className="rows standings">
        {taken.packets.map(({ hash, counter, state, problem }) => (
          <li key={hash}>
            <span className="figures">{[code, String(counter).padStart(6, '0')].filter(Boolean).join('-')}</span>
            <span className="small">{problem && words(problem).so}</span>
            <Chip kind={kinds[state]}>{say(`standing-${state}`)}</Chip>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <Button look="primary" icon={Download} onPress={download}>
          {say('usb-download')}
        </Button>
      </div>
    </>
  )
}

/** What of the file could not be read, byte by byte: nothing is passed over in silence. */
function Unread({ taken: { unread, bytes } }: { taken: Taken }) {
  const say = useSay()
  const words = useProblemWords()
  if (unread.length === 0) return null
  return (
    <div>
      <p className="note late">
        <span>
          <b>{say('usb-unread', { n: unread.length, bytes: numberText(bytes) })}</b> {say('usb-unread-todo')}
        </span>
      </p>
      <ul className="rows standings">
        {unread.map(({ from, to, problem }) => (
          <li key={from}>
            <Chip kind="late">{say('usb-unread-chip')}</Chip>
            <span className="small">
              <span className="figures">
                {say('usb-unread-place', { from: numberText(from), to: numberText(to - 1) })}
              </span>
              : {words(problem).so}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
