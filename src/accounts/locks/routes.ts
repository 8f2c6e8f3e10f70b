import { formatPartialDay, parsePartialDay } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import type { Account } from '../account.ts'
import * as contract from './contract.ts'
import { decideDemand, passOnDemand, receiveDemand } from './demand.ts'
import { lock, lockLostDevice } from './locks.ts'

const lockReply = ({ id, state }: Account) => ({ id, state })

/** Reads a birth date as dd/mm/yyyy or as a day. Throws input-invalid. */
function birthDateIn(text: string | undefined): string | undefined {
  if (!text?.trim()) return undefined
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim())
  const read = parsePartialDay(
    typed ? `${typed[3]}-${typed[2]?.padStart(2, '0')}-${typed[1]?.padStart(2, '0')}` : text.trim(),
  )
  if (!read) throw requestProblem('input-invalid', { wrong: [{ field: 'birthDate' }] })
  return formatPartialDay(read)
}

export function lockRoutes(doors: Doors): void {
  serve(doors, contract.lockAccount, async (work, { params, body }) => lockReply(await lock(work, params.id, body)))
  serve(doors, contract.lockLostDevice, async (work, { params, body: { how, birthDate, phone, cardIssuedOn } }) =>
    lockReply(
      await lockLostDevice(work, params.id, { how, told: { birthDate: birthDateIn(birthDate), phone, cardIssuedOn } }),
    ),
  )
  serve(doors, contract.askDemand, async (work, { params, body }) => {
    const { id, decideBy } = await receiveDemand(work, params.id, body)
    return { id, decideBy }
  })
  serve(doors, contract.forwardDemand, async (work, { params }) => {
    const { id, decideBy } = await passOnDemand(work, params.id)
    return { id, decideBy }
  })
  serve(doors, contract.decideDemand, async (work, { params, body }) => {
    const { id } = await decideDemand(work, params.id, body)
    return { id, outcome: body.outcome }
  })
}
