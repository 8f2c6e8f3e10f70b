import { type Static, Type } from 'typebox'

/**
 * The content of a packet: the capture of one person by a station, with its pictures.
 *
 * length of the manifest, u32 big-endian | manifest, JSON in UTF-8 | the parts, one after another, as the manifest
 * lists them
 */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const textShape = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength })
/** Letters that have room on the back of the card of 2021. */
export const longestFeatures = 80

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
const noOtherProperties = { additionalProperties: false }

/**
 * Kinds of applications (LCCCD Art. 21, 23; LCC Art. 24). law.ts has the reasons that the law of a day knows for each.
 */
export const applicationKinds = ['first-issue', 'exchange', 're-issue'] as const
export type ApplicationKind = (typeof applicationKinds)[number]

export const applicationReasons = [
  'first',
  'renewal-age',
  'name',
  'name-or-birth-date',
  'appearance',
  'sex',
  'hometown',
  'printed-wrong',
  'units-rearranged',
  'number-renewed',
  'on-request',
  'lost',
  'damaged',
  'nationality-regained',
] as const
export type ApplicationReason = (typeof applicationReasons)[number]

/** Why somebody owes no fee; law.ts says which of them the law of a day knows. */
export const feeExemptions = [
  'agency-error',
  'child',
  'elderly',
  'disabled',
  'merit',
  'minority-hardship',
  'border-commune',
  'island',
  'poor-household',
  'orphan',
] as const
export type FeeExemption = (typeof feeExemptions)[number]

/** The fields that the officer compared with the person's papers and answers. Each may be marked as wrong. */
export const checkedFields = ['full-name', 'birth-date', 'sex', 'number', 'residence', 'ethnicity', 'hometown'] as const
export type CheckedField = (typeof checkedFields)[number]

const Part = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }),
    type: textShape(60),
    bytes: Type.Integer({ minimum: 0 }),
    sha256: Sha256,
  },
  noOtherProperties,
)

/**
 * A live measure of a picture: its value, the least acceptable one and the result. A measure that was not made is
 * `not-done`, never `good`.
 */
const Measure = Type.Object(
  {
    name: textShape(40),
    value: Type.Optional(Type.Number()),
    minimum: Type.Optional(Type.Number()),
    verdict: Type.Enum(['good', 'poor', 'not-done']),
  },
  noOtherProperties,
)

const Biometric = Type.Object(
  {
    part: Type.String(),
    modality: Type.Enum(['face', 'finger', 'iris']),
    /** As the Secure Biometric Interface names it: 'Left IndexFinger'. */
    subtype: Type.Optional(textShape(40)),
    quality: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    measures: Type.Optional(Type.Array(Measure, { maxItems: 20 })),
    /** Why a picture below the limit was accepted. */
    despite: Type.Optional(textShape(200)),
    device: Type.Optional(textShape(120)),
    /** The device's own signed record (JWS), the name of a part. */
    record: Type.Optional(Type.String()),
    deviceTrust: Type.Optional(Type.Enum(['trusted', 'not-trusted', 'not-checked'])),
  },
  noOtherProperties,
)

/** Who acts for somebody; law.ts says who may act for a grown person without capacity. */
export const signerRelations = ['father', 'mother', 'guardian', 'spouse', 'child'] as const
export type SignerRelation = (typeof signerRelations)[number]

const SignerShape = Type.Object(
  {
    kind: Type.Enum(['self', 'representative']),
    name: Type.Optional(textShape(120)),
    relation: Type.Optional(Type.Enum([...signerRelations])),
    number: Type.Optional(textShape(20)),
    evidence: Type.Optional(textShape(200)),
    /** The picture of the signature, the name of a part; absent if the person could not sign, and `unable` says why. */
    part: Type.Optional(Type.String()),
    unable: Type.Optional(textShape(200)),
  },
  noOtherProperties,
)

/**
 * What form DC01 asks of a person who has no number, as they and their papers said it. From it the person is
 * established before the application goes on.
 */
const UndeclaredShape = Type.Object(
  {
    form: Type.Object({ code: textShape(10), version: textShape(20) }, noOtherProperties),
    /** The first three digits of a number: the province or country where the birth was registered. */
    birthRegistrationCode: Type.String({ pattern: '^\\d{3}$' }),
    /** The commune, by its id on the list of the session. */
    residenceUnitId: Uuid,
    residenceKind: Type.Enum(['permanent', 'temporary', 'current']),
    residenceAddress: Type.Optional(textShape(300)),
    ethnicity: Type.Optional(textShape(100)),
    hometown: Type.Optional(textShape(300)),
    fatherName: Type.Optional(textShape(120)),
    fatherNumber: Type.Optional(Type.String({ pattern: '^\\d{12}$' })),
    motherName: Type.Optional(textShape(120)),
    motherNumber: Type.Optional(Type.String({ pattern: '^\\d{12}$' })),
    /** Which papers were shown, with their numbers. */
    papers: textShape(1000),
  },
  noOtherProperties,
)
export type UndeclaredPerson = Static<typeof UndeclaredShape>

export const CaptureShape = Type.Object(
  {
    capture: Type.Literal(1),
    application: Uuid,
    session: Type.Optional(Uuid),
    /** On the session's list, or without an invitation. */
    source: Type.Enum(['roster', 'walk-in']),
    person: Type.Object(
      {
        /** The person on the list; the centre identifies a walk-in. */
        id: Type.Optional(Uuid),
        /** Absent where they have none: `undeclared` says who they are, or `refused` why they were not taken. */
        number: Type.Optional(textShape(20)),
        fullName: textShape(120),
        birthDate: PartialDayText,
        sex: Type.Enum(['M', 'F']),
      },
      noOtherProperties,
    ),
    undeclared: Type.Optional(UndeclaredShape),
    request: Type.Object(
      { kind: Type.Enum([...applicationKinds]), reason: Type.Enum([...applicationReasons]) },
      noOtherProperties,
    ),
    /** Why somebody was captured again whose packet the station had sealed already. */
    again: Type.Optional(textShape(200)),
    /** What marks the person, as it is to be printed on a card of the layout that bears it (đặc điểm nhận dạng). */
    features: Type.Optional(textShape(longestFeatures)),
    form: Type.Object({ code: textShape(10), version: textShape(20) }, noOtherProperties),
    check: Type.Object(
      {
        verdict: Type.Enum(['right', 'wrong', 'not-done']),
        wrong: Type.Array(
          Type.Object(
            { field: Type.Enum([...checkedFields]), said: textShape(200), evidence: textShape(200) },
            noOtherProperties,
          ),
          {
            maxItems: 10,
          },
        ),
      },
      noOtherProperties,
    ),
    account: Type.Optional(
      Type.Object(
        {
          phone: textShape(30),
          consent: Type.Object({ form: textShape(10), version: textShape(20), at: Instant }, noOtherProperties),
        },
        noOtherProperties,
      ),
    ),
    signer: SignerShape,
    biometrics: Type.Array(Biometric, { maxItems: 40 }),
    exceptions: Type.Array(Type.Object({ subtype: textShape(40), reason: textShape(200) }, noOtherProperties), {
      maxItems: 20,
    }),
    oldCard: Type.Optional(
      Type.Object(
        {
          kind: Type.Enum(['cmnd', 'cccd', 'can-cuoc']),
          serial: Type.Optional(textShape(40)),
          collected: Type.Boolean(),
        },
        noOtherProperties,
      ),
    ),
    /** What bears on the fee: filed online before, and why none is owed, by which paper. */
    fee: Type.Optional(
      Type.Object(
        {
          filedOnline: Type.Optional(Type.Boolean()),
          exemption: Type.Optional(
            Type.Object({ kind: Type.Enum([...feeExemptions]), evidence: textShape(200) }, noOtherProperties),
          ),
        },
        noOtherProperties,
      ),
    ),
    receipt: Type.Object(
      {
        /** The code to read aloud: eight letters and digits. */
        code: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$' }),
        /** The token in the QR code: 128 random bits, base64url. */
        token: Type.String({ pattern: '^[\\w-]{22}$' }),
      },
      noOtherProperties,
    ),
    officer: Type.Object({ id: Uuid, grant: textShape(2000) }, noOtherProperties),
    /**
     * Not eligible: nothing was captured, and the refusal was handed out. `from`: the day from which it is possible.
     */
    refused: Type.Optional(
      Type.Object({ code: textShape(60), from: Type.Optional(PartialDayText) }, noOtherProperties),
    ),
    /**
     * The station's clock at the signature of the capture, when the station last knew the server's time, and by how
     * many seconds the clock jumped at which moments of the capture, as it shows them after the jump.
     */
    clock: Type.Object(
      {
        at: Instant,
        knownAt: Type.Optional(Instant),
        jumps: Type.Optional(
          Type.Array(Type.Object({ at: Instant, by: Type.Integer() }, noOtherProperties), { maxItems: 50 }),
        ),
      },
      noOtherProperties,
    ),
    parts: Type.Array(Part, { maxItems: 80 }),
  },
  noOtherProperties,
)

export type Capture = Static<typeof CaptureShape>
export type CapturePart = Capture['parts'][number]

/**
 * Whether a capture says who it is of: by a number, by the list, by form DC01, or, of somebody who was turned away, by
 * name alone. Nobody has both a number and form DC01.
 */
export const saysWho = ({ person, undeclared, refused }: Omit<Capture, 'parts'>): boolean =>
  undeclared ? !person.number && !person.id : Boolean(person.number || person.id || refused)

/** Writes a capture with its parts in the order of the manifest. */
export function writeCapture(capture: Capture, parts: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const manifest = new TextEncoder().encode(JSON.stringify(capture))
  const bodies = capture.parts.map(({ name }) => parts.get(name) ?? new Uint8Array())
  const whole = new Uint8Array(4 + manifest.length + bodies.reduce((length, body) => length + body.length, 0))
  new DataView(whole.buffer).setUint32(0, manifest.length)
  whole.set(manifest, 4)
  let at = 4 + manifest.length
  for (const body of bodies) {
    whole.set(body, at)
    at += body.length
  }
  return whole
}

/** The manifest, not validated, and where its parts begin; undefined without one. */
export function readCaptureManifest(
  content: Uint8Array<ArrayBuffer>,
): { readonly manifest: unknown; readonly end: number } | undefined {
  if (content.length < 4) return undefined
  const end = 4 + new DataView(content.buffer, content.byteOffset).getUint32(0)
  if (end > content.length) return undefined
  try {
    return { manifest: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(4, end))), end }
  } catch {
    return undefined
  }
}

/** The parts of a capture by name; undefined if their lengths do not add up to the content. */
export function readCaptureParts(
  content: Uint8Array<ArrayBuffer>,
  { end, parts }: { readonly end: number; readonly parts: readonly CapturePart[] },
): ReadonlyMap<string, Uint8Array<ArrayBuffer>> | undefined {
  const found = new Map<string, Uint8Array<ArrayBuffer>>()
  let at = end
  for (const { name, bytes } of parts) {
    if (at + bytes > content.length || found.has(name)) return undefined
    found.set(name, content.subarray(at, at + bytes))
    at += bytes
  }
  return at === content.length ? found : undefined
}
