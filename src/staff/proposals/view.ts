import type { Problem } from '../../platform/problem.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { contactIn } from '../contact.ts'
import { linksOfProposals } from '../links/links.ts'
import type { AppointmentId, OfficerId, ProposalId } from '../officer.ts'
import { sameHandTest } from '../separation.ts'
import { contactsOf, findOfficer, holdersOf, officerNames } from '../store.ts'
import { officersWithPassword, withCredentials } from '../store-session.ts'
import { roleName } from '../words.ts'
import { listBatches } from './batches.ts'
import { concernedBy, listProposals, type Proposal, proposerOf } from './proposals.ts'

/** What is behind a list of proposals, read once. */
async function factsBehind(work: Work, found: readonly Proposal[]) {
  const officerIds = [...new Set(found.map(({ officerId }) => officerId))]
  const appointmentIds = found.flatMap(({ appointmentId }) => appointmentId ?? [])
  const holders = new Map((await holdersOf(work, appointmentIds)).map(({ id, officerId }) => [id, officerId]))
  const hands = found.flatMap(({ proposedByKind, proposedBy, decidedBy }) => [
    ...(proposedByKind === 'officer' ? [proposedBy] : []),
    ...(decidedBy ? [decidedBy] : []),
  ])
  // An operator who is no officer may have decided: who withdrew at the command line.
  const ids = [...officerIds, ...hands, ...holders.values()].filter(id => /^[0-9a-f-]{36}$/.test(id))
  const { links, withPassword } = await withCredentials(work, async () => ({
    links: await linksOfProposals(
      work,
      found.map(({ id }) => id),
    ),
    withPassword: new Set(await officersWithPassword(work, officerIds)),
  }))
  return {
    names: new Map<string, string>((await officerNames(work, [...new Set(ids)])).map(one => [one.id, one.fullName])),
    contacts: new Map((await contactsOf(work, officerIds)).map(row => [row.id, contactIn(row)])),
    links: new Map(links.map(link => [link.proposalId, link])),
    holders,
    withPassword,
    isOwn: await sameHandTest(
      work,
      found.flatMap(one => [proposerOf(one), concernedBy(one)]),
    ),
  }
}
type FactsBehind = Awaited<ReturnType<typeof factsBehind>>

const givesLink = ({ kind, officerId }: Proposal, { withPassword }: FactsBehind) =>
  kind === 'reset' || kind === 'factor-reset' || (kind === 'appointment' && !withPassword.has(officerId))

function linkView({ by }: Work, id: ProposalId, { links }: FactsBehind) {
  const link = links.get(id)
  if (!link) return {}
  const { delivery, state, grantedBy } = link
  return { link: { delivery, state, toPrint: delivery === 'paper' && state === 'open' && grantedBy === by.id } }
}

const whenView = ({ fromOn, toOn }: Proposal) => ({ ...(fromOn && { fromOn }), ...(toOn && { toOn }) })

async function officerView(work: Work, officerId: OfficerId) {
  const officer = await withHouseScope(work, house => findOfficer(house, officerId))
  return {
    id: officerId,
    name: officer?.fullName ?? '',
    login: officer?.login ?? '',
    unitName: officer ? await units.unitName(work, officer.unitId) : '',
  }
}

async function proposalView(work: Work, proposal: Proposal, behind: FactsBehind) {
  const { id, kind, state, officerId, unitId, schoolId, role, appointmentId, note, decidedBy, decidedAt } = proposal
  const { names, contacts, holders } = behind
  const { proposedBy, proposedByKind } = proposal
  const nameOf = (hand: string) => names.get(hand) ?? hand
  return {
    id,
    kind,
    state,
    officer: await officerView(work, officerId),
    unitName: await units.unitName(work, unitId),
    ...(schoolId && { schoolName: (await units.getSchool(work, schoolId)).name }),
    ...(role && { roleName: roleName(role) }),
    ...(proposal.batchId && { batchId: proposal.batchId }),
    ...(appointmentId && { standsInFor: nameOf(holders.get(appointmentId as AppointmentId) ?? '') }),
    ...whenView(proposal),
    ...(kind === 'contact' && { contact: contactIn(proposal) }),
    reached: contacts.get(officerId) ?? {},
    ...(note && { note }),
    proposedBy: {
      name: nameOf(proposedBy),
      atCommandLine: proposedByKind === 'operator',
      self: proposedBy === work.by.id,
    },
    proposedAt: proposal.proposedAt.toISOString(),
    expiresAt: proposal.expiresAt.toISOString(),
    ...(decidedBy && { decidedBy: nameOf(decidedBy) }),
    ...(decidedAt && { decidedAt: decidedAt.toISOString() }),
    mayAccept: state === 'pending' && !behind.isOwn(proposerOf(proposal), concernedBy(proposal)),
    givesLink: givesLink(proposal, behind),
    ...linkView(work, id, behind),
  }
}

/** Proposals as they are listed, and how many wait. */
export async function proposalViews(work: Work) {
  const found = await listProposals(work)
  const behind = await factsBehind(work, found)
  return {
    waiting: found.filter(({ state }) => state === 'pending').length,
    proposals: await Promise.all(found.map(one => proposalView(work, one, behind))),
  }
}

/** How many the actor may accept. */
export async function countToAccept(work: Work): Promise<number> {
  const found = (await listProposals(work)).filter(({ state }) => state === 'pending')
  const isOwn = await sameHandTest(
    work,
    found.flatMap(one => [proposerOf(one), concernedBy(one)]),
  )
  return found.filter(one => !isOwn(proposerOf(one), concernedBy(one))).length
}

/** A refusal of one row among many, as it is sent. */
export const refusedView = ({ code, kind: { title, vi, fix, fixVi } }: Problem) => ({
  code,
  title: { vi, en: title },
  ...(fix && fixVi && { fix: { vi: fixVi, en: fix } }),
})

/** Batches of which something waits, as they are listed. */
export async function batchViews(work: Work) {
  const found = await listBatches(work)
  const handOf = ({ proposedBy, proposedFor }: (typeof found)[number]) => ({ id: proposedBy, onBehalfOf: proposedFor })
  const isOwn = await sameHandTest(work, found.map(handOf))
  const ids = found.map(({ proposedBy }) => proposedBy)
  const names = new Map<string, string>((await officerNames(work, ids)).map(one => [one.id, one.fullName]))
  return {
    batches: found.map(one => ({
      id: one.id,
      proposedBy: names.get(one.proposedBy) ?? one.proposedBy,
      proposedAt: one.proposedAt.toISOString(),
      rows: one.rows,
      waiting: one.waiting,
      accepted: one.accepted,
      mayAccept: !isOwn(handOf(one)),
    })),
  }
}
