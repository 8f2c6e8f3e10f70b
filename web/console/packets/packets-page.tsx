import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { listQuarantined, quarantineStates } from '../../../src/enrolment/packets/contract-quarantine.ts'
import { Button } from '../../parts/button.tsx'
import { type Answer, call } from '../../parts/call.ts'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useKeys } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { shortName } from '../base/short-name.ts'
import { Elsewhere, Queues } from '../enrolment/queue-nav.tsx'
import { type Packet, type PacketSearch, packetListAt, packetListOf } from '../enrolment/search.ts'
import { useProblemWords } from '../enrolment/use-problem-words.ts'
import { Failed, Loading, State } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { useMay, useUnitName } from '../shell/session.tsx'
import { HeldPacket, turnedAwayWord } from './held-packet.tsx'
import { UsbFile } from './usb-file.tsx'

const isAt = ({ station, hash }: Packet, { tram, goi }: PacketSearch) => station === tram && hash === goi

type Listed = Answer<typeof listQuarantined>

/** A list by pages, as far as somebody looked, or as far as the packet that the address names. */
function usePackets(search: PacketSearch) {
  const state = packetListOf(search)
  const asked = useInfiniteQuery({
    queryKey: [listQuarantined.path, listQuarantined.method, state],
    queryFn: ({ pageParam, signal }) =>
      call(listQuarantined, { query: { state, ...(pageParam && { after: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
  })
  const { data, hasNextPage, isFetching, fetchNextPage } = asked
  const packets = data?.pages.flatMap(page => page.packets) ?? []
  const isFound = !search.goi || packets.some(packet => isAt(packet, search))
  useEffect(() => {
    if (!isFound && hasNextPage && !isFetching) void fetchNextPage()
  }, [isFound, hasNextPage, isFetching, fetchNextPage])
  return { ...asked, state, packets, counts: data?.pages.at(-1)?.counts }
}

/**
 * Packets that wait for a person, that are refused or were set aside, with why and what to do; and the file that a
 * station wrote where there was no line.
 */
export function PacketsPage() {
  const say = useSay()
  const unit = useUnitName()
  const search = useSearch({ from: '/thu-nhan/goi' })
  const mayReceive = useMay('enrolment.receive')
  const { data, error, refetch, state, packets, counts, hasNextPage, isFetching, fetchNextPage } = usePackets(search)
  const place = packets.findIndex(packet => isAt(packet, search))
  const chosen = packets[place]
  const step = (by: number) => {
    const next = packets[Math.min(packets.length - 1, Math.max(0, place + by))]
    if (next) goTo(packetListAt(state, { tram: next.station, goi: next.hash }))
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
          {counts && <Lists counts={counts} current={state} />}
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
            {packets.length === 0 && (
              <State
                so={say(state === 'held' ? 'packets-none' : `packets-none-${state}`)}
                todo={say(state === 'held' ? 'packets-none-todo' : `packets-${state}-todo`)}
              />
            )}
            {packets.length > 0 && <Packets packets={packets} search={search} />}
            {hasNextPage && (
              <div className="buttons more-rows">
                <Button onPress={() => void fetchNextPage()} {...(isFetching && { disabled: true })}>
                  {say('packets-more')}
                </Button>
              </div>
            )}
            {mayReceive && <UsbFile />}
          </div>
          {packets.length > 0 && (
            <div className="companion">
              {chosen ? (
                <HeldPacket key={chosen.hash} packet={chosen} />
              ) : (
                <p className="quiet">{say('packet-choose')}</p>
              )}
            </div>
          )}
        </div>
      )}
    </Page>
  )
}

/** Four lists, each with how many stand in it. */
function Lists({ counts, current }: { counts: Listed['counts']; current: string }) {
  const say = useSay()
  return (
    <section>
      <nav className="sections" aria-label={say('packets-lists')}>
        {quarantineStates.map(state => (
          <Go key={state} to={packetListAt(state)} current={state === current}>
            <span className="follow-up-who">
              <span>{say(`packets-${state}`)}</span>
              <span className="figures">{numberText(counts[state])}</span>
            </span>
          </Go>
        ))}
      </nav>
    </section>
  )
}

const chips: Readonly<Record<Packet['state'], ChipKind>> = {
  held: 'waiting',
  refused: 'late',
  'set-aside': 'not-begun',
  'turned-away': 'not-begun',
}

function Packets({ packets, search }: { packets: readonly Packet[]; search: PacketSearch }) {
  const say = useSay()
  const words = useProblemWords()
  const list = packetListOf(search)
  return (
    <ul className="packet-list" aria-label={say('packets-short')}>
      {packets.map(packet => {
        const { so, todo } = words(packet.problem)
        const { day, time } = instantText(packet.announcedAt)
        return (
          <li key={`${packet.station} ${packet.hash}`} className={isAt(packet, search) ? 'here' : ''}>
            <div>
              <Go to={packetListAt(list, { tram: packet.station, goi: packet.hash })} current={isAt(packet, search)}>
                <span className="figures">{packet.number}</span>
              </Go>
              <p className="small">{shortName(packet.unit.name)}</p>
              <p className="small figures">
                {day} {time}
              </p>
            </div>
            <div>
              <p>{so}</p>
              {packet.state === 'turned-away' && <p className="small">{say(turnedAwayWord(packet.facts))}</p>}
              {todo && <p className="small">{todo}</p>}
            </div>
            <Chip kind={chips[packet.state]}>{say(`packet-${packet.state}`)}</Chip>
          </li>
        )
      })}
    </ul>
  )
}
