import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import * as contract from './contract.ts'
import { firstDayRoutes } from './first-day/routes.ts'
import * as inspection from './inspection.ts'
import { noticeRoutes } from './notices/routes.ts'
import { patternView, questionView, withInstant } from './view.ts'

export function routes(doors: Doors, { signer }: { readonly signer: () => inspection.SearchSigner }): void {
  noticeRoutes(doors)
  firstDayRoutes(doors)
  serve(doors, contract.inspectionOverview, async (work, { query }) => {
    const { readTo, verification, differences, ...told } = await inspection.overview(work, query)
    return {
      ...told,
      ...(readTo && { readTo: readTo.toISOString() }),
      ...(verification && { verification: verificationView(verification) }),
      differences: differences.map(({ toldAt, ...one }) => ({ ...one, toldAt: toldAt.toISOString() })),
    }
  })

  serve(doors, contract.inspectedOfficers, async (work, { query }) => {
    const { officers, total, next } = await inspection.officers(work, query)
    return { officers: await Promise.all(officers.map(one => officerView(work, one))), total, ...(next && { next }) }
  })

  serve(doors, contract.listPatterns, async (work, { query }) => {
    const { patterns, next } = await inspection.listPatterns(work, query)
    return { patterns: await Promise.all(patterns.map(one => patternView(work, one))), ...(next && { next }) }
  })

  serve(doors, contract.showPattern, async (work, { params }, { who }) => {
    const mayAsk = who?.authority('audit.ask', 'none') !== undefined
    const { askable, ...shown } = await inspection.showPattern(work, params.id, { mayAsk })
    return { ...(await patternView(work, shown)), askable: [...askable] }
  })

  serve(doors, contract.patternReadings, async (work, { params, query }) => {
    const { readings, next } = await inspection.patternReadings(work, params.id, query)
    return { readings: readings.map(withInstant), ...(next && { next }) }
  })

  serve(doors, contract.officerReadings, async (work, { params, query }) => {
    const { readings, next } = await inspection.officerReadings(work, params.id, query)
    return { readings: readings.map(withInstant), ...(next && { next }) }
  })

  serve(doors, contract.officerDeeds, async (work, { query }) => {
    const { deeds, next } = await inspection.deeds(work, query)
    return { deeds: deeds.map(deedView), ...(next && { next }) }
  })

  serve(doors, contract.deedKinds, async (work, { query }) => ({ kinds: await inspection.kindsOfDeeds(work, query) }))

  serve(doors, contract.exportSearch, (work, { body }) => inspection.exportSearch(work, body, signer()))

  serve(doors, contract.openNames, (work, { body }) => inspection.openNames(work, body))

  serve(doors, contract.openHistory, async (work, { body }) => {
    const { fullName, readings, deeds, next } = await inspection.openHistory(work, body)
    return { fullName, readings: readings.map(withInstant), deeds: deeds.map(deedView), ...(next && { next }) }
  })

  serve(doors, contract.askAboutPattern, (work, { params, body }) => inspection.ask(work, params.id, body))

  serve(doors, contract.explainPattern, async (work, { params, body }) => {
    await inspection.explain(work, params.id, body.reason)
    return {}
  })

  serve(doors, contract.myQuestions, async work => ({
    questions: (await inspection.myQuestions(work)).map(one => questionView(one, work.today)),
  }))

  serve(doors, contract.answerQuestion, async (work, { params, body }) => {
    await inspection.answer(work, params.id, body.answer)
    return {}
  })
}

type Verified = NonNullable<Awaited<ReturnType<typeof inspection.overview>>['verification']>

const verificationView = ({ at, deeds, readings, findings, first }: Verified) => ({
  at: at.toISOString(),
  holds: findings === 0,
  deeds,
  readings,
  findings,
  ...(first && {
    first: {
      kind: first.kind,
      ...(first.chain !== undefined && { chain: first.chain }),
      ...(first.seq !== undefined && { place: first.seq }),
      ...(first.id !== undefined && { batch: first.id }),
    },
  }),
})

const deedView = ({ subjectKind, ...deed }: Awaited<ReturnType<typeof inspection.deeds>>['deeds'][number]) => ({
  ...withInstant(deed),
  subject: subjectKind,
})

const officerView = async (
  work: Work,
  { officerId, unitId, name, role, hours, patterns, ...one }: inspection.InspectedOfficer,
) => ({
  officer: { id: officerId, name },
  unit: await units.unitReference(work, unitId as units.UnitId),
  ...(role && { role }),
  readings: one.readings,
  people: one.people,
  untied: one.untied,
  strangers: one.strangers,
  offHours: one.offHours,
  deeds: one.deeds,
  hours: [...hours],
  patterns: patterns.map(({ id, rule, state, evidence: { count } }) => ({ id, rule, state, count })),
})
