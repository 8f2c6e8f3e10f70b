import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'

/**
 * The roster that a station takes to a session: of that session's people, what is needed to serve them without a line.
 */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const DayText = Type.String({ format: 'date' })
const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
const maybe = Type.Optional(Type.String())

export const RosterPersonShape = Type.Object({
  id: Uuid,
  number: maybe,
  oldNumber: maybe,
  fullName: Type.String(),
  birthDate: PartialDayText,
  sex: Type.Enum(['M', 'F']),
  ethnicity: maybe,
  nationality: maybe,
  hometown: maybe,
  /** As one text, the unit by its name. */
  residence: maybe,
  class: maybe,
  school: maybe,
  kin: Type.Array(Type.Object({ relation: Type.String(), name: maybe, number: maybe })),
  /** What they lack, as the campaign's lists have it. */
  needs: Type.Array(Type.String()),
  card: Type.Optional(
    Type.Object({
      state: Type.String(),
      serial: maybe,
      issuedOn: Type.Optional(DayText),
      expiresOn: Type.Optional(DayText),
    }),
  ),
  account: Type.Optional(Type.Object({ level: Type.Integer(), state: Type.String() })),
  /** A correction is being decided. */
  correctionOpen: Type.Boolean(),
  lifeStatus: Type.String(),
})
export type RosterPerson = Static<typeof RosterPersonShape>

export const RosterShape = Type.Object({
  session: Type.Object({
    id: Uuid,
    code: Type.String(),
    place: Type.String(),
    kind: Type.String(),
    day: DayText,
    fromAt: Type.String(),
    toAt: Type.String(),
    unit: Type.String(),
  }),
  /** Whom it was given to: a station closes it for nobody else. */
  officer: IdShape<'officer'>(),
  /** When it was given, and from when on a station must not read it any more. */
  givenAt: Instant,
  until: Instant,
  people: Type.Array(RosterPersonShape),
  /** The communes of the province, for the residence of somebody without a number. A list of before has none. */
  communes: Type.Optional(Type.Array(Type.Object({ id: IdShape<'unit'>(), name: Type.String() }))),
})
export type Roster = Static<typeof RosterShape>

export const takeRoster = endpoint({
  method: 'POST',
  path: '/sessions/:id/station-roster',
  summary:
    'Give a station the people of one session, to be read without a line until the end of the session’s day and a ' +
    'night',
  right: 'planning.serve',
  purpose: 'session',
  params: Type.Object({ id: Uuid }),
  /** The officer for whom the station closes the roster; another may have signed in there meanwhile. */
  body: Type.Object({ stationId: Uuid, officerId: IdShape<'officer'>() }),
  reply: RosterShape,
  problems: [
    'roster-of-another-officer',
    'session-gone',
    'session-state-refused',
    'station-unknown',
    'station-revoked',
  ],
})

/** Which sessions a station may go to: those of the officer's units from the house's day on, for some days. */
export const stationSessions = endpoint({
  method: 'GET',
  path: '/station-sessions',
  summary: 'The sessions of the coming days, for a station to take the roster of',
  right: 'planning.serve',
  purpose: 'none',
  reply: Type.Object({
    sessions: Type.Array(
      Type.Object({
        id: Uuid,
        code: Type.String(),
        place: Type.String(),
        kind: Type.String(),
        day: DayText,
        fromAt: Type.String(),
        toAt: Type.String(),
        state: Type.String(),
        people: Type.Integer(),
      }),
    ),
  }),
})
