import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'
import { attachedPapers, keptTypes } from './attachment.ts'
import { attachmentLimits } from './law.ts'

/**
 * Papers attached to cases. Each kind of case has doors of its own, with the right and the purpose of the case: whoever
 * may begin one may attach, whoever sees one in their units may open what is attached.
 */

const Instant = Type.String({ format: 'date-time' })

const AttachmentShape = Type.Object({
  id: IdShape<'attachment'>(),
  /** What it is; the name of the file is not kept. */
  paper: oneOf(attachedPapers),
  type: oneOf(keptTypes),
  bytes: Type.Integer(),
  width: Type.Optional(Type.Integer()),
  height: Type.Optional(Type.Integer()),
  /** SHA-256 of what is kept. */
  sha256: Type.String(),
  /** Whether a virus scanner looked at it when it came. */
  scanned: Type.Boolean(),
  addedBy: Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) }),
  uploadedAt: Instant,
  /** When it came to its case. */
  addedAt: Type.Optional(Instant),
  removedAt: Type.Optional(Instant),
  removedReason: Type.Optional(Type.String()),
  /** Its content was destroyed. */
  erased: Type.Boolean(),
  /** The officer who asks attached it. */
  mine: Type.Boolean(),
  /** The officer who asks has opened it. */
  seen: Type.Boolean(),
})

const AttachedShape = Type.Object({
  attachment: AttachmentShape,
  /** The same file was there already; it is not kept twice. */
  already: Type.Boolean(),
})
const ListShape = Type.Object({ attachments: Type.Array(AttachmentShape) })

/** Of papers that were attached to a form before it is sent. */
export const AttachmentIds = Type.Array(IdShape<'attachment'>(), { maxItems: attachmentLimits.ofCase })

const IdParams = Type.Object({ id: IdShape<'attachment'>() })
const CaseParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

/** Beside the file: what it is, and either the case or the person whom a form that is not sent is about. */
const AttachBody = Type.Object({
  paper: oneOf(attachedPapers),
  caseId: Type.Optional(Type.String({ format: 'uuid' })),
  personId: Type.Optional(IdShape<'person'>()),
})

const attachProblems = [
  'attachment-case-unknown',
  'attachment-closed',
  'attachment-too-many',
  'attachment-empty',
  'attachment-heic',
  'attachment-kind-refused',
  'attachment-picture-broken',
  'attachment-picture-too-large',
  'attachment-pdf-unreadable',
  'attachment-pdf-active',
  'attachment-pdf-encrypted',
  'file-too-large',
  'file-infected',
  'scanner-unreachable',
] as const

const attach = {
  method: 'POST',
  upload: { maxBytes: attachmentLimits.bytes },
  sentAgain: 'by-hand',
  body: AttachBody,
  reply: AttachedShape,
  problems: attachProblems,
} as const
const unfinished = {
  method: 'GET',
  query: Type.Object({ personId: IdShape<'person'>() }),
  reply: ListShape,
} as const
const list = { method: 'GET', params: CaseParams, reply: ListShape } as const
const read = { method: 'GET', params: IdParams, problems: ['attachment-unknown', 'attachment-erased'] } as const
const remove = {
  method: 'POST',
  params: IdParams,
  body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) }),
  reply: Type.Object({}),
  problems: ['attachment-unknown', 'attachment-not-yours', 'attachment-closed', 'attachment-reason-needed'],
} as const

const ofCorrections = { right: 'register.propose', purpose: 'correction' } as const
const ofDataRequests = { right: 'protection.receive', purpose: 'data-protection' } as const

export const attachToCorrection = endpoint({
  ...ofCorrections,
  ...attach,
  path: '/correction-attachments',
  summary: 'Attach a scan or a photograph to a correction, or to one that is not sent yet: PDF, JPEG, PNG',
})
export const listUnfinishedCorrectionAttachments = endpoint({
  ...ofCorrections,
  ...unfinished,
  path: '/correction-attachments',
  summary: 'What I attached to a correction about a person that is not sent yet',
})
export const listCorrectionAttachments = endpoint({
  ...ofCorrections,
  ...list,
  path: '/register/corrections/:id/attachments',
  summary: 'The papers attached to a correction, removed ones too, and which of them I have opened',
})
export const readCorrectionAttachment = endpoint({
  ...ofCorrections,
  ...read,
  path: '/correction-attachments/:id/content',
  summary: 'One attached paper of a correction; each opening stands among the readings of the person',
})
export const removeCorrectionAttachment = endpoint({
  ...ofCorrections,
  ...remove,
  path: '/correction-attachments/:id/remove',
  summary: 'Remove what I attached, while the correction is open, with the reason',
})

export const attachToDataRequest = endpoint({
  ...ofDataRequests,
  ...attach,
  path: '/data-request-attachments',
  summary: 'Attach a scan or a photograph to a request about personal data, or to one that is not filed yet',
})
export const listUnfinishedDataRequestAttachments = endpoint({
  ...ofDataRequests,
  ...unfinished,
  path: '/data-request-attachments',
  summary: 'What I attached to a request of a person that is not filed yet',
})
export const listDataRequestAttachments = endpoint({
  ...ofDataRequests,
  ...list,
  path: '/data-requests/:id/attachments',
  summary: 'The papers attached to a request, removed ones too, and which of them I have opened',
})
export const readDataRequestAttachment = endpoint({
  ...ofDataRequests,
  ...read,
  path: '/data-request-attachments/:id/content',
  summary: 'One attached paper of a request; each opening stands among the readings of the person',
})
export const removeDataRequestAttachment = endpoint({
  ...ofDataRequests,
  ...remove,
  path: '/data-request-attachments/:id/remove',
  summary: 'Remove what I attached, while the request is open, with the reason',
})
