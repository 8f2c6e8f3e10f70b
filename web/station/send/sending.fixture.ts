import { type Draft, newReceipt } from '../draft/draft.ts'
import { contentOf } from '../draft/packet-content.ts'
import { aLine, aStation, given, hanh, type Station } from '../keep/keep.fixture.ts'
import { seal } from '../keep/packet-chain.ts'

/** Stations with captures on them, and a line to the house. */

const day = '2023-04-20' as Parameters<typeof contentOf>[1]['day']
export const noise = (bytes: number) => new Uint8Array(bytes).map((_, at) => (at * 31) % 251)

export async function captured({ keep, roster, clock }: Station, { bytes = 3000, name = 'Hoàng Gia Khánh' } = {}) {
  const officer = (await keep.db.officers.get(hanh.id))!
  const draft: Draft = {
    application: crypto.randomUUID(),
    session: roster.session.id,
    entry: 'e',
    startedAt: clock.at.toISOString(),
    step: 'receipt',
    furthest: 'receipt',
    place: 'THPT Cửa Lục',
    source: 'roster',
    person: { id: roster.people[0]!.id, number: '022205100037', fullName: name, birthDate: '2005-03-07', sex: 'M' },
    check: { residence: { verdict: 'wrong', said: 'Tổ 5, khu 2', evidence: 'CT07' } },
    request: { kind: 'first-issue', reason: 'first' },
    account: { phone: '0912 345 678', again: '0912345678', agreedAt: clock.at.toISOString() },
    portrait: {
      jpeg: new Blob([noise(bytes)], { type: 'image/jpeg' }),
      measures: [{ name: 'face', verdict: 'not-done' }],
    },
    fingers: { biometrics: [], exceptions: [{ subtype: 'Left Thumb', reason: 'không có máy' }] },
    signer: { kind: 'self' },
    signature: { png: new Blob([noise(500)], { type: 'image/png' }) },
    receipt: newReceipt(),
  }
  const content = await contentOf(draft, { officer: { id: officer.id, grant: officer.grant }, day, at: clock.at })
  return seal(keep, { application: draft.application, session: draft.session, content, receipt: draft.receipt })
}

export async function aStationWith(packets: number, bytes = 3000) {
  const station = await aStation()
  await given(station)
  const rows = []
  for (let n = 0; n < packets; n++) rows.push(await captured(station, { bytes }))
  return { ...station, rows, ...aLine(station.house) }
}
