import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import type { OtherSlot, Remedy, RemedyChange } from '../plan-reasons/reason.ts'
import * as contract from './contract.ts'
import { explainLate, explainSession, seekRemedies } from './plan-explanations.ts'
import type { PlanNames } from './reasons-thread.ts'
import type { KeptRemedies } from './store.ts'

const nameIn = (list: readonly { readonly id: string; readonly name: string }[], id: string): string =>
  list.find(one => one.id === id)?.name ?? ''

const slotShape = ({ sites, kits }: PlanNames, { teamAt, kits: elsewhere, ...slot }: OtherSlot) => ({
  ...slot,
  ...(teamAt !== undefined && { teamAt: nameIn(sites, teamAt) }),
  ...(elsewhere && { kits: elsewhere.map(id => nameIn(kits, id)) }),
})

function changeShape({ places, teams, sites }: PlanNames, change: RemedyChange) {
  const { kind, days } = change
  const common = { kind, days: [...days] }
  if (change.kind === 'kit') return { ...common, store: nameIn(places, change.store) }
  if (change.kind === 'officer') return { ...common, team: nameIn(teams, change.team) }
  return change.kind === 'evening' ? { ...common, site: nameIn(sites, change.site) } : common
}

function remediesShape(names: PlanNames, remedies: KeptRemedies | undefined) {
  if (!remedies) return { state: 'none' as const, share: 0, found: [] }
  const { state, share } = remedies
  if (remedies.state !== 'done') return { state, share, found: [] }
  const foundShape = ({ change, ...costs }: Remedy) => ({ ...costs, change: changeShape(names, change) })
  const { withoutChange, remedies: found } = remedies.found
  return { state, share, withoutChange, found: found.map(foundShape) }
}

export function planExplanationRoutes(doors: Doors): void {
  serve(doors, contract.explainSession, async (work, { params, query }) => {
    const { reasons, names } = await explainSession(work, asId<'plan'>(params.id), query.session)
    return {
      ...reasons,
      siteName: nameIn(names.sites, reasons.site),
      teamName: nameIn(names.teams, reasons.team),
      kits: [...reasons.kits],
      needs: [...reasons.needs],
      after: [...reasons.after],
      slots: reasons.slots.map(slot => slotShape(names, slot)),
      limits: [...reasons.limits],
    }
  })

  serve(doors, contract.explainLate, async (work, { params }) => {
    const { late, remedies, names } = await explainLate(work, asId<'plan'>(params.id))
    return {
      ...late,
      byLimit: [...late.byLimit],
      bySite: late.bySite.map(one => ({ ...one, siteName: nameIn(names.sites, one.site) })),
      remedies: remediesShape(names, remedies),
    }
  })

  serve(doors, contract.seekRemedies, async (work, { params }) => {
    const { state } = await seekRemedies(work, asId<'plan'>(params.id))
    return { state: state === 'failed' ? 'waiting' : state }
  })
}
