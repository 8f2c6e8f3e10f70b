import { readFile } from 'node:fs/promises'
import type { Download } from '../platform/endpoint.ts'
import { type Doors, type RequestContext, serve, serveWithoutWork } from '../platform/http/serve-endpoint.ts'
import { isId } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { AttachedCaseKind, Attachment } from './attachment.ts'
import * as attachments from './attachments.ts'
import { checkFile } from './check-file.ts'
import * as contract from './contract.ts'
import { attachmentProblem } from './problems.ts'

type Given = {
  readonly cases: attachments.CasesWithPapers
  /** Names of officers by their ids; staff is on the same floor. */
  namesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** What a browser may do with the bytes of a paper that is opened by itself: nothing but show it. */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

const endings = { 'image/jpeg': 'jpg', 'application/pdf': 'pdf' } as const

/** The name of the saved file says what the paper is, and of whom nothing. */
const downloadOf = ({ attachment: { paper, id, type }, content }: Opened): Download => ({
  name: `${paper}-${id.slice(-6)}.${endings[type]}`,
  type,
  content,
})
type Opened = Awaited<ReturnType<typeof attachments.readContent>>

async function views(work: Work, { namesOf }: Given, all: readonly Attachment[], seen: ReadonlySet<string>) {
  const names = await namesOf(
    work,
    all.map(({ addedBy }) => addedBy).filter(id => isId(id)),
  )
  return all.map(one => {
    const { id, paper, type, bytes, width, height, scanned, addedBy, uploadedAt, addedAt, removedAt } = one
    const name = names.get(addedBy)
    return {
      id,
      paper,
      type,
      bytes,
      ...(width && height && { width, height }),
      sha256: one.keptSha256,
      scanned,
      addedBy: { id: addedBy, ...(name && { name }) },
      uploadedAt: uploadedAt.toISOString(),
      ...(addedAt && { addedAt: addedAt.toISOString() }),
      ...(removedAt && { removedAt: removedAt.toISOString(), removedReason: one.removedReason ?? '' }),
      erased: one.erasedAt !== undefined,
      mine: addedBy === work.by.id,
      seen: seen.has(id),
    }
  })
}

type DoorsOfKind = {
  readonly attach: typeof contract.attachToCorrection | typeof contract.attachToDataRequest
  readonly unfinished:
    | typeof contract.listUnfinishedCorrectionAttachments
    | typeof contract.listUnfinishedDataRequestAttachments
  readonly list: typeof contract.listCorrectionAttachments | typeof contract.listDataRequestAttachments
  readonly read: typeof contract.readCorrectionAttachment | typeof contract.readDataRequestAttachment
  readonly remove: typeof contract.removeCorrectionAttachment | typeof contract.removeDataRequestAttachment
}

const doorsOf: Readonly<Record<AttachedCaseKind, DoorsOfKind>> = {
  correction: {
    attach: contract.attachToCorrection,
    unfinished: contract.listUnfinishedCorrectionAttachments,
    list: contract.listCorrectionAttachments,
    read: contract.readCorrectionAttachment,
    remove: contract.removeCorrectionAttachment,
  },
  'data-request': {
    attach: contract.attachToDataRequest,
    unfinished: contract.listUnfinishedDataRequestAttachments,
    list: contract.listDataRequestAttachments,
    read: contract.readDataRequestAttachment,
    remove: contract.removeDataRequestAttachment,
  },
}

async function checkUpload({ upload }: RequestContext) {
  if (!upload) throw attachmentProblem('attachment-empty')
  return checkFile(await readFile(upload.path))
}

function routesOfKind(doors: Doors, kind: AttachedCaseKind, given: Given): void {
  const { attach, unfinished, list, read, remove } = doorsOf[kind]

  // The file is decoded before a work is opened: no connection of the database waits for a large picture.
  serveWithoutWork(doors, attach, async ({ body: { paper, caseId, personId } }, context) => {
    const of = caseId !== undefined ? { caseId } : personId && { personId }
    if (!of) throw attachmentProblem('attachment-case-unknown')
    const file = await checkUpload(context)
    return doors.openWork(context.request, attach, async work => {
      const { attachment, already } = await attachments.attach(work, given.cases, {
        caseKind: kind,
        paper,
        file,
        ...of,
      })
      const [attached] = await views(work, given, [attachment], new Set())
      if (!attached) throw attachmentProblem('attachment-unknown')
      return { attachment: attached, already }
    })
  })
  serve(doors, unfinished, async (work, { query }) => ({
    attachments: await views(work, given, await attachments.listUnfinished(work, kind, query.personId), new Set()),
  }))
  serve(doors, list, async (work, { params }) => {
    const { attachments: found, seen } = await attachments.listOfCase(work, kind, params.id)
    return { attachments: await views(work, given, found, seen) }
  })
  serve(doors, read, async (work, { params }, { reply }) => {
    const opened = await attachments.readContent(work, kind, params.id)
    reply.header('content-security-policy', sandbox).header('cross-origin-resource-policy', 'same-origin')
    return downloadOf(opened)
  })
  serve(doors, remove, async (work, { params, body }) => {
    await attachments.remove(work, given.cases, kind, { id: params.id, reason: body.reason })
    return {}
  })
}

export function routes(doors: Doors, given: Given): void {
  routesOfKind(doors, 'correction', given)
  routesOfKind(doors, 'data-request', given)
}
