import { formatPartialDay, parseDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId, isId } from '../../platform/ids.ts'
import { isMarkedInstant } from '../../platform/page-mark.ts'
import { knownProblems } from '../../platform/problem.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { StationKeys } from '../stations/keys.ts'
import { findStation } from '../stations/stations.ts'
import * as ofPackets from './contract-quarantine.ts'
import * as held from './quarantine.ts'
import type { PacketRow } from './store.ts'
import * as waiting from './store-quarantine.ts'

type QuarantineKeys = () => Promise<StationKeys>

const pageSize = 50

const readDay = (text: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
  return day
}

/** Where a page of packets ended: since when its last one waits, and its key. Throws input-invalid. */
function packetPositionIn(text: string | undefined): waiting.QuarantinePosition | undefined {
  if (text === undefined) return undefined
  const [since = '', hash = '', station = '', ...rest] = text.split('_')
  if (rest.length > 0 || !isMarkedInstant(since) || !/^[0-9a-f]{64}$/.test(hash) || !isId(station))
    throw requestProblem('input-invalid', { wrong: [{ field: 'after' }] })
  return { since, hash, station }
}

const packetNumber = (code: string, counter: number) => `${code}-${String(counter).padStart(6, '0')}`
const stateLabels = { refused: 'refused', 'set-aside': 'set-aside' } as const

async function quarantinedPacketView(
  work: Work,
  packet: PacketRow & { cameAs?: number | null },
  code: string,
  names: ReadonlyMap<string, string>,
) {
  const { decidedBy, decidedAt, cameAs, turnedAway } = packet
  const problem = turnedAway ? 'person-turned-away' : (packet.problem ?? '')
  const kind = knownProblems().get(problem)
  return {
    station: packet.stationId,
    hash: packet.hash,
    number: packetNumber(code, packet.counter),
    unit: await units.unitReference(work, packet.unitId),
    state: turnedAway
      ? ('turned-away' as const)
      : packet.state === 'refused' || packet.state === 'set-aside'
        ? stateLabels[packet.state]
        : ('held' as const),
    problem,
    problemVi: kind?.vi ?? problem,
    ...(kind?.fixVi && { fix: kind.fixVi }),
    facts: { ...packet.facts, ...(turnedAway && { reason: turnedAway }) },
    sealedAt: packet.sealedAt.toISOString(),
    announcedAt: packet.announcedAt.toISOString(),
    bytes: packet.bytes,
    ...(decidedBy &&
      decidedAt && {
        decided: { by: names.get(decidedBy) ?? '', at: decidedAt.toISOString(), note: packet.reason ?? '' },
      }),
    ...(typeof cameAs === 'number' && { cameAs: packetNumber(code, cameAs) }),
  }
}

/** The names of the deciding officers. */
const decidersAndPeople = (work: Work, rows: readonly PacketRow[]) =>
  staff.namesOf(
    work,
    rows.flatMap(({ decidedBy }) => decidedBy ?? []),
  )

export function quarantineRoutes(doors: Doors, keys: QuarantineKeys): void {
  serve(doors, ofPackets.listQuarantined, async (work, { query }) => {
    const rows = await waiting.findQuarantinedPackets(
      work,
      { state: query.state ?? 'held', after: packetPositionIn(query.after) },
      pageSize + 1,
    )
    const shown = rows.slice(0, pageSize)
    const [last, names] = [shown.at(-1), await decidersAndPeople(work, shown)]
    return {
      packets: await Promise.all(shown.map(packet => quarantinedPacketView(work, packet, packet.code, names))),
      ...(rows.length > pageSize && last && { next: `${last.since.toISOString()}_${last.hash}_${last.stationId}` }),
      counts: await waiting.countQuarantined(work),
    }
  })
  serve(doors, ofPackets.countQuarantined, work => waiting.countQuarantined(work))
  serve(doors, ofPackets.showQuarantined, async (work, { params }) => {
    const { packet, capture, candidates } = await held.getQuarantineView(
      work,
      await keys(),
      params.station,
      params.hash,
    )
    const code = (await findStation(work, packet.stationId))?.code ?? ''
    const officer = capture && ((await staff.namesOf(work, [capture.officer.id])).get(capture.officer.id) ?? '')
    return {
      ...(await quarantinedPacketView(work, packet, code, await decidersAndPeople(work, [packet]))),
      ...(capture && {
        captured: {
          ...(capture.person.number && { number: capture.person.number }),
          ...(capture.undeclared && { papers: capture.undeclared.papers }),
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
          ...(permanentUnitId && { unit: await units.unitName(work, permanentUnitId) }),
        })),
      ),
    }
  })
  serve(doors, ofPackets.releasePacket, async (work, { params, body }) => {
    const { note, personId, day, compared } = body
    await held.releaseFromQuarantine(work, await keys(), params.station, params.hash, {
      note,
      ...(personId && { personId: asId<'person'>(personId) }),
      ...(day && { day: readDay(day) }),
      ...(compared && { compared }),
    })
    return {}
  })
  serve(doors, ofPackets.setAsidePacket, async (work, { params, body }) => {
    await held.setPacketAside(work, await keys(), params.station, params.hash, body.note)
    return {}
  })
  serve(doors, ofPackets.reopenPacket, async (work, { params, body }) => {
    await held.reopenQuarantined(work, await keys(), params.station, params.hash, body.note)
    return {}
  })
}
