import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'

/** Packets without an application, as officers see and decide them. Names and numbers come in bodies only. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const DayText = Type.String({ format: 'date' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const UnitShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
const Note = Type.String({ maxLength: 500 })
const optionalText = Type.Optional(Type.String())
const Count = wholeNumberFrom(0)

/**
 * Lists of packets without an application: `held` waits for an officer; `refused` stays at the station; `set-aside`
 * gets none by an officer
 */
export const quarantineStates = ['held', 'refused', 'set-aside', 'turned-away'] as const
export type QuarantineState = (typeof quarantineStates)[number]

const QuarantinedPacketShape = Type.Object({
  station: Uuid,
  hash: Hash,
  /** 'HH01-000231'. */
  number: Type.String(),
  unit: UnitShape,
  state: Type.Enum([...quarantineStates]),
  problem: Type.String(),
  problemVi: Type.String(),
  fix: optionalText,
  facts: Type.Record(Type.String(), Type.Unknown()),
  sealedAt: Instant,
  announcedAt: Instant,
  bytes: Count,
  /** Who set it aside, when and why. */
  decided: Type.Optional(Type.Object({ by: Type.String(), at: Instant, note: Type.String() })),
  /** The number of the packet in which the same capture came, if this one was refused. */
  cameAs: optionalText,
})

const QuarantineCounts = Type.Object(
  Object.fromEntries(quarantineStates.map(state => [state, Count])) as Record<QuarantineState, typeof Count>,
)

export const listQuarantined = endpoint({
  method: 'GET',
  path: '/packets/quarantined',
  formerly: ['/packets/held'],
  summary:
    'A page of the packets that wait for a person, that are refused or set aside, or of people who were turned away; ' +
    'with why and what to do',
  right: 'enrolment.read',
  purpose: 'application',
  query: Type.Object({
    state: Type.Optional(Type.Enum([...quarantineStates])),
    after: Type.Optional(Type.String({ maxLength: 140 })),
  }),
  reply: Type.Object({
    packets: Type.Array(QuarantinedPacketShape),
    /** `after` of the next page, if there is one. */
    next: optionalText,
    counts: QuarantineCounts,
  }),
})

export const countQuarantined = endpoint({
  method: 'GET',
  path: '/packets/quarantined/counts',
  summary: 'How many packets wait for a person, are refused, or were set aside',
  right: 'enrolment.check',
  purpose: 'none',
  together: 'quick',
  reply: QuarantineCounts,
})

const packetParams = Type.Object({ station: Uuid, hash: Hash })

export const showQuarantined = endpoint({
  method: 'GET',
  path: '/packets/:station/:hash',
  summary: 'A packet that is held, was set aside or turned somebody away, as far as it opens, and whom it may be',
  right: 'enrolment.check',
  purpose: 'application',
  params: packetParams,
  reply: Type.Interface([QuarantinedPacketShape], {
    captured: Type.Optional(
      Type.Object({
        /** Absent where the person has none. */
        number: optionalText,
        fullName: Type.String(),
        birthDate: Type.String(),
        sex: Type.String(),
        /** Of somebody without a number: which papers were shown. */
        papers: optionalText,
        officer: Type.String(),
        at: Instant,
      }),
    ),
    candidates: Type.Array(
      Type.Object({
        personId: IdShape<'person'>(),
        name: Type.String(),
        born: Type.String(),
        number: optionalText,
        unit: optionalText,
      }),
    ),
  }),
  problems: ['packet-unknown', 'packet-state-refused'],
})

export const releasePacket = endpoint({
  method: 'POST',
  path: '/packets/:station/:hash/release',
  summary: 'Let a held packet through, on one’s word',
  right: 'enrolment.check',
  needsFreshFactor: true,
  purpose: 'application',
  params: packetParams,
  body: Type.Object({
    note: Note,
    personId: Type.Optional(IdShape<'person'>()),
    day: Type.Optional(DayText),
    /** Of somebody without a number: those who are alike were compared, and a number is asked for. */
    compared: Type.Optional(Type.Literal('somebody-else')),
  }),
  reply: Type.Object({}),
  problems: [
    'packet-unknown',
    'packet-state-refused',
    'packet-undecryptable',
    'application-captured-by-you',
    'application-needs-papers',
    'person-unknown',
    'person-undeclared',
    'person-unresolved',
  ],
})

export const setAsidePacket = endpoint({
  method: 'POST',
  path: '/packets/:station/:hash/set-aside',
  summary: 'No application comes of a packet that is held or refused; the bytes of a held one are kept',
  right: 'enrolment.check',
  purpose: 'application',
  params: packetParams,
  body: Type.Object({ note: Note }),
  reply: Type.Object({}),
  problems: [
    'packet-unknown',
    'packet-state-refused',
    'application-captured-by-you',
    'application-needs-papers',
    'person-undeclared',
  ],
})

export const reopenPacket = endpoint({
  method: 'POST',
  path: '/packets/:station/:hash/reopen',
  summary: 'What was set aside waits for a person again; what was refused is wanted of its station again',
  right: 'enrolment.check',
  purpose: 'application',
  params: packetParams,
  body: Type.Object({ note: Note }),
  reply: Type.Object({}),
  problems: ['packet-unknown', 'packet-state-refused', 'application-captured-by-you', 'application-needs-papers'],
})
