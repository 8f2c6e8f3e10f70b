import type { FastifyRequest } from 'fastify'
import { parseDay } from '../platform/day.ts'
import type { ReplyOf } from '../platform/endpoint.ts'
import { requestProblem } from '../platform/http/problems.ts'
import { type Doors, type SignedIn, serve, serveWithoutWork } from '../platform/http/serve-endpoint.ts'
import { asId } from '../platform/ids.ts'
import * as contract from './contract.ts'
import type { FollowUpId, FollowUpKind } from './follow-up.ts'
import * as followUps from './follow-ups.ts'
import { decideAnnouncement, decidePapers, decideRegisterStands } from './held-decisions.ts'
import type { FollowUpKinds } from './kind.ts'

const asFollowUpId = (text: string): FollowUpId => asId<'follow-up'>(text)

type ListReply = ReplyOf<typeof contract.listFollowUps>

export const followUpReply = (
  kinds: FollowUpKinds,
  {
    ownerUnitId,
    ownerUnitName,
    scopeId,
    scopeName,
    sourcePlace,
    sourcePart,
    sheet,
    row,
    ...one
  }: followUps.DescribedFollowUp,
): ListReply['followUps'][number] => ({
  id: one.id,
  version: one.version,
  kind: one.kind,
  owner: one.owner,
  ...(ownerUnitId && { ownerUnit: { id: ownerUnitId, name: ownerUnitName ?? '' } }),
  reason: one.reason,
  what: one.what,
  evidence: one.evidence,
  why: one.why,
  task: one.task,
  dueOn: one.dueOn,
  due: one.due,
  scope: { id: scopeId, name: scopeName },
  ...(one.period && { period: one.period }),
  sourceId: one.sourceId,
  ...(sourcePlace !== undefined && { sourcePlace }),
  // A reader who does not see the source is not told the part of it either.
  ...(row !== undefined && { sheet: sheet ?? '', row, ...(sourcePart && { part: sourcePart }) }),
  name: one.name,
  ...(one.personId && { personId: one.personId }),
  ...(one.field && {
    field: one.field,
    sourceValue: one.sourceValue ?? '',
    registerValue: one.registerValue ?? '',
  }),
  ...(one.correctionId && { correctionId: one.correctionId }),
  ...(one.papers && { papers: one.papers }),
  ...(one.answeredOn && { answeredOn: one.answeredOn }),
  ...(one.announcedOn && { announcedOn: one.announcedOn }),
  papersDecide: kinds[one.kind].papersDecide(one.reason),
})

const stuckReply = (one: followUps.DescribedStuckItem): ListReply['stuck'][number] => ({
  reason: one.reason,
  subject: one.subject,
  owner: one.owner,
  unit: one.unit,
  ...(one.personId && { personId: one.personId }),
  ...(one.name !== undefined && { name: one.name }),
  sinceOn: one.sinceOn,
  dueOn: one.dueOn,
  due: one.due,
  facts: { ...one.facts },
})

type FilterQuery = { readonly dueBy?: string | undefined; readonly part?: string | undefined }

export function filterFrom<Query extends FilterQuery>({ dueBy, part, ...query }: Query) {
  const day = dueBy === undefined ? undefined : parseDay(dueBy)
  if (dueBy !== undefined && !day) throw requestProblem('input-invalid', { wrong: [{ field: 'dueBy' }] })
  return { ...query, sourcePart: part, dueBy: day }
}

/** The doors of follow-ups. `kinds` is what the contexts above know of theirs. */
export function routes(doors: Doors, kinds: FollowUpKinds): void {
  const openForKind =
    (request: FastifyRequest, who: SignedIn | undefined): followUps.OpenForKind =>
    async (kind: FollowUpKind, verb) => {
      const access = kinds[kind]
      return who?.authority(access.right, access.purpose)
        ? doors.openWork(request, { ...access, method: 'GET' }, verb)
        : undefined
    }

  serveWithoutWork(doors, contract.listFollowUps, async ({ query }, { request, who }) => {
    const found = await followUps.listOpen(openForKind(request, who), kinds, filterFrom(query))
    return {
      followUps: found.followUps.map(one => followUpReply(kinds, one)),
      total: found.total,
      stuck: found.stuck.map(stuckReply),
      stuckTotal: found.stuckTotal,
    }
  })
  serve(doors, contract.countFollowUps, async (work, { query }, { who }) => ({
    counts: (
      await followUps.countOpen(
        work,
        kinds,
        filterFrom(query),
        kind => who?.authority(kinds[kind].right, kinds[kind].purpose) !== undefined,
      )
    ).map(one => ({
      ...one,
      ...(one.kind !== 'gap' && { title: kinds[one.kind].title }),
    })),
  }))

  serve(doors, contract.confirmByPapers, (work, { params, body }) =>
    decidePapers(work, kinds, asFollowUpId(params.id), body),
  )
  serve(doors, contract.announceCorrection, (work, { params }) => decideAnnouncement(work, asFollowUpId(params.id)))
  serve(doors, contract.confirmRegister, (work, { params }) => decideRegisterStands(work, asFollowUpId(params.id)))
}
