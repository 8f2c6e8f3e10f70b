import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, type RequestContext, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as contract from '../contract.ts'
import type { Party, PartyId } from '../party.ts'
import * as registry from '../registry.ts'
import type { CalledAddresses } from './address.ts'
import * as clients from './clients.ts'
import { countPartiesToApprove, getPartyView, getPartyViews } from './view.ts'

const partyIdOf = ({ id }: { id: string }): PartyId => asId<'party'>(id)

/** Only an officer who manages or approves parties may suspend one or its clients. */
function refuseBystander({ who }: RequestContext): void {
  if (!who?.authority('parties.manage', 'none') && !who?.authority('parties.approve', 'none'))
    throw requestProblem('right-missing', { right: 'parties.manage' })
}

const partyReply = async (work: Work, changed: Promise<Party>) => getPartyView(work, (await changed).id)

/** A change of a client is answered with the view of its party. */
const clientReply = async (work: Work, clientId: string) =>
  getPartyView(work, (await clients.getClient(work, clientId)).partyId)

function partyRoutes(doors: Doors): void {
  serve(doors, contract.partyList, work => getPartyViews(work))
  serve(doors, contract.partyCounts, async work => ({ toApprove: await countPartiesToApprove(work) }))
  serve(doors, contract.partyOne, (work, { params }) => getPartyView(work, partyIdOf(params)))
  serve(doors, contract.partyRegister, (work, { body }) => partyReply(work, registry.registerParty(work, body)))
  serve(doors, contract.partyChange, (work, { params, body }) =>
    partyReply(work, registry.editParty(work, partyIdOf(params), body)),
  )
  serve(doors, contract.partySubmit, (work, { params }) =>
    partyReply(work, registry.submitPartyForReview(work, partyIdOf(params))),
  )
  serve(doors, contract.partyApprove, (work, { params }) =>
    partyReply(work, registry.approveParty(work, partyIdOf(params))),
  )
  serve(doors, contract.partyRefuse, (work, { params, body }) =>
    partyReply(work, registry.refuseParty(work, partyIdOf(params), body.reason)),
  )
  serve(doors, contract.partySuspend, (work, { params, body }, asking) => {
    refuseBystander(asking)
    return partyReply(work, registry.suspendParty(work, partyIdOf(params), body.reason))
  })
}

function clientRoutesOfParty(doors: Doors, calledAddresses: () => CalledAddresses): void {
  serve(doors, contract.clientAdd, async (work, { params, body }) => {
    const { partyId } = await clients.addClient(work, partyIdOf(params), body, calledAddresses())
    return getPartyView(work, partyId)
  })
  serve(doors, contract.versionWrite, async (work, { params: { clientId }, body }) => {
    await clients.writeVersion(work, clientId, body, calledAddresses())
    return clientReply(work, clientId)
  })
  serve(doors, contract.versionSubmit, async (work, { params: { clientId, number } }) => {
    await clients.submitClientVersion(work, clientId, number)
    return clientReply(work, clientId)
  })
  serve(doors, contract.versionWithdraw, async (work, { params: { clientId, number } }) => {
    await clients.withdrawVersion(work, clientId, number)
    return clientReply(work, clientId)
  })
  serve(doors, contract.versionApprove, async (work, { params: { clientId, number }, body }) => {
    await clients.approveVersion(work, clientId, number, body)
    return clientReply(work, clientId)
  })
  serve(doors, contract.versionRefuse, async (work, { params: { clientId, number }, body }) => {
    await clients.refuseVersion(work, clientId, number, body.reason)
    return clientReply(work, clientId)
  })
  serve(doors, contract.clientSuspend, async (work, { params: { clientId }, body }, asking) => {
    refuseBystander(asking)
    await clients.suspendClient(work, clientId, body.reason)
    return clientReply(work, clientId)
  })
  serve(doors, contract.clientResume, async (work, { params: { clientId } }) => {
    await clients.resumeClient(work, clientId)
    return clientReply(work, clientId)
  })
  serve(doors, contract.quotaSet, async (work, { params: { clientId }, body: { what, ...quota } }) => {
    await clients.setClientQuota(work, clientId, what, quota)
    return clientReply(work, clientId)
  })
}

export function clientAndPartyRoutes(doors: Doors, calledAddresses: () => CalledAddresses): void {
  partyRoutes(doors)
  clientRoutesOfParty(doors, calledAddresses)
}
