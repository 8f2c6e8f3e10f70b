import { Value } from 'typebox/value'
import { type Capture, type CapturePart, CaptureShape, saysWho, writeCapture } from '../../../src/enrolment/capture.ts'
import { eyeNames, eyes } from '../../../src/enrolment/iris-record.ts'
import { capturesIris, formsOn, largestPacket, largestPicture, noIrisDevice } from '../../../src/enrolment/law.ts'
import { hashOfBytes } from '../../../src/enrolment/seal-packet.ts'
import { parsePhone } from '../../../src/names/numbers/phone.ts'
import type { Day } from '../../../src/platform/day.ts'
import { builtInLaw, ruleOn } from '../../../src/platform/law.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import type { Draft, PersonHere } from './draft.ts'
import type { Eligibility } from './eligibility.ts'

/** Writes what was captured as the content of a packet (capture.ts of enrolment). */

export type Sealer = {
  readonly officer: { readonly id: string; readonly grant: string }
  readonly day: Day
  readonly at: Date
  /** When the house last told its time. */
  readonly knownAt?: number
}

/** Why a capture cannot be sealed: it lacks something, or is larger than the house takes. */
export class NotWhole extends Error {
  readonly code: 'capture-lacks' | 'picture-too-large' | 'packet-too-large'
  constructor(code: NotWhole['code']) {
    super(code)
    this.code = code
  }
}

type Bodies = Map<string, { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }>

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())
const text = (value: string) => new TextEncoder().encode(value)

/** Leaves out what is empty, as the shape of a capture wants it. */
const given = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== '')) as T

async function picturesOf({ portrait, fingers }: Draft, bodies: Bodies): Promise<Capture['biometrics']> {
  const taken: Capture['biometrics'] = []
  if (portrait) {
    bodies.set('face', { type: portrait.jpeg.type || 'image/jpeg', bytes: await bytesOf(portrait.jpeg) })
    const { measures, despite, device } = portrait
    taken.push(
      given({
        part: 'face',
        modality: 'face',
        measures: measures.map(measure => given({ ...measure })),
        despite,
        device,
      }) as Capture['biometrics'][number],
    )
  }
  for (const [at, { image, record, subtype, quality, deviceTrust, despite, device }] of (
    fingers?.biometrics ?? []
  ).entries()) {
    const part = `finger-${at + 1}`
    bodies.set(part, { type: image.type || 'application/octet-stream', bytes: await bytesOf(image) })
    if (record) bodies.set(`${part}-record`, { type: 'application/jose', bytes: text(record) })
    taken.push(
      given({
        part,
        modality: 'finger',
        subtype,
        quality,
        despite,
        device,
        deviceTrust,
        record: record && `${part}-record`,
      }) as Capture['biometrics'][number],
    )
  }
  return taken
}

/** Irises are asked for from July 2024 on; a station without such a device says so. */
const irises = (day: Day) =>
  capturesIris(day, builtInLaw) ? eyes.map(eye => ({ subtype: eyeNames[eye].missing, reason: noIrisDevice })) : []

function checkOf({ check, source }: Draft): Capture['check'] {
  const wrong = Object.entries(check).flatMap(([field, one]) =>
    one.verdict === 'wrong'
      ? [{ field, said: one.said, evidence: one.evidence } as Capture['check']['wrong'][number]]
      : [],
  )
  const verdict = wrong.length > 0 ? 'wrong' : source === 'walk-in' ? 'not-done' : 'right'
  return { verdict, wrong }
}

function accountOf({ account }: Draft, day: Day): Capture['account'] {
  if (!account || account === 'declined' || !account.agreedAt) return undefined
  const phone = parsePhone(account.phone)
  if (!('e164' in phone)) throw new NotWhole('capture-lacks')
  const { code: form, version } = formsOn(day, builtInLaw).account
  return { phone: phone.e164, consent: { form, version, at: account.agreedAt } }
}

async function signerOf({ signer, signature }: Draft, bodies: Bodies): Promise<Capture['signer']> {
  if (signature?.png) bodies.set('signature', { type: 'image/png', bytes: await bytesOf(signature.png) })
  const { kind, name, relation, number, evidence } = signer
  return given({
    kind,
    ...(kind === 'representative' && { name, relation, number, evidence }),
    ...(signature?.png ? { part: 'signature' } : { unable: signature?.unable }),
  }) as Capture['signer']
}

const undeclaredOf = ({ undeclared }: Draft, day: Day): Pick<Capture, 'undeclared'> =>
  undeclared ? { undeclared: { ...undeclared, form: ruleOn(formsOfPages, day, builtInLaw).collection } } : {}

const personOf = ({ id, number, fullName, birthDate, sex }: PersonHere) =>
  given({ id, number, fullName, birthDate, sex }) as Capture['person']
const clockOf = ({ at, knownAt }: Sealer) => ({
  at: at.toISOString(),
  ...(knownAt !== undefined && { knownAt: new Date(knownAt).toISOString() }),
})

const mostJumps = 50

const jumpsOf = ({ clockJumps }: Draft): Pick<Capture['clock'], 'jumps'> =>
  clockJumps ? { jumps: clockJumps.slice(-mostJumps).map(jump => ({ ...jump })) } : {}

async function whole(capture: Omit<Capture, 'parts'>, bodies: Bodies): Promise<Uint8Array<ArrayBuffer>> {
  const parts: CapturePart[] = []
  for (const [name, { type, bytes }] of bodies) {
    if (bytes.length > largestPicture) throw new NotWhole('picture-too-large')
    parts.push({ name, type, bytes: bytes.length, sha256: await hashOfBytes(bytes) })
  }
  const complete = { ...capture, parts }
  if (!Value.Check(CaptureShape, complete) || !saysWho(complete)) throw new NotWhole('capture-lacks')
  const content = writeCapture(complete, new Map([...bodies].map(([name, { bytes }]) => [name, bytes])))
  // Header, tag and signature are some hundred bytes more.
  if (content.length > largestPacket - 4096) throw new NotWhole('packet-too-large')
  return content
}

/** The content of a packet; throws NotWhole where it is none that the house would take. */
export async function contentOf(draft: Draft, sealer: Sealer): Promise<Uint8Array<ArrayBuffer>> {
  const bodies: Bodies = new Map()
  const biometrics = await picturesOf(draft, bodies)
  const signer = await signerOf(draft, bodies)
  const account = accountOf(draft, sealer.day)
  const { application, session, source, person, request, oldCard, fee, fingers, receipt } = draft
  const features = draft.features?.trim()
  return whole(
    {
      capture: 1,
      application,
      session,
      source,
      person: personOf(person),
      ...undeclaredOf(draft, sealer.day),
      request,
      ...(draft.again && { again: draft.again }),
      ...(features && { features }),
      form: formsOn(sealer.day, builtInLaw).capture,
      check: checkOf(draft),
      ...(account && { account }),
      signer,
      biometrics,
      exceptions: [...(fingers?.exceptions ?? []), ...irises(sealer.day)],
      ...(oldCard && { oldCard: given({ ...oldCard }) }),
      ...(fee && { fee }),
      receipt,
      officer: sealer.officer,
      clock: { ...clockOf(sealer), ...jumpsOf(draft) },
    },
    bodies,
  )
}

export type Refused = Pick<Draft, 'application' | 'session' | 'source' | 'person' | 'receipt'> & {
  readonly eligibility: Eligibility
}

/** The content of a packet that says who was turned away, and why: it has no picture and no signature. */
export function refusalContentOf(
  { application, session, source, person, receipt, eligibility }: Refused,
  sealer: Sealer,
): Promise<Uint8Array<ArrayBuffer>> {
  const { refused, request } = eligibility
  if (!refused) throw new NotWhole('capture-lacks')
  return whole(
    {
      capture: 1,
      application,
      session,
      source,
      person: personOf(person),
      request,
      refused: given({ code: refused.code, from: refused.from }),
      form: formsOn(sealer.day, builtInLaw).refusal,
      check: { verdict: 'not-done', wrong: [] },
      signer: { kind: 'self', unable: 'Từ chối, không thu nhận' },
      biometrics: [],
      exceptions: [],
      receipt,
      officer: sealer.officer,
      clock: clockOf(sealer),
    },
    new Map(),
  )
}
