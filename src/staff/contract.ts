import { Type } from 'typebox'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { IdShape } from '../platform/shapes.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })

const PostShape = Type.Object({
  appointmentId: Uuid,
  role: Type.String(),
  roleName: Type.Object({ vi: Type.String(), en: Type.String() }),
  unitId: IdShape<'unit'>(),
  unitName: Type.String(),
  schoolId: Type.Optional(IdShape<'school'>()),
  schoolName: Type.Optional(Type.String()),
  standIn: Type.Optional(Type.Object({ id: Uuid, forName: Type.String() })),
})

export const me = endpoint({
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in, where, as what, and what that opens',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    id: Uuid,
    name: Type.String(),
    /** With which they sign in again over the page, when the session has ended. */
    login: Type.String(),
    /** Under it the officer's drafts lie sealed in the tab, so that the next officer at the machine reads none. */
    draftKey: Type.String(),
    post: Type.Optional(PostShape),
    /** From the unit up: names of commune, district, province. */
    unitPath: Type.Array(Type.Object({ id: Uuid, name: Type.String(), level: Type.String() })),
    /** How a paper of the officer begins: those above, in whose name it is made, and the town before its day. */
    letterhead: Type.Object({
      above: Type.Optional(Type.String()),
      name: Type.String(),
      town: Type.String(),
    }),
    posts: Type.Array(PostShape),
    rights: Type.Array(Type.String()),
    today: DayText,
    demonstration: Type.Boolean(),
    /** Of a rehearsal: the day that was set for it. */
    rehearsalDay: Type.Optional(DayText),
    mustChangePassword: Type.Boolean(),
    sessionEndsAt: Type.String({ format: 'date-time' }),
    /** The rows of law.csv, so that the texts of a screen say what the installation's rules say; values as JSON. */
    law: Type.Array(
      Type.Object({ rule: Type.String({ maxLength: 100 }), from: DayText, value: Type.String({ maxLength: 10_000 }) }),
      { maxItems: 2000 },
    ),
  }),
})

export const actIn = endpoint({
  method: 'POST',
  path: '/me/post',
  choosesPost: true,
  summary: 'Act in another of one’s appointments from now on',
  right: signedIn,
  purpose: 'none',
  body: Type.Object({ appointmentId: Uuid, standInId: Type.Optional(Uuid) }),
  reply: Type.Object({ appointmentId: Uuid }),
  problems: ['appointment-unknown'],
})

export const mySessions = endpoint({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where I am signed in',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    sessions: Type.Array(
      Type.Object({
        id: Uuid,
        browser: Type.String(),
        beganAt: Type.String({ format: 'date-time' }),
        seenAt: Type.String({ format: 'date-time' }),
        thisOne: Type.Boolean(),
      }),
    ),
  }),
})

export const endMySession = endpoint({
  method: 'DELETE',
  path: '/me/sessions/:id',
  summary: 'Sign out here, or elsewhere after a second factor of the last minutes',
  right: signedIn,
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ ended: Type.Integer() }),
  problems: ['session-unknown', 'factor-not-fresh'],
})

export const endMySessions = endpoint({
  method: 'DELETE',
  path: '/me/sessions',
  summary: 'Sign out everywhere, here too, after a second factor of the last minutes',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({ ended: Type.Integer() }),
  problems: ['factor-not-fresh'],
})

export const endOfficerSessions = endpoint({
  method: 'DELETE',
  path: '/officers/:id/sessions',
  summary: 'Sign an officer of my units out everywhere, as where a machine was lost; they sign in again',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ ended: Type.Integer() }),
  problems: ['officer-unknown'],
})

const AppointmentShape = Type.Object({
  id: Uuid,
  role: Type.String(),
  roleName: Type.Object({ vi: Type.String(), en: Type.String() }),
  unitId: IdShape<'unit'>(),
  unitName: Type.String(),
  schoolId: Type.Optional(IdShape<'school'>()),
  schoolName: Type.Optional(Type.String()),
  fromOn: Type.Optional(DayText),
  toOn: Type.Optional(DayText),
  standIns: Type.Array(
    Type.Object({
      id: Uuid,
      officerId: IdShape<'officer'>(),
      officerName: Type.String(),
      fromOn: DayText,
      toOn: DayText,
    }),
  ),
})

const OfficerShape = Type.Object({
  id: Uuid,
  login: Type.String(),
  name: Type.String(),
  unitId: IdShape<'unit'>(),
  unitName: Type.String(),
  left: Type.Boolean(),
  /** Enough of phone and e-mail address for their owner to know them by. */
  contact: Type.Object({ phone: Type.Optional(Type.String()), email: Type.Optional(Type.String()) }),
  /** Whether they have a passkey or an app. */
  hasSecondFactor: Type.Boolean(),
  appointments: Type.Array(AppointmentShape),
})

export const listOfficers = endpoint({
  method: 'GET',
  path: '/officers',
  summary: 'Officers of my units, with their appointments',
  right: 'staff.read',
  purpose: 'staff',
  reply: Type.Object({ officers: Type.Array(OfficerShape) }),
})

export const listRoles = endpoint({
  method: 'GET',
  path: '/roles',
  summary: 'Roles, where they exist and what each may do',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    roles: Type.Array(
      Type.Object({
        role: Type.String(),
        name: Type.Object({ vi: Type.String(), en: Type.String() }),
        levels: Type.Array(Type.String()),
        ofSchool: Type.Boolean(),
        rights: Type.Array(Type.String()),
      }),
    ),
  }),
})

export const addOfficer = endpoint({
  method: 'POST',
  path: '/officers',
  summary: 'Enter an officer: they have no post and no password before two officers gave them both',
  right: 'staff.manage',
  purpose: 'staff',
  body: Type.Object({
    login: Type.String({ maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    unitId: IdShape<'unit'>(),
    /** The officer’s own, to which links to a password go. */
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    email: Type.Optional(Type.String({ maxLength: 254 })),
  }),
  reply: Type.Object({ id: Uuid }),
  problems: ['login-taken', 'login-malformed', 'unit-outside-scope', 'contact-malformed'],
})

export const endAppointment = endpoint({
  method: 'POST',
  path: '/appointments/:id/end',
  summary: 'End an appointment after a last day; without one, at once',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ lastOn: Type.Optional(DayText) }),
  reply: Type.Object({ id: Uuid }),
  problems: ['appointment-unknown', 'period-reversed', 'two-officers-needed'],
})

export const letGo = endpoint({
  method: 'POST',
  path: '/officers/:id/leave',
  summary: 'An officer leaves: no sign-in any more, sessions end, what they did stays',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ id: Uuid }),
  problems: ['officer-unknown', 'own-appointment'],
})
