import { writeFormerHeaders } from '../platform/http/former.ts'
import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import * as contract from './contract.ts'
import { formerCountErrands, formerListErrands } from './contract-former.ts'
import type { FollowUpOwner } from './follow-up.ts'
import * as followUps from './follow-ups.ts'
import type { FollowUpKinds } from './kind.ts'
import { filterFrom, followUpReply } from './routes.ts'

type FormerQuery = {
  readonly owner?: FollowUpOwner | undefined
  readonly schoolId?: string | undefined
  readonly rollId?: string | undefined
  readonly class?: string | undefined
  readonly dueBy?: string | undefined
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

const currentQuery = ({ schoolId, rollId, class: part, ...query }: FormerQuery) => ({
  ...filterFrom({ ...query, part }),
  kind: 'roll-defect' as const,
  scopeId: schoolId,
  sourceId: rollId,
})

function formerItem(one: ReturnType<typeof followUpReply>): Record<string, unknown> {
  const { kind: _kind, reason, scope, period, sourceId, sourcePlace, part, sourceValue, ...same } = one
  const { answeredOn, announcedOn, ...rest } = same
  return {
    ...rest,
    defect: reason,
    school: scope,
    ...(period && { schoolYear: period }),
    rollId: sourceId,
    place: sourcePlace,
    ...(part && { class: part }),
    ...(sourceValue !== undefined && { rollValue: sourceValue }),
    ...(answeredOn && { saidOn: answeredOn }),
    ...(announcedOn && { correctedOn: announcedOn }),
  }
}

/** The paths and names of the release before, for those who read follow-ups of rolls by them. */
export function formerFollowUpRoutes(doors: Doors, kinds: FollowUpKinds): void {
  serve(doors, formerListErrands, async (work, { query }, { reply }) => {
    writeFormerHeaders(reply, `/api${contract.listFollowUps.path}`)
    const found = await followUps.listOpen((_kind, verb) => verb(work), kinds, currentQuery(query))
    return { errands: found.followUps.map(one => formerItem(followUpReply(kinds, one))), total: found.total }
  })
  serve(doors, formerCountErrands, async (work, { query }, { reply }) => {
    writeFormerHeaders(reply, `/api${contract.countFollowUps.path}`)
    const counts = await followUps.countOpen(work, kinds, currentQuery(query), () => true)
    return {
      counts: counts.flatMap(({ kind, owner, ...rest }) =>
        kind === 'roll-defect' ? [{ owner: owner as FollowUpOwner, ...rest }] : [],
      ),
    }
  })
}
