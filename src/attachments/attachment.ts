import type { Id } from '../platform/ids.ts'

/** An attached paper: to which case it belongs, what it shows, and as what it is kept. Pure. */

export type AttachmentId = Id<'attachment'>

/** Cases that take papers. `src/attachment-kinds.ts` says of each what it knows. */
export type AttachedCaseKind = 'correction' | 'data-request'

/**
 * What a paper is. The name of its file is not kept: people write names and numbers into it. The kinds that a
 * correction may name as its evidence bear the same codes there (src/register/corrections/paper-needs.ts).
 */
export const attachedPapers = [
  'form',
  'birth-certificate',
  'civil-status-extract',
  'civil-status-decision',
  'marriage-certificate',
  'death-certificate',
  'court-decision',
  'nationality-paper',
  'identity-card',
  'passport',
  'residence-confirmation',
  'authorization',
  'other',
] as const
export type AttachedPaper = (typeof attachedPapers)[number]

/** As what a file is kept: a picture is written anew as JPEG, a PDF stays as it came. */
export const keptTypes = ['image/jpeg', 'application/pdf'] as const
export type KeptType = (typeof keptTypes)[number]

export type Attachment = {
  readonly personId: Id<'person'>
  readonly id: AttachmentId
  readonly caseKind: AttachedCaseKind
  /** None while its form is not sent. */
  readonly caseId?: string | undefined
  readonly unitId: Id<'unit'>
  readonly decidesUnitId?: Id<'unit'> | undefined
  readonly paper: AttachedPaper
  readonly type: KeptType
  /** Of the file as it is kept. */
  readonly bytes: number
  /** SHA-256 of what came, and of what is kept, in hexadecimal. */
  readonly receivedSha256: string
  readonly keptSha256: string
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** Whether a virus scanner had looked at it when it came. */
  readonly scanned: boolean
  readonly addedBy: string
  readonly uploadedAt: Date
  /** When it came to its case. */
  readonly addedAt?: Date | undefined
  readonly removedAt?: Date | undefined
  readonly removedReason?: string | undefined
  /** When its content was destroyed. */
  readonly erasedAt?: Date | undefined
}
