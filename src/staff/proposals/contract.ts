import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { officerFileLimits } from '../law.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Moment = Type.String({ format: 'date-time' })
const Named = Type.Object({ vi: Type.String(), en: Type.String() })
const Note = Type.Optional(Type.String({ maxLength: 300 }))
const Contact = {
  phone: Type.Optional(Type.String({ maxLength: 30 })),
  email: Type.Optional(Type.String({ maxLength: 254 })),
}
const Delivery = Type.Union([Type.Literal('phone'), Type.Literal('email'), Type.Literal('paper')])

/** What proposing answers: what waits, and until when somebody else may accept it. */
const Proposed = Type.Object({ proposalId: Uuid, expiresAt: Moment })
const ProposalParams = Type.Object({ id: Uuid })

const common = ['officer-unknown', 'unit-outside-scope', 'own-appointment', 'staff-proposal-pending'] as const

export const proposeAppointment = endpoint({
  method: 'POST',
  path: '/officers/:id/appointments',
  summary: 'Propose a role in a unit for an officer, which another officer accepts; `lastOn` is the last day',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({
    role: Type.String({ maxLength: 40 }),
    unitId: IdShape<'unit'>(),
    /** Of a school's staff: which school, which stands in the unit. */
    schoolId: Type.Optional(IdShape<'school'>()),
    fromOn: Type.Optional(DayText),
    lastOn: Type.Optional(DayText),
    note: Note,
  }),
  reply: Proposed,
  problems: [
    ...common,
    'role-elsewhere',
    'post-school-needed',
    'post-school-elsewhere',
    'appointed-already',
    'period-reversed',
  ],
})

export const proposeStandIn = endpoint({
  method: 'POST',
  path: '/appointments/:id/stand-ins',
  summary: 'Propose that another officer acts in an appointment from a first to a last day; another officer accepts',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ officerId: IdShape<'officer'>(), fromOn: DayText, lastOn: DayText, note: Note }),
  reply: Proposed,
  problems: [...common, 'appointment-unknown', 'period-reversed'],
})

export const proposeReset = endpoint({
  method: 'POST',
  path: '/officers/:id/password',
  summary: 'Propose that an officer chooses a new password by a link; another officer accepts',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ note: Note }),
  reply: Proposed,
  problems: [...common],
})

export const proposeFactorReset = endpoint({
  method: 'POST',
  path: '/officers/:id/second-factors',
  summary:
    'Propose that an officer who lost their second factors chooses a password and adds new factors, by one link; ' +
    'another officer accepts',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ note: Note }),
  reply: Proposed,
  problems: [...common],
})

export const proposeContact = endpoint({
  method: 'POST',
  path: '/officers/:id/contact',
  summary: 'Propose another phone and e-mail address of an officer, to which links go; another officer accepts',
  right: 'staff.manage',
  purpose: 'staff',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ ...Contact, note: Note }),
  reply: Proposed,
  problems: [...common, 'contact-malformed', 'contact-same'],
})

const ProposalShape = Type.Object({
  id: Uuid,
  kind: Type.Union([
    Type.Literal('appointment'),
    Type.Literal('stand-in'),
    Type.Literal('reset'),
    Type.Literal('factor-reset'),
    Type.Literal('contact'),
  ]),
  state: Type.Union([
    Type.Literal('pending'),
    Type.Literal('accepted'),
    Type.Literal('refused'),
    Type.Literal('withdrawn'),
    Type.Literal('expired'),
  ]),
  officer: Type.Object({ id: Uuid, name: Type.String(), login: Type.String(), unitName: Type.String() }),
  unitName: Type.String(),
  schoolName: Type.Optional(Type.String()),
  roleName: Type.Optional(Named),
  /** Of a post that was proposed in a file with others: which. */
  batchId: Type.Optional(Uuid),
  /** Of a stand-in: in whose appointment. */
  standsInFor: Type.Optional(Type.String()),
  fromOn: Type.Optional(DayText),
  toOn: Type.Optional(DayText),
  /** Of a change of contact: the new phone and address. */
  contact: Type.Optional(Type.Object(Contact)),
  /** Where the officer is reached now: whoever accepts a link looks whether it is theirs. */
  reached: Type.Object(Contact),
  note: Type.Optional(Type.String()),
  proposedBy: Type.Object({ name: Type.String(), atCommandLine: Type.Boolean(), self: Type.Boolean() }),
  proposedAt: Moment,
  expiresAt: Moment,
  decidedBy: Type.Optional(Type.String()),
  decidedAt: Type.Optional(Moment),
  /** Whether whoever asks may accept it: neither the proposer nor the one concerned. */
  mayAccept: Type.Boolean(),
  /** Whether accepting gives the officer a link to a password. */
  givesLink: Type.Boolean(),
  link: Type.Optional(
    Type.Object({
      delivery: Delivery,
      state: Type.Union([Type.Literal('open'), Type.Literal('used'), Type.Literal('over')]),
      /** Whether whoever asks prints its paper. */
      toPrint: Type.Boolean(),
    }),
  ),
})

export const listProposals = endpoint({
  method: 'GET',
  path: '/staff-proposals',
  summary: 'What is proposed about officers of my units and waits, and what became of proposals of a month',
  right: 'staff.accept',
  purpose: 'staff',
  reply: Type.Object({ waiting: Type.Integer(), proposals: Type.Array(ProposalShape) }),
})

export const countProposals = endpoint({
  method: 'GET',
  path: '/staff-proposals/counts',
  summary: 'How many proposals whoever asks may accept: neither their own nor about themselves',
  right: 'staff.accept',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({ toAccept: Type.Integer({ minimum: 0 }) }),
})

export const acceptProposal = endpoint({
  method: 'POST',
  path: '/staff-proposals/:id/accept',
  summary:
    'Accept a proposal, as another officer than who proposed it and whom it concerns. `delivery` is how a link ' +
    'to a password reaches its officer',
  right: 'staff.accept',
  purpose: 'staff',
  params: ProposalParams,
  body: Type.Object({ delivery: Type.Optional(Delivery) }),
  reply: Type.Object({ id: Uuid }),
  problems: [
    'staff-proposal-unknown',
    'staff-proposal-closed',
    'second-officer-accepts',
    'own-appointment',
    'proposer-without-right',
    'delivery-needed',
    'contact-needed',
    'contact-too-fresh',
    'appointed-already',
    'appointment-unknown',
    'officer-unknown',
    'unit-outside-scope',
  ],
})

export const refuseProposal = endpoint({
  method: 'POST',
  path: '/staff-proposals/:id/refuse',
  summary: 'Refuse a proposal',
  right: 'staff.accept',
  purpose: 'staff',
  params: ProposalParams,
  reply: Type.Object({ id: Uuid }),
  problems: ['staff-proposal-unknown', 'staff-proposal-closed'],
})

export const withdrawProposal = endpoint({
  method: 'POST',
  path: '/staff-proposals/:id/withdraw',
  summary: 'Take one’s own proposal back',
  right: 'staff.manage',
  purpose: 'staff',
  params: ProposalParams,
  reply: Type.Object({ id: Uuid }),
  problems: ['staff-proposal-unknown', 'staff-proposal-closed', 'not-your-proposal'],
})

export const printLinkPaper = endpoint({
  method: 'POST',
  path: '/staff-proposals/:id/paper',
  summary:
    'The paper with the link of a proposal, printed by who accepted it and handed over in person; one that was ' +
    'printed before opens nothing any more',
  right: 'staff.accept',
  purpose: 'staff',
  params: ProposalParams,
  problems: ['paper-not-yours'],
})

const Refused = {
  code: Type.String(),
  title: Named,
  fix: Type.Optional(Named),
}

export const proposeBatch = endpoint({
  method: 'POST',
  path: '/staff-batches',
  summary:
    'Propose the posts of a table (.xlsx or .csv: full_name, login, role, unit, phone, email, from, to), which ' +
    'another officer accepts by one decision; with `try` nothing is kept, and each row is judged',
  right: 'staff.manage',
  purpose: 'staff',
  body: Type.Object({ try: Type.Optional(Type.Literal('yes')), note: Note }),
  upload: { maxBytes: officerFileLimits.bytes },
  reply: Type.Object({
    batchId: Uuid,
    tried: Type.Boolean(),
    rows: Type.Integer(),
    proposed: Type.Integer(),
    refused: Type.Array(Type.Object({ line: Type.Integer(), login: Type.String(), ...Refused })),
  }),
  problems: [
    'officer-file-empty',
    'officer-file-too-long',
    'csv-column-missing',
    'csv-column-twice',
    'csv-empty',
    'workbook-too-large',
  ],
})

export const listBatches = endpoint({
  method: 'GET',
  path: '/staff-batches',
  summary: 'Tables of posts of my units of which something waits',
  right: 'staff.accept',
  purpose: 'staff',
  reply: Type.Object({
    batches: Type.Array(
      Type.Object({
        id: Uuid,
        proposedBy: Type.String(),
        proposedAt: Moment,
        rows: Type.Integer(),
        waiting: Type.Integer(),
        accepted: Type.Integer(),
        /** Whether whoever asks may accept it: not the one who proposed it. */
        mayAccept: Type.Boolean(),
      }),
    ),
  }),
})

export const acceptBatch = endpoint({
  method: 'POST',
  path: '/staff-batches/:id/accept',
  summary:
    'Accept what of a table of posts waits, as another officer than who proposed it; rows that cannot be accepted ' +
    'are told and hold up no other. `delivery` is how links to a password go where it can, else as an officer is ' +
    'reached',
  right: 'staff.accept',
  purpose: 'staff',
  params: ProposalParams,
  body: Type.Object({ delivery: Delivery }),
  reply: Type.Object({
    accepted: Type.Integer(),
    /** How many links are printed one by one, in the list of proposals. */
    onPaper: Type.Integer(),
    refused: Type.Array(Type.Object({ proposalId: Uuid, ...Refused })),
  }),
  problems: ['staff-batch-unknown', 'second-officer-accepts', 'own-appointment', 'proposer-without-right'],
})
