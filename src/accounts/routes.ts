import * as audit from '../audit/audit.ts'
import { formatPartialDay, parsePartialDay } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { knownProblems } from '../platform/problem.ts'
import { type Doors, requestProblem, serve } from '../platform/serve.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import * as units from '../units/units.ts'
import type { Account } from './account.ts'
import * as accounts from './accounts.ts'
import * as contract from './contract.ts'
import * as desk from './contract-desk.ts'
import { funnel, shownRow, whole } from './desk-view.ts'
import { type LevelOneHouse, portrait } from './level-one.ts'
import { accountProblem } from './problems.ts'
import { levelOneRoutes } from './routes-level-one.ts'
import { requestRoutes } from './routes-request.ts'
import * as list from './store-desk-list.ts'

export type AccountsHouse = LevelOneHouse & { readonly isDemonstration: () => boolean }

const pageSize = 50

/** Where a page ended: the day and the id of its last row. */
function placeIn(text: string | undefined) {
  const found = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(text ?? '')
  return found?.[1] && found[2] ? { urgent: found[1], id: found[2] } : undefined
}

type Narrowed = { readonly unit?: string | undefined; readonly via?: list.Asked['via']; readonly level?: number | undefined }

const askedIn = async (work: Work, { unit, via, level }: Narrowed): Promise<list.Asked> => ({
  units: unit ? (await units.scopePartsOf(work, unit as Id<'unit'>, work.today)).units : undefined,
  via,
  level,
})

function readingRoutes(doors: Doors, house: AccountsHouse): void {
  serve(doors, contract.listAccounts, async (work, { query }) => {
    const asked = await askedIn(work, query)
    const rows = await list.pageOf(work, { ...asked, queue: query.queue, after: placeIn(query.after) }, pageSize + 1)
    const page = rows.slice(0, pageSize)
    const last = page.at(-1)
    const shown = await Promise.all(page.map(row => shownRow(work, row)))
    await audit.noteReading(work, page.map(({ personId }) => personId), ['name', 'birth', 'account']) // biome-ignore format: one line
    return {
      accounts: shown,
      ...(rows.length > pageSize && last && { next: `${last.urgent}_${last.id}` }),
      ...(await list.countsOf(work, asked)),
    }
  })
  serve(doors, contract.accountFunnel, async (work, { query }) => funnel(work, await askedIn(work, query)))
  serve(doors, contract.findAccount, async (work, { body }) => {
    const person = await register.findByNumber(work, body.number)
    const theirs = person ? ((await accounts.accountsOf(work, [person.id])).get(person.id) ?? []) : []
    const found = theirs.find(({ state }) => state !== 'cancelled') ?? theirs.at(-1)
    if (!found) throw accountProblem('account-unknown')
    return { id: found.id }
  })
  serve(doors, contract.showAccount, (work, { params }) => whole(work, params.id))
  serve(doors, contract.showPortrait, async (work, { params }) => ({
    name: `${params.which}.jpg`,
    type: 'image/jpeg',
    content: await portrait(work, await house.keys(), params.id, params.which),
  }))
}

const moved = ({ id, state }: Account) => ({ id, state })

function decidingRoutes(doors: Doors): void {
  serve(doors, desk.approveAccounts, async (work, { body }) => ({
    decided: (await accounts.approveAll(work, body.ids)).map(one =>
      one.outcome === 'approved' ? one : { ...one, why: knownProblems().get(one.code)?.vi ?? one.code },
    ),
  }))
  serve(doors, desk.approveAccount, async (work, { params, body }) => moved(await accounts.approve(work, params.id, body)))
  serve(doors, desk.refuseAccount, async (work, { params, body }) => moved(await accounts.refuse(work, params.id, body)))
  serve(doors, desk.cancelAccount, async (work, { params, body }) => moved(await accounts.cancel(work, params.id, body)))
  serve(doors, desk.decideDemand, async (work, { params, body }) => {
    const { id } = await accounts.decideDemand(work, params.id, body)
    return { id, outcome: body.outcome }
  })
}

/** A birth date as it was typed, dd/mm/yyyy or as days are written; throws input-invalid where it is none. */
function birthDateIn(text: string | undefined): string | undefined {
  if (!text?.trim()) return undefined
  const typed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim())
  const read = parsePartialDay(typed ? `${typed[3]}-${typed[2]?.padStart(2, '0')}-${typed[1]?.padStart(2, '0')}` : text.trim())
  if (!read) throw requestProblem('input-invalid', { wrong: [{ field: 'birthDate' }] })
  return formatPartialDay(read)
}

function counterRoutes(doors: Doors): void {
  serve(doors, desk.reopenActivation, async (work, { params, body }) => {
    const { id, activateBy } = await accounts.reopen(work, params.id, body)
    return { id, activateBy: activateBy ?? work.today }
  })
  serve(doors, desk.changePhone, async (work, { params, body }) => moved(await accounts.changePhone(work, params.id, body)))
  serve(doors, desk.changeRepresentative, async (work, { params, body }) =>
    moved(await accounts.changeRepresentative(work, params.id, { representativeId: body.personId })),
  )
  serve(doors, desk.raiseAccount, async (work, { params, body }) => moved(await accounts.raiseByCard(work, params.id, body)))
  serve(doors, desk.lowerAccount, async (work, { params, body }) => moved(await accounts.lower(work, params.id, body)))
  serve(doors, desk.lockAccount, async (work, { params, body }) => moved(await accounts.lock(work, params.id, body)))
  serve(doors, desk.lockLostDevice, async (work, { params, body: { how, birthDate, phone, cardIssuedOn } }) =>
    moved(await accounts.lockLostDevice(work, params.id, { how, told: { birthDate: birthDateIn(birthDate), phone, cardIssuedOn } })),
  )
  serve(doors, desk.askDemand, async (work, { params, body }) => {
    const { id, decideBy } = await accounts.demand(work, params.id, body)
    return { id, decideBy }
  })
  serve(doors, desk.forwardDemand, async (work, { params }) => {
    const { id, decideBy } = await accounts.forward(work, params.id)
    return { id, decideBy }
  })
}

export function routes(doors: Doors, house: AccountsHouse): void {
  readingRoutes(doors, house)
  decidingRoutes(doors)
  requestRoutes(doors)
  counterRoutes(doors)
  levelOneRoutes(doors.app, house)
}
