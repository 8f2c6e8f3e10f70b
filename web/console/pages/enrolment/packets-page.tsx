import { useSearch } from '@tanstack/react-router'
import { listHeld } from '../../../../src/enrolment/contract-application.ts'
import { useAsk } from '../../asking.ts'
import { instantText } from '../../formats.ts'
import { useKeys } from '../../keys.tsx'
import { useSay } from '../../language.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Go } from '../../parts/go.tsx'
import { Failed, Loading, State } from '../../parts/state.tsx'
import { goTo } from '../../router-handle.ts'
import { useMay, useUnitName } from '../../session.tsx'
import { Page } from '../../shell/page.tsx'
import { shortName } from '../campaign/short-name.ts'
import { HeldPacket } from './held-packet.tsx'
import { Elsewhere, Queues } from './place-nav.tsx'
import { useProblemWords } from './problem-words.ts'
import { type Packet, type PacketSearch, packetsAt } from './search.ts'
import { UsbFile } from './usb-file.tsx'

const isAt = ({ station, hash }: Packet, { tram, goi }: PacketSearch) => station === tram && hash === goi

/** Packets that wait for a person, with why and what to do; and the file that a station wrote where there was no line. */
export function PacketsPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/thu-nhan/goi' })
  const mayReceive = useMay('enrolment.receive')
  const { data, error, refetch } = useAsk(listHeld, {})
  const packets = data?.packets ?? []
  const place = packets.findIndex(packet => isAt(packet, search))
  const chosen = packets[place]
  const step = (by: number) => {
    const next = packets[Math.min(packets.length - 1, Math.max(0, place + by))]
    if (next) goTo(packetsAt({ tram: next.station, goi: next.hash }))
  }
  useKeys([
    { key: 'j', said: say('key-next'), run: () => step(1) },
    { key: 'k', said: say('key-previous'), run: () => step(-1) },
  ])
  return (
    <Page
      title={say('packets-title')}
      standing={<p>{unit}</p>}
      strip={[say('packets-short'), unit]}
      margin={
        <>
          <Queues search={{}} />
          <Elsewhere current="packets" />
        </>
      }
    >
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('reading-list')} />}
      {data && (
        <div className={packets.length === 0 ? '' : chosen ? 'split packets chosen' : 'split packets'}>
          <div>
            {packets.length === 0 && <State so={say('packets-none')} todo={say('packets-none-todo')} />}
            {packets.length > 0 && <Packets packets={packets} search={search} />}
            {mayReceive && <UsbFile />}
          </div>
          {packets.length > 0 && (
            <div className="companion">
              {chosen ? <HeldPacket key={chosen.hash} packet={chosen} /> : <p className="quiet">{say('packet-choose')}</p>}
            </div>
          )}
        </div>
      )}
    </Page>
  )
}

function Packets({ packets, search }: { packets: readonly Packet[]; search: PacketSearch }) {
  const say = useSay()
  const words = useProblemWords()
  return (
    <ul className="packet-list" aria-label={say('packets-short')}>
      {packets.map(packet => {
        const { so, todo } = words(packet.problem)
        const { day, time } = instantText(packet.toldAt)
        return (
          <li key={`${packet.station} ${packet.hash}`} className={isAt(packet, search) ? 'here' : ''}>
            <div>
              <Go to={packetsAt({ tram: packet.station, goi: packet.hash })} current={isAt(packet, search)}>
                <span className="figures">{packet.number}</span>
              </Go>
              <p className="small">{shortName(packet.unit.name)}</p>
              <p className="small figures">
                {day} {time}
              </p>
            </div>
            <div>
              <p>{so}</p>
              {todo && <p className="small">{todo}</p>}
            </div>
            <Chip kind={packet.state === 'held' ? 'waiting' : 'late'}>{say(`packet-${packet.state}`)}</Chip>
          </li>
        )
      })}
    </ul>
  )
}
