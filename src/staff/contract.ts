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
    post: Type.Optional(PostShape),
    /** From the unit up: names of commune, district, province. */
    unitPath: Type.Array(Type.Object({ id: Uuid, name: Type.String(), level: Type.String() })),
    posts: Type.Array(PostShape),
    rights: Type.Array(Type.String()),
    today: DayText,
    demonstration: Type.Boolean(),
    mustChangePassword: Type.Boolean(),
    sessionEndsAt: Type.String({ format: 'date-time' }),
  }),
})

export const actIn = endpoint({
  method: 'POST',
  path: '/me/post',
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
  summary: 'Sign out elsewhere',
  right: signedIn,
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ ended: Type.Integer() }),
  problems: ['session-unknown'],
})

export const endMySessions = endpoint({
  method: 'DELETE',
  path: '/me/sessions',
  summary: 'Sign out everywhere, here too',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({ ended: Type.Integer() }),
})

const AppointmentShape = Type.Object({
  id: Uuid,
  role: Type.String(),
  roleName: Type.Object({ vi: Type.String(), en: Type.String() }),
  unitId: IdShape<'unit'>(),
  unitName: Type.String(),
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
        rights: Type.Array(Type.String()),
      }),
    ),
  }),
})

export const addOfficer = endpoint({
  method: 'POST',
  path: '/officers',
  summary: 'Add an officer; the password is shown once and changed at the first sign-in',
  right: 'staff.manage',
  purpose: 'staff',
  body: Type.Object({
    login: Type.String({ maxLength: 40 }),
    name: Type.String({ minLength: 1, maxLength: 100 }),
    unitId: IdShape<'unit'>(),
  }),
  reply: Type.Object({ id: Uuid, password: Type.String() }),
  problems: ['login-taken', 'login-malformed', 'unit-outside-scope'],
})

export const appoint = endpoint({
  method: 'POST',
  path: '/officers/:id/appointments',
  summary: 'Appoint an officer to a role in a unit; `lastOn` is the last day',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({
    role: Type.String({ maxLength: 40 }),
    unitId: IdShape<'unit'>(),
    fromOn: Type.Optional(DayText),
    lastOn: Type.Optional(DayText),
  }),
  reply: Type.Object({ id: Uuid }),
  problems: [
    'officer-unknown',
    'unit-outside-scope',
    'role-elsewhere',
    'appointed-already',
    'own-appointment',
    'period-reversed',
  ],
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
  problems: ['appointment-unknown', 'period-reversed'],
})

export const nameStandIn = endpoint({
  method: 'POST',
  path: '/appointments/:id/stand-ins',
  summary: 'Let another officer act in an appointment from a first to a last day',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ officerId: IdShape<'officer'>(), fromOn: DayText, lastOn: DayText }),
  reply: Type.Object({ id: Uuid }),
  problems: ['appointment-unknown', 'officer-unknown', 'own-appointment', 'period-reversed'],
})

export const resetPassword = endpoint({
  method: 'POST',
  path: '/officers/:id/password',
  summary: 'Give an officer a new first password, shown once; their sessions end',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ password: Type.String() }),
  problems: ['officer-unknown'],
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
