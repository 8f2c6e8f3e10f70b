import { FileInput, Send, Usb } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Chip } from '../../parts/chip.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { keptFor } from '../keep/acknowledged-packets.ts'
import type { PacketRow } from '../keep/database.ts'
import { type Flaw, flawsIn, packetName } from '../keep/packet-chain.ts'
import { Button } from '../parts/button.tsx'
import { State } from '../parts/state.tsx'
import { useLive, useRunning } from '../running/running.tsx'
import { useUsb } from '../running/usb-deed.ts'
import { useSay } from '../words/language.tsx'
import { texts, type WordKey } from '../words/words.ts'
import { megabytes } from './check-machine.ts'

/** Every packet by its number: how large, how it stands, since when. Nothing here is about a person. */
export function PacketsPage() {
  const say = useSay()
  const { keep, station, rounds } = useRunning()
  const packets = useLive(useCallback(() => keep.db.packets.orderBy('counter').reverse().toArray(), [keep]))
  const [all, setAll] = useState(false)
  const [flaws, setFlaws] = useState<readonly Flaw[]>([])
  const usb = useUsb()
  const answer = useRef<HTMLInputElement>(null)
  useEffect(() => {
    void flawsIn(keep).then(setFlaws)
  }, [keep])
  const code = station?.code ?? ''
  const here = packets?.filter(({ state }) => state !== 'released') ?? []
  const shown = all ? (packets ?? []) : here
  const kept = packets?.filter(({ heldAt }) => heldAt !== undefined) ?? []
  const first = flaws[0]
  return (
    <main className="page alone" id="page">
      <h1>{say('packets-title')}</h1>
      <p className="quiet">{say('packets-about')}</p>
      {first && (
        <p className="note late">{say('packet-flaw', { n: flaws.length, packet: packetName(code, first.counter) })}</p>
      )}
      <div className="buttons">
        <Button look="primary" icon={Send} onPress={rounds.now}>
          {say('send-now')}
        </Button>
        <Button icon={Usb} onPress={() => void usb.write()}>
          {say('to-usb')}
        </Button>
        <Button icon={FileInput} onPress={() => answer.current?.click()}>
          {say('read-answer')}
        </Button>
        <input
          ref={answer}
          type="file"
          hidden
          accept="application/json,.json"
          aria-label={say('read-answer')}
          onChange={event => {
            void usb.readAnswer(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
      <p className="quiet">{say('usb-about')}</p>
      <p aria-live="polite">
        <strong>{usb.said}</strong>
      </p>
      {packets?.length === 0 ? (
        <State so={say('packets-none')} todo={say('packets-none-todo')} />
      ) : (
        <>
          <p>{say('packets-so', { owed: here.length, released: (packets?.length ?? 0) - here.length })}</p>
          {kept.length > 0 && (
            <p className="quiet">
              {say('packets-kept', {
                n: kept.length,
                size: megabytes(kept.reduce((sum, { size }) => sum + size, 0)),
                days: keptFor / 86_400_000,
              })}
            </p>
          )}
          <label className="tick">
            <input type="checkbox" checked={all} onChange={event => setAll(event.target.checked)} />
            {say('show-released')}
          </label>
          {shown.length > 0 && <PacketTable packets={shown} code={code} />}
        </>
      )}
    </main>
  )
}

function PacketTable({ packets, code }: { packets: readonly PacketRow[]; code: string }) {
  const say = useSay()
  return (
    <table className="plain-table packets">
      <thead>
        <tr>
          <th scope="col">{say('col-packet')}</th>
          <th scope="col" className="figure-column">
            {say('col-size')}
          </th>
          <th scope="col">{say('col-since')}</th>
          <th scope="col">{say('col-state')}</th>
        </tr>
      </thead>
      <tbody>
        {packets.map(packet => {
          const { day, time } = instantText(packet.sealedAt)
          return (
            <tr key={packet.counter}>
              <th scope="row">{packetName(code, packet.counter)}</th>
              <td className="figure-column">{numberText(Math.ceil(packet.size / 1024))} kB</td>
              <td>
                {time} {day}
              </td>
              <td>
                <PacketChip packet={packet} />
                {packet.problem && packet.state !== 'released' && <ProblemWords code={packet.problem} />}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function PacketChip({ packet: { state, sent, size, problem, word } }: { packet: PacketRow }) {
  const say = useSay()
  if (state === 'released')
    return problem ? (
      <Chip kind="waiting">{say('packet-look')}</Chip>
    ) : (
      <Chip kind="done">{say('packet-released')}</Chip>
    )
  if (state === 'refused') return <Chip kind="late">{say('packet-refused')}</Chip>
  if (problem === 'word-wrong') return <Chip kind="late">{say('packet-waiting')}</Chip>
  if (word && !sent) return <Chip kind="waiting">{say('packet-again')}</Chip>
  return (
    <Chip kind={sent ? 'moving' : 'waiting'}>
      {sent ? say('packet-sending', { n: Math.floor((sent / size) * 100) }) : say('packet-waiting')}
    </Chip>
  )
}

/** What to do about it; the code of a refusal that has no words here is told with it. */
function ProblemWords({ code }: { code: string }) {
  const say = useSay()
  const key = `problem-${code}`
  return <p className="small">{key in texts ? say(key as WordKey) : say('problem-other', { code })}</p>
}
