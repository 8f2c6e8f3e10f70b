/**
 * Papers attached to cases: scans and photographs, for whoever decides. In: files of officers, checked
 * (check-file.ts). Decided: to which case each belongs, and that it stays as it is once the case is decided. Out: the
 * papers of a case, each opened with a trace; a person's own, for their copy. What is kept lies sealed, each file under
 * a key of its own. Deeds: `attachment.uploaded`, `.added`, `.removed`; `attachments.cleared`. A deed about a paper of
 * a case is a deed on that case, so that a page which does not show it is past.
 */

import * as audit from '../audit/audit.ts'
import { type Id, newId } from '../platform/ids.ts'
import { ruleOn } from '../platform/law.ts'
import { hasScanner } from '../platform/scanning/scanning.ts'
import type { SealedColumn } from '../platform/sealing/reseal.ts'
import { sealFile, unsealFile } from '../platform/sealing/sealed-file.ts'
import { asSystem, type Deed, type OpenWork, type Work, withHouseScope } from '../platform/work.ts'
import type { AttachedCaseKind, AttachedPaper, Attachment, AttachmentId } from './attachment.ts'
import { type CheckedFile, sha256Of } from './check-file.ts'
import {
  attachmentLimits,
  clearedAtOnce,
  hour,
  leastReasonLetters,
  ownCopyBytes,
  unfinishedHours,
  withdrawnDays,
} from './law.ts'
import { attachmentProblem } from './problems.ts'
import * as store from './store.ts'

export type { AttachedCaseKind, AttachmentId } from './attachment.ts'

/** A case as its context knows it. */
export type AttachedCase = {
  readonly id: string
  readonly personId: Id<'person'>
  /** The unit that received it, and the one that decides. */
  readonly unitId: Id<'unit'>
  readonly decidesUnitId: Id<'unit'>
  readonly isOpen: boolean
}

/** What the contexts of the cases give; joined in `src/attachment-kinds.ts`. */
export type CasesWithPapers = Readonly<
  Record<
    AttachedCaseKind,
    {
      /** The case as the scope sees it, locked until the work ends. */
      hold(work: Work, id: string): Promise<AttachedCase | undefined>
      /** Whether the officer may begin such a case about a person. */
      mayBeginFor(work: Work, personId: Id<'person'>): Promise<boolean>
    }
  >
>

/** What lies sealed here. The content itself lies under the data key, and stays when the house's key is replaced. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'attachments.content',
    column: 'data_key',
    key: { attachment_id: 'uuid' },
    use: 'attachment',
    place: ({ attachment_id = '' }) => attachment_id,
  },
]

const subjectOf = ({ caseKind, caseId, id, personId, unitId, decidesUnitId }: Attachment) => ({
  kind: caseId ? caseKind : 'attachment',
  id: caseId ?? id,
  personId,
  unitId: decidesUnitId ?? unitId,
})

const recordAdded = (work: Work, one: Attachment) =>
  audit.record(work, 'attachment.added', subjectOf(one), { attachment: one.id, sha256: one.keptSha256 })

async function holdOpenCase(work: Work, cases: CasesWithPapers, kind: AttachedCaseKind, id: string) {
  const found = await cases[kind].hold(work, id)
  if (!found) throw attachmentProblem('attachment-case-unknown')
  if (!found.isOpen) throw attachmentProblem('attachment-closed')
  return found
}

export type NewAttachment = {
  readonly caseKind: AttachedCaseKind
  readonly paper: AttachedPaper
  readonly file: CheckedFile
} & (
  | { readonly caseId: string; readonly personId?: undefined }
  /** For a form about this person that is not sent yet. */
  | { readonly personId: Id<'person'>; readonly caseId?: undefined }
)

/**
 * Keeps a checked file for an open case, or for a form that is not sent yet. A file that lies there already is not kept
 * twice: it is given back as `already`. Throws attachment-case-unknown, -closed, -too-many.
 */
export async function attach(
  work: Work,
  cases: CasesWithPapers,
  { caseKind, paper, file, caseId, personId }: NewAttachment,
): Promise<{ readonly attachment: Attachment; readonly already: boolean }> {
  const of = caseId === undefined ? undefined : await holdOpenCase(work, cases, caseKind, caseId)
  const about = of?.personId ?? personId
  const unitId = of?.unitId ?? work.unitId
  const mayBegin = of !== undefined || (about !== undefined && (await cases[caseKind].mayBeginFor(work, about)))
  if (!about || !unitId || !mayBegin) throw attachmentProblem('attachment-case-unknown')

  await store.lockPapersOf(work, of?.id ?? `${work.by.id} ${about}`)
  const lying = (
    of ? await store.attachmentsOfCase(work, caseKind, of.id) : await store.unfinishedAttachments(work, caseKind, about)
  ).filter(({ removedAt }) => !removedAt)
  const same = lying.find(({ receivedSha256 }) => receivedSha256 === file.receivedSha256)
  if (same) return { attachment: same, already: true }
  if (lying.length >= attachmentLimits.ofCase) throw attachmentProblem('attachment-too-many')

  const { content, width, height, ...kept } = file
  const attachment: Attachment = {
    ...kept,
    ...(width && height && { width, height }),
    personId: about,
    id: newId<'attachment'>(work.now),
    caseKind,
    unitId,
    paper,
    bytes: content.length,
    scanned: hasScanner(),
    addedBy: work.by.id,
    uploadedAt: work.now,
    ...(of && { caseId: of.id, decidesUnitId: of.decidesUnitId, addedAt: work.now }),
  }
  await store.insertAttachment(work, attachment)
  await store.insertContent(work, attachment.id, sealFile('attachment', attachment.id, content))
  if (of) await recordAdded(work, attachment)
  else await audit.record(work, 'attachment.uploaded', subjectOf(attachment), { sha256: attachment.keptSha256 })
  return { attachment, already: false }
}

/**
 * The papers of a form come to the case that it began, in the same work. Throws attachment-unknown where one is
 * another officer's, about somebody else, of another case already, or no longer there.
 */
export async function handIn(
  work: Work,
  caseKind: AttachedCaseKind,
  to: Omit<AttachedCase, 'isOpen'>,
  ids: readonly AttachmentId[] = [],
): Promise<void> {
  const asked = [...new Set(ids)]
  if (asked.length === 0) return
  if (asked.length > attachmentLimits.ofCase) throw attachmentProblem('attachment-too-many')
  const held = await store.holdUnfinished(work, caseKind, to.personId, asked)
  if (held.length < asked.length) throw attachmentProblem('attachment-unknown')
  await store.setHandedIn(work, asked, to)
  for (const one of held) await recordAdded(work, { ...one, ...to, id: one.id, caseId: to.id })
}

/** The papers of a case, and which of them the officer has opened. The reading is noted. */
export async function listOfCase(work: Work, caseKind: AttachedCaseKind, caseId: string) {
  const found = await store.attachmentsOfCase(work, caseKind, caseId)
  const [first] = found
  if (!first) return { attachments: [], seen: new Set<string>() }
  await audit.noteReading(work, [first.personId], ['attachments'], { kind: caseKind, id: caseId })
  const ids = found.map(({ id }) => id)
  return { attachments: found, seen: await audit.casesReadBy(work, first.personId, 'attachment', ids) }
}

/** What the officer attached to a form about a person, and did not send. */
export const listUnfinished = store.unfinishedAttachments

const open = (sealed: NonNullable<Awaited<ReturnType<typeof store.findContent>>>, one: Attachment): Buffer => {
  const content = unsealFile('attachment', one.id, sealed)
  // The seal holds already; this says that what was recorded about the file is about this content.
  if (sha256Of(content) !== one.keptSha256) throw new Error(`attachment ${one.id} is not what was recorded of it`)
  return content
}

/** Opens one paper; who did, when and for which purpose is noted. Throws attachment-unknown, attachment-erased. */
export async function readContent(
  work: Work,
  caseKind: AttachedCaseKind,
  id: AttachmentId,
): Promise<{ readonly attachment: Attachment; readonly content: Buffer }> {
  const attachment = await store.findAttachment(work, caseKind, id)
  if (!attachment) throw attachmentProblem('attachment-unknown')
  const sealed = await store.findContent(work, id)
  if (!sealed) throw attachmentProblem('attachment-erased')
  await audit.noteReading(work, [attachment.personId], ['attachment'], { kind: 'attachment', id })
  return { attachment, content: open(sealed, attachment) }
}

/**
 * Whoever attached a paper takes it away while the case is open: its content is destroyed at once; that it was there,
 * and why it went, stays. Throws attachment-unknown, -not-yours, -closed, -reason-needed.
 */
export async function remove(
  work: Work,
  cases: CasesWithPapers,
  caseKind: AttachedCaseKind,
  { id, reason = '' }: { readonly id: AttachmentId; readonly reason?: string | undefined },
): Promise<void> {
  const found = await store.findAttachment(work, caseKind, id)
  if (!found || found.removedAt) throw attachmentProblem('attachment-unknown')
  if (found.addedBy !== work.by.id) throw attachmentProblem('attachment-not-yours')
  if (found.caseId === undefined) {
    await store.deleteContent(work, [id])
    await store.deleteAttachment(work, found)
  } else {
    await holdOpenCase(work, cases, caseKind, found.caseId)
    if ((reason.match(/\p{L}/gu)?.length ?? 0) < leastReasonLetters) throw attachmentProblem('attachment-reason-needed')
    await store.deleteContent(work, [id])
    await store.setRemoved(work, found, reason.trim())
  }
  await audit.record(work, 'attachment.removed', subjectOf(found), { attachment: id })
}

/** Deed → the papers of a withdrawn case are destroyed after the days of the rule. */
export async function eraseAfterWithdrawal(work: Work, { subject: { id } }: Deed): Promise<void> {
  const days = ruleOn(withdrawnDays, work.today, work)
  await withHouseScope(work, house => store.setEraseAt(house, id, new Date(work.now.getTime() + days * 24 * hour)))
}

export type OwnPaper = Attachment & { readonly content?: Buffer | undefined }

/**
 * A person's papers for their own copy, with their content as far as the copy has room. The caller notes the reading.
 */
export async function papersOfPerson(work: Work, personId: Id<'person'>): Promise<OwnPaper[]> {
  let room = ownCopyBytes
  const papers: OwnPaper[] = []
  for (const one of await store.attachmentsOfPerson(work, personId)) {
    const sealed = one.bytes <= room ? await store.findContent(work, one.id) : undefined
    if (sealed) room -= one.bytes
    papers.push({ ...one, ...(sealed && { content: open(sealed, one) }) })
  }
  return papers
}

const leftBefore = (work: Work) => new Date(work.now.getTime() - ruleOn(unfinishedHours, work.today, work) * hour)

/** How many are to be destroyed now. */
export const countToClear = (work: Work): Promise<number> => store.countDue(work, leftBefore(work))

/** Deletes what was left in forms, and destroys the papers of withdrawn cases; some hundred a work. */
export async function clearAttachments(openWork: OpenWork): Promise<{ left: number; withdrawn: number }> {
  const cleared = { left: 0, withdrawn: 0 }
  for (let last = clearedAtOnce; last === clearedAtOnce; )
    last = await openWork(asSystem('data-protection'), async work => {
      const left = await store.deleteLeft(work, leftBefore(work), clearedAtOnce)
      const withdrawn = await store.eraseDue(work, clearedAtOnce)
      if (left + withdrawn > 0)
        await audit.record(work, 'attachments.cleared', { kind: 'retention', id: 'attachments' }, { left, withdrawn })
      cleared.left += left
      cleared.withdrawn += withdrawn
      return Math.max(left, withdrawn)
    })
  return cleared
}
