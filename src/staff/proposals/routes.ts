import { asDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import { tryOrKeep } from '../../platform/postgres/tried-steps.ts'
import { namedRows } from '../../platform/workbook/named-rows.ts'
import { officerFileLimits } from '../law.ts'
import { printLinkPaper } from '../links/links.ts'
import { isRole, roles } from '../role.ts'
import * as batches from './batches.ts'
import * as contract from './contract.ts'
import { officerColumns, optionalOfficerColumns } from './officer-file.ts'
import * as proposals from './proposals.ts'
import { batchViews, countToAccept, proposalViews, refusedView } from './view.ts'

const proposed = ({ id, expiresAt }: proposals.Proposal) => ({ proposalId: id, expiresAt: expiresAt.toISOString() })

/** What a table of officers may take while it is read. */
const tableLimits = { inflated: 3 * officerFileLimits.bytes, rows: 2 * officerFileLimits.rows, columns: 100 }

function batchRoutes(doors: Doors): void {
  serveWithoutWork(doors, contract.proposeBatch, async ({ body }, { request, upload }) => {
    if (!upload) throw requestProblem('file-missing')
    const isTried = body.try === 'yes'
    const rows = namedRows(upload.path, upload.name, {
      columns: officerColumns,
      optional: optionalOfficerColumns,
      limits: tableLimits,
    })
    const { id, refused, ...counts } = await tryOrKeep<batches.ProposedBatch>(
      verb => doors.openWork(request, contract.proposeBatch, verb),
      isTried,
      work => batches.proposeBatch(work, rows, body.note),
    )
    return {
      ...counts,
      batchId: id,
      tried: isTried,
      refused: refused.map(({ line, login, problem }) => ({ line, login, ...refusedView(problem) })),
    }
  })

  serve(doors, contract.listBatches, batchViews)

  serve(doors, contract.acceptBatch, async (work, { params, body }) => {
    const { refused, ...done } = await batches.acceptBatch(work, asId(params.id), body.delivery)
    return {
      ...done,
      refused: refused.map(({ proposalId, problem }) => ({ proposalId, ...refusedView(problem) })),
    }
  })
}

export function proposalRoutes(doors: Doors, { isDemonstration }: { readonly isDemonstration: () => boolean }): void {
  batchRoutes(doors)
  serve(doors, contract.proposeAppointment, async (work, { params, body }) => {
    const { role, unitId, schoolId, fromOn, lastOn, note } = body
    if (!isRole(role))
      throw requestProblem('input-invalid', { wrong: [{ field: 'role', should: `be one of ${roles.join(', ')}` }] })
    return proposed(
      await proposals.proposeAppointment(work, {
        officerId: asId(params.id),
        role,
        unitId: asId(unitId),
        ...(schoolId && { schoolId: asId<'school'>(schoolId) }),
        note,
        ...(fromOn && { fromOn: asDay(fromOn) }),
        ...(lastOn && { lastOn: asDay(lastOn) }),
      }),
    )
  })

  serve(doors, contract.proposeStandIn, async (work, { params, body }) =>
    proposed(
      await proposals.proposeStandIn(work, {
        appointmentId: asId(params.id),
        officerId: asId(body.officerId),
        fromOn: asDay(body.fromOn),
        lastOn: asDay(body.lastOn),
        note: body.note,
      }),
    ),
  )

  serve(doors, contract.proposeReset, async (work, { params, body }) =>
    proposed(await proposals.proposeReset(work, asId(params.id), { note: body.note })),
  )

  serve(doors, contract.proposeFactorReset, async (work, { params, body }) =>
    proposed(await proposals.proposeFactorReset(work, asId(params.id), { note: body.note })),
  )

  serve(doors, contract.proposeContact, async (work, { params, body }) =>
    proposed(await proposals.proposeContact(work, asId(params.id), body)),
  )

  serve(doors, contract.listProposals, proposalViews)

  serve(doors, contract.countProposals, async work => ({ toAccept: await countToAccept(work) }))

  serve(doors, contract.acceptProposal, async (work, { params, body }) => {
    const { id } = await proposals.acceptProposal(work, asId(params.id), { delivery: body.delivery })
    return { id }
  })

  serve(doors, contract.refuseProposal, async (work, { params }) => {
    const { id } = await proposals.refuseProposal(work, asId(params.id))
    return { id }
  })

  serve(doors, contract.withdrawProposal, async (work, { params }) => {
    const { id } = await proposals.withdrawProposal(work, asId(params.id))
    return { id }
  })

  serve(doors, contract.printLinkPaper, async (work, { params }) => ({
    name: 'giay-dat-mat-khau.pdf',
    type: 'application/pdf',
    content: await printLinkPaper(work, asId(params.id), {
      origin: doors.origin,
      isDemonstration: isDemonstration(),
    }),
  }))
}
