import { type Asking, type Doors, requestProblem, serve } from '../../platform/http/serve.ts'
import { asId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../contract.ts'
import type { Party, PartyId } from '../party.ts'
import * as registry from '../registry.ts'
import * as clients from './clients.ts'
import { shownParties, shownParty } from './shown.ts'

const idOf = ({ id }: { id: string }): PartyId => asId<'party'>(id)

/** Only an officer who manages or approves parties may suspend one or its clients. */
function refuseBystander({ who }: Asking): void {
  if (!who?.standing('parties.manage', 'none') && !who?.standing('parties.approve', 'none'))
    throw requestProblem('right-missing', { right: 'parties.manage' })
}

const shown = async (work: Work, changed: Promise<Party>) => shownParty(work, (await changed).id)

/** A change of a client is answered with the view of its party. */
const shownOf = async (work: Work, clientId: string) =>
  shownParty(work, (await clients.getClient(work, clientId)).partyId)

function partyDoors(doors: Doors): void {
  serve(doors, contract.partyList, work => shownParties(work))
  serve(doors, contract.partyOne, (work, { params }) => shownParty(work, idOf(params)))
  serve(doors, contract.partyRegister, (work, { body }) => shown(work, registry.registerParty(work, body)))
  serve(doors, contract.partyChange, (work, { params, body }) =>
    shown(work, registry.changeParty(work, idOf(params), body)),
  )
  serve(doors, contract.partySubmit, (work, { params }) => shown(work, registry.submitParty(work, idOf(params))))
  serve(doors, contract.partyApprove, (work, { params }) => shown(work, registry.approveParty(work, idOf(params))))
  serve(doors, contract.partyRefuse, (work, { params, body }) =>
    shown(work, registry.refuseParty(work, idOf(params), body.reason)),
  )
  serve(doors, contract.partySuspend, (work, { params, body }, asking) => {
    refuseBystander(asking)
    return shown(work, registry.suspendParty(work, idOf(params), body.reason))
  })
}

function clientDoors(doors: Doors, isDemonstration: () => boolean): void {
  const where = () => ({ demonstration: isDemonstration() })
  serve(doors, contract.clientAdd, async (work, { params, body }) => {
    const { partyId } = await clients.addClient(work, idOf(params), body, where())
    return shownParty(work, partyId)
  })
  serve(doors, contract.versionWrite, async (work, { params: { clientId }, body }) => {
    await clients.writeVersion(work, clientId, body, where())
    return shownOf(work, clientId)
  })
  serve(doors, contract.versionSubmit, async (work, { params: { clientId, number } }) => {
    await clients.submitVersion(work, clientId, number)
    return shownOf(work, clientId)
  })
  serve(doors, contract.versionWithdraw, async (work, { params: { clientId, number } }) => {
    await clients.withdrawVersion(work, clientId, number)
    return shownOf(work, clientId)
  })
  serve(doors, contract.versionApprove, async (work, { params: { clientId, number }, body }) => {
    await clients.approveVersion(work, clientId, number, body)
    return shownOf(work, clientId)
  })
  serve(doors, contract.versionRefuse, async (work, { params: { clientId, number }, body }) => {
    await clients.refuseVersion(work, clientId, number, body.reason)
    return shownOf(work, clientId)
  })
  serve(doors, contract.clientSuspend, async (work, { params: { clientId }, body }, asking) => {
    refuseBystander(asking)
    await clients.suspendClient(work, clientId, body.reason)
    return shownOf(work, clientId)
  })
  serve(doors, contract.clientResume, async (work, { params: { clientId } }) => {
    await clients.resumeClient(work, clientId)
    return shownOf(work, clientId)
  })
  serve(doors, contract.quotaSet, async (work, { params: { clientId }, body: { what, ...quota } }) => {
    await clients.setQuota(work, clientId, what, quota)
    return shownOf(work, clientId)
  })
}

export function clientRoutes(doors: Doors, isDemonstration: () => boolean): void {
  partyDoors(doors)
  clientDoors(doors, isDemonstration)
}
