import type { KeyObject } from 'node:crypto'
import { asCampaignId } from '../campaign/campaign.ts'
import { targetIssue, targetSplit, targetTree } from '../campaign/targets/contract.ts'
import { type Doors, serve } from '../platform/http/serve-endpoint.ts'
import { languageOf } from '../platform/pages/html.ts'
import type { Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import { recountWithin } from './balances/balances.ts'
import * as contract from './contract.ts'
import * as people from './figures/contract-people.ts'
import { readCourse, readQuickSheet } from './figures/figures.ts'
import { readFunnel } from './figures/funnel.ts'
import * as lists from './figures/people-behind-figure.ts'
import { issueTargetsForPeople, readTargetsWithPeople } from './figures/target-people.ts'
import { splitTarget } from './figures/target-split.ts'
import { readTileMap } from './figures/tile-map.ts'
import { explainDifference, listDifferencePeople } from './figures/why-changed.ts'
import * as reports from './reports/contract.ts'
import { readOutsideFigures } from './reports/outside-figures.ts'
import * as report from './reports/reports.ts'
import { exportSheet, reportPaper } from './reports/sheet-export.ts'
import { listRiskPupils, readChancesOf, readRisk } from './risk/board.ts'
import * as risks from './risk/contract.ts'

/** What these routes need of the house: the signing key. */
export type StatisticsHouse = { readonly key: () => KeyObject; readonly isDemonstration: () => boolean }

const authorName = async (work: Work) => (await staff.namesOf(work, [work.by.id])).get(work.by.id) ?? ''

export function routes(doors: Doors, house: StatisticsHouse): void {
  figureRoutes(doors, house)
  listRoutes(doors)
  reportRoutes(doors, house)
  riskRoutes(doors)
}

function riskRoutes(doors: Doors): void {
  serve(doors, risks.riskBoard, (work, { params, query }) => readRisk(work, asCampaignId(params.id), query))

  serve(doors, risks.riskOfChosen, (work, { params, body }) =>
    readChancesOf(work, asCampaignId(params.id), body.people),
  )

  serve(doors, risks.riskPupils, (work, { params, query }) => listRiskPupils(work, asCampaignId(params.id), query))
}

function figureRoutes(doors: Doors, house: StatisticsHouse): void {
  serve(doors, contract.quickStatistics, (work, { params, query }) =>
    readQuickSheet(work, asCampaignId(params.id), query),
  )

  serve(doors, contract.quickExport, async (work, { params, query: { as, ...query } }, { request }) =>
    exportSheet(work, asCampaignId(params.id), query, as, {
      author: await authorName(work),
      isDemonstration: house.isDemonstration(),
      language: languageOf(request.headers),
    }),
  )

  serve(doors, contract.figureCourse, (work, { params, query }) => readCourse(work, asCampaignId(params.id), query))

  serve(doors, contract.figureFunnel, (work, { params, query }) => readFunnel(work, asCampaignId(params.id), query))

  serve(doors, contract.figureMap, (work, { params, query }) => readTileMap(work, asCampaignId(params.id), query))

  serve(doors, reports.outsideFigures, (work, { params, query }) =>
    readOutsideFigures(work, asCampaignId(params.id), query),
  )

  serve(doors, targetTree, (work, { params, query }) => readTargetsWithPeople(work, asCampaignId(params.id), query))

  serve(doors, targetIssue, (work, { params, body }) => issueTargetsForPeople(work, asCampaignId(params.id), body))

  serve(doors, targetSplit, (work, { params, body }) => splitTarget(work, asCampaignId(params.id), body))
}

function listRoutes(doors: Doors): void {
  serve(doors, people.figureList, (work, { params, query: { after, limit, ...query } }) =>
    lists.listPeople(work, asCampaignId(params.id), query, { after, limit }),
  )

  serve(doors, people.figureSearch, (work, { params, body: { after, skip, limit, ...query } }) =>
    lists.searchPeople(work, asCampaignId(params.id), query, { after, skip, limit }),
  )

  serve(doors, people.figureChoice, async (work, { params, body }) => ({
    people: await lists.choosePeople(work, asCampaignId(params.id), body),
  }))

  serve(doors, people.figureListMarks, (work, { params, query: { every, ...query } }) =>
    lists.listPageMarks(work, asCampaignId(params.id), query, every),
  )

  serve(doors, people.figureListPrint, (work, { params, body }) =>
    lists.printPeople(work, asCampaignId(params.id), body),
  )

  serve(doors, people.figureListExport, async (work, { params, query }, { request }) =>
    lists.exportPeople(work, asCampaignId(params.id), query, await authorName(work), languageOf(request.headers)),
  )

  serve(doors, people.figureWhy, (work, { params, query }) => explainDifference(work, asCampaignId(params.id), query))

  serve(doors, people.figureWhyList, (work, { params, query }) =>
    listDifferencePeople(work, asCampaignId(params.id), query),
  )
}

function reportRoutes(doors: Doors, house: StatisticsHouse): void {
  serve(doors, reports.reportPublish, async (work, { params, body }) => {
    await recountWithin(work)
    return report.publishReport(work, house.key(), asCampaignId(params.id), body)
  })

  serve(doors, reports.reportList, async (work, { query }) => ({
    reports: await report.listReports(work, { campaignId: query.campaign, day: query.day }),
  }))

  serve(doors, reports.reportOne, (work, { params }) => report.compareReport(work, params.id))

  serve(doors, reports.reportPaper, async (work, { params }, { request }) =>
    reportPaper(await report.getPublishedSheet(work, params.id), work.now, {
      author: await authorName(work),
      isDemonstration: house.isDemonstration(),
      language: languageOf(request.headers),
    }),
  )
}
