import { Type } from 'typebox'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { problems } from '../platform/problem.ts'
import { IdShape } from '../platform/shapes.ts'

export const staffProblem = problems({
  'officer-unknown': {
    status: 404,
    title: 'There is no such officer in your units',
    vi: 'Không có cán bộ này trong các đơn vị của bạn',
    fix: 'Choose an officer from the list.',
    fixVi: 'Chọn cán bộ trong danh sách.',
  },
  'appointment-unknown': {
    status: 404,
    title: 'There is no such appointment in your units',
    vi: 'Không có phân công này trong các đơn vị của bạn',
    fix: 'Choose one from the list of officers.',
    fixVi: 'Chọn trong danh sách cán bộ.',
  },
  'session-unknown': {
    status: 404,
    title: 'There is no such session of yours',
    vi: 'Bạn không có phiên làm việc này',
    fix: 'It may have ended already; read the list again.',
    fixVi: 'Có thể phiên đã kết thúc; xem lại danh sách.',
  },
  'login-taken': {
    status: 409,
    title: 'Another officer has this login',
    vi: 'Tên đăng nhập này đã có người dùng',
    fix: 'Choose another login.',
    fixVi: 'Chọn tên đăng nhập khác.',
  },
  'login-malformed': {
    status: 400,
    title: 'A login is 3 to 40 small letters without marks, digits, dots and hyphens',
    vi: 'Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm, gạch nối',
    fix: 'For example: hoa.nt',
    fixVi: 'Ví dụ: hoa.nt',
  },
  'unit-outside-scope': {
    status: 403,
    title: 'This unit is not among yours',
    vi: 'Đơn vị này không thuộc phạm vi của bạn',
    fix: 'Choose a unit below your own.',
    fixVi: 'Chọn đơn vị thuộc quyền quản lý của bạn.',
  },
  'role-elsewhere': {
    status: 409,
    title: 'This role does not exist at a unit of this level',
    vi: 'Vai trò này không có ở đơn vị cấp đó',
    fix: '"levels" names where it exists.',
    fixVi: '"levels" ghi các cấp có vai trò này.',
  },
  'appointed-already': {
    status: 409,
    title: 'The officer has this role in this unit in that time already',
    vi: 'Cán bộ đã có vai trò này ở đơn vị này trong thời gian đó',
    fix: 'End the other appointment first, or choose other days.',
    fixVi: 'Kết thúc phân công kia trước, hoặc chọn ngày khác.',
  },
  'own-appointment': {
    status: 403,
    title: 'Nobody appoints themselves',
    vi: 'Không ai tự phân công cho mình',
    fix: 'Ask another officer with this right.',
    fixVi: 'Nhờ cán bộ khác có quyền này.',
  },
  'period-reversed': {
    status: 400,
    title: 'The last day lies before the first',
    vi: 'Ngày cuối ở trước ngày đầu',
    fix: 'Correct the days.',
    fixVi: 'Sửa lại ngày.',
  },
  'password-wrong': {
    status: 403,
    title: 'The password is not right',
    vi: 'Mật khẩu không đúng',
    fix: 'Type it once more.',
    fixVi: 'Nhập lại mật khẩu.',
  },
})

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
