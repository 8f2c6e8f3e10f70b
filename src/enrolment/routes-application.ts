import { formatPartialDay, parseDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { knownProblems } from '../platform/problem.ts'
import { type Doors, requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'
import * as adjudicate from './adjudicate.ts'
import * as contract from './contract-application.ts'
import { listGaps } from './contract-gap.ts'
import * as ofPackets from './contract-held.ts'
import { showPaper } from './contract-paper.ts'
import { steps } from './gap.ts'
import { countsOf, findGaps } from './gaps.ts'
import * as held from './held.ts'
import type { StationKeys } from './keys.ts'
import { paperNames, paperOf } from './papers.ts'
import { placeOf } from './place.ts'
import { findStation } from './station.ts'
import type { Application, Finding } from './store-application.ts'
import * as list from './store-list.ts'
import type { PacketRow } from './store-packet.ts'
import * as waiting from './store-waiting.ts'
import { picture, shownRow, whole } from './view.ts'

type Keys = () => Promise<StationKeys>
export type ApplicationHouse = { readonly keys: Keys; readonly isDemonstration: () => boolean }

const pageSize = 50
const gapsShown = 200

const dayIn = (text: string) => {
  const day = parseDay(text)
  if (!day) throw requestProblem('input-invalid', { wrong: [{ field: 'day' }] })
  return day
}

/** Where a page ended: the day and the id of its last row. */
function placeIn(text: string | undefined) {
  const found = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? '')
  return found?.[1] && found[2] ? { urgent: found[1], id: found[2] } : undefined
}

function readingRoutes(doors: Doors, keys: Keys): void {
  serve(doors, contract.listApplications, async (work, { query }) => {
    const within = query.unit ? (await units.scopePartsOf(work, query.unit as Id<'unit'>, work.today)).units : undefined
    const asked = { units: within, sessionId: query.session }
    const rows = await list.pageOf(work, { ...asked, queue: query.queue, after: placeIn(query.after) }, pageSize + 1)
    const shown = rows.slice(0, pageSize)
    const last = shown.at(-1)
    return {
      applications: await Promise.all(shown.map(row => shownRow(work, row))),
      ...(rows.length > pageSize && last && { next: `${last.urgent}_${last.id}` }),
      counts: await list.countsOf(work, asked),
    }
  })
  serve(doors, contract.showApplication, async (work, { params }) => whole(work, await keys(), params.id))
  serve(doors, contract.showPicture, async (work, { params }) => {
    const { type, bytes } = await picture(work, await keys(), params.id, params.part)
    return { name: `${params.part}.${type === 'image/png' ? 'png' : 'jpg'}`, type, content: bytes }
  })
  serve(doors, listGaps, async (work, { query }) => {
    const all = await findGaps(work)
    const asked = all.filter(({ kind }) => !query.kind || kind === query.kind)
    const from = query.from ?? 0
    const page = asked.slice(from, from + gapsShown)
    const people = await register.summariesOf(work, page.flatMap(({ personId }) => (personId ? [personId as register.PersonId] : []))) // biome-ignore format: one line
    const nameOf = new Map<string, string>(people.map(({ id, fullName }) => [id, fullName]))
    return {
      counts: countsOf(all),
      overdue: all.filter(({ dueOn }) => dueOn < work.today).length,
      gaps: await Promise.all(
        page.map(async ({ kind, subject, unitId, personId, sinceOn, dueOn, facts }) => ({
          kind,
          subject,
          unit: await placeOf(work, unitId),
          ...(personId && { personId, ...(nameOf.has(personId) && { name: nameOf.get(personId) ?? '' }) }),
          sinceOn,
          dueOn,
          overdue: dueOn < work.today,
          hand: steps[kind].hand,
          facts: { ...facts },
        })),
      ),
      more: asked.length > from + gapsShown,
    }
  })
}

const moved = ({ id, state }: Application) => ({ id, state })

function decidingRoutes(doors: Doors, keys: Keys): void {
  serve(doors, contract.completeData, async (work, { params }) => moved(await adjudicate.completeData(work, params.id)))
  serve(doors, contract.sendOn, async (work, { params }) => moved(await adjudicate.sendOn(work, params.id)))
  serve(doors, contract.approve, async (work, { params }) => moved(await adjudicate.approve(work, await keys(), params.id)))
  serve(doors, contract.sendBack, async (work, { params, body }, { who }) => {
    const isChecker = who?.standing('enrolment.check', contract.sendBack.purpose) !== undefined
    return moved(await adjudicate.sendBack(work, params.id, { ...body, by: isChecker ? 'checker' : 'centre' }))
  })
  serve(doors, contract.takeUp, async (work, { params, body }) => moved(await adjudicate.takeUp(work, params.id, body.what)))
  serve(doors, contract.withdraw, async (work, { params, body }) => moved(await adjudicate.cancel(work, params.id, body)))
  serve(doors, contract.settleFinding, async (work, { params, body }) => {
    await adjudicate.settle(work, params.id, params.kind as Finding['kind'], body.note)
    return {}
  })
  serve(doors, contract.propose, async (work, { params, body }) => {
    const { id } =
      body.kind === 'merge'
        ? await adjudicate.proposeMerge(work, params.id, body.otherId ?? '', body.note)
        : await adjudicate.proposeRefusal(work, params.id, { reason: body.reason ?? 'other', note: body.note })
    return { id }
  })
  serve(doors, contract.decideProposal, async (work, { params, body }) => moved(await adjudicate.decide(work, params.id, body.answer)))
}

/** Where a page of packets ended: since when its last one waits, and which it is. */
function packetPlaceIn(text: string | undefined): waiting.Place | undefined {
  const [, since, hash, station] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f]{64})_([0-9a-f-]{36})$/.exec(text ?? '') ?? []
  return since && hash && station ? { since, hash, station } : undefined
}

const packetNumber = (code: string, counter: number) => `${code}-${String(counter).padStart(6, '0')}`
const stateShown = { refused: 'refused', 'set-aside': 'set-aside' } as const

async function shownHeld(work: Work, packet: PacketRow & { cameAs?: number | null }, code: string, names: ReadonlyMap<string, string>) {
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
    ...(decidedBy && decidedAt && { decided: { by: names.get(decidedBy) ?? '', at: decidedAt.toISOString(), note: packet.reason ?? '' } }),
    ...(typeof cameAs === 'number' && { cameAs: packetNumber(code, cameAs) }),
  }
}

/** Names of those who decided. */
const decidersOf = (work: Work, rows: readonly PacketRow[]) => staff.namesOf(work, rows.flatMap(({ decidedBy }) => decidedBy ?? [])) // biome-ignore format: one line

function packetRoutes(doors: Doors, keys: Keys): void {
  serve(doors, ofPackets.listHeld, async (work, { query }) => {
    const rows = await waiting.waitingPackets(work, { state: query.state ?? 'held', after: packetPlaceIn(query.after) }, pageSize + 1)
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
    await held.release(work, await keys(), params.station, params.hash, { note, personId, ...(day && { day: dayIn(day) }) })
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

export function applicationRoutes(doors: Doors, { keys, isDemonstration }: ApplicationHouse): void {
  readingRoutes(doors, keys)
  serve(doors, showPaper, async (work, { params: { id, paper } }) => {
    const content = await paperOf(work, { keys: await keys(), origin: doors.origin, isDemonstration: isDemonstration() }, id, paper)
    return { name: `ho-so-${id}-${paperNames[paper]}.pdf`, type: 'application/pdf', content }
  })
  decidingRoutes(doors, keys)
  packetRoutes(doors, keys)
}
