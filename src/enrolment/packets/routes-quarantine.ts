import { formatPartialDay, parseDay } from '../../platform/day.ts'
import { type Doors, requestProblem, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import { knownProblems } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { placeOf } from '../place.ts'
import type { StationKeys } from '../stations/keys.ts'
import { findStation } from '../stations/stations.ts'
import * as ofPackets from './contract-quarantine.ts'
import * as held from './quarantine.ts'
import type { PacketRow } from './store.ts'
import * as waiting from './store-quarantine.ts'

type Keys = () => Promise<StationKeys>

const pageSize = 50

const dayIn = (text: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
  return day
}

/** Where a page of packets ended: since when its last one waits, and its key. */
function packetPlaceIn(text: string | undefined): waiting.Place | undefined {
  const [, since, hash, station] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f]{64})_([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  return since && hash && station ? { since, hash, station } : undefined
}

const packetNumber = (code: string, counter: number) => `${code}-${String(counter).padStart(6, '0')}`
const stateShown = { refused: 'refused', 'set-aside': 'set-aside' } as const

async function shownHeld(
  work: Work,
  packet: PacketRow & { cameAs?: number | null },
  code: string,
  names: ReadonlyMap<string, string>,
) {
  const kind = knownProblems().get(packet.problem ?? '')
  const { decidedBy, decidedAt, cameAs } = packet
  return {
    station: packet.stationId,
    hash: packet.hash,
    number: packetNumber(code, packet.counter),
    unit: await placeOf(work, packet.unitId),
    state: packet.state === 'refused' || packet.state === 'set-aside' ? stateShown[packet.state] : ('held' as const),
    problem: packet.problem ?? '',
    problemVi: kind?.vi ?? packet.problem ?? '',
    ...(kind?.fixVi && { fix: kind.fixVi }),
    facts: { ...packet.facts },
    sealedAt: packet.sealedAt.toISOString(),
    toldAt: packet.toldAt.toISOString(),
    bytes: packet.bytes,
    ...(decidedBy &&
      decidedAt && {
        decided: { by: names.get(decidedBy) ?? '', at: decidedAt.toISOString(), note: packet.reason ?? '' },
      }),
    ...(typeof cameAs === 'number' && { cameAs: packetNumber(code, cameAs) }),
  }
}

/** The names of the deciding officers. */
const decidersOf = (work: Work, rows: readonly PacketRow[]) =>
  staff.namesOf(
    work,
    rows.flatMap(({ decidedBy }) => decidedBy ?? []),
  )

export function heldRoutes(doors: Doors, keys: Keys): void {
  serve(doors, ofPackets.listHeld, async (work, { query }) => {
    const rows = await waiting.waitingPackets(
      work,
      { state: query.state ?? 'held', after: packetPlaceIn(query.after) },
      pageSize + 1,
    )
    const shown = rows.slice(0, pageSize)
    const [last, names] = [shown.at(-1), await decidersOf(work, shown)]
    return {
      packets: await Promise.all(shown.map(packet => shownHeld(work, packet, packet.code, names))),
      ...(rows.length > pageSize && last && { next: `${last.since.toISOString()}_${last.hash}_${last.stationId}` }),
      counts: await waiting.waitingCounts(work),
    }
  })
  serve(doors, ofPackets.showHeld, async (work, { params }) => {
    const { packet, capture, candidates } = await held.showHeld(work, await keys(), params.station, params.hash)
    const code = (await findStation(work, packet.stationId))?.code ?? ''
    const officer = capture && ((await staff.namesOf(work, [capture.officer.id])).get(capture.officer.id) ?? '')
    return {
      ...(await shownHeld(work, packet, code, await decidersOf(work, [packet]))),
      ...(capture && {
        told: {
          number: capture.person.number,
          fullName: capture.person.fullName,
          birthDate: capture.person.birthDate,
          sex: capture.person.sex,
          officer: officer ?? '',
          at: capture.clock.at,
        },
      }),
      candidates: await Promise.all(
        candidates.map(async ({ id, fullName, birthDate, number, permanentUnitId }) => ({
          personId: id,
          name: fullName,
          born: formatPartialDay(birthDate),
          ...(number && { number }),
          ...(permanentUnitId && { unit: await units.nameOf(work, permanentUnitId) }),
        })),
      ),
    }
  })
  serve(doors, ofPackets.releasePacket, async (work, { params, body }) => {
    const { note, personId, day } = body
    await held.release(work, await keys(), params.station, params.hash, {
      note,
      ...(personId && { personId: asId<'person'>(personId) }),
      ...(day && { day: dayIn(day) }),
    })
    return {}
  })
  serve(doors, ofPackets.setAsidePacket, async (work, { params, body }) => {
    await held.setAside(work, await keys(), params.station, params.hash, body.note)
    return {}
  })
  serve(doors, ofPackets.reopenPacket, async (work, { params, body }) => {
    await held.reopen(work, await keys(), params.station, params.hash, body.note)
    return {}
  })
}
