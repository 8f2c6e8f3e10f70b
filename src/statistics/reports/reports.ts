/**
 * Figures as they leave the house. A quick sheet comes in. It is published signed and numbered, and never changed after
 * (here), or written as paper, workbook, CSV or the evening text (sheet-*.ts). Figures that others report are imported
 * and shown beside ours, never mixed in (outside-figures.ts). What goes out: files, published reports and what changed
 * since. Deeds: report.published, figures.imported.
 */

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Static } from 'typebox'
import * as audit from '../../audit/audit.ts'
import * as campaign from '../../campaign/campaign.ts'
import { type Id, isId, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import type { QuickSheet } from '../contract.ts'
import { type FigureParams, readFigureQuery } from '../figure.ts'
import { readQuickSheet, sheetOf } from '../figures/figures.ts'
import { explainDifference } from '../figures/why-changed.ts'
import { statisticsProblem } from '../problems.ts'
import type { ReportHead, reportOne } from './contract.ts'
import * as store from './store.ts'

/** A sheet's content without the moment at which it was read, for comparison. */
const comparableText = ({ edition: _edition, knownAt: _at, waiting: _waiting, ...said }: QuickSheet) =>
  JSON.stringify(said)

/**
 * Publishes the quick statistics of a unit and day: the sheet is signed (Ed25519 over its very bytes), numbered and
 * stored, and never changed. The same again without a change in the figures is refused with report-unchanged. The
 * caller must have recounted the persons due.
 */
export async function publishReport(
  work: Work,
  key: KeyObject,
  id: campaign.CampaignId,
  query: FigureParams,
): Promise<ReportHead> {
  const asked = await readFigureQuery(work, id, query)
  const sheet = await sheetOf(work, asked)
  await store.holdReports(work)
  const earlier = await store.findReportsOf(work, {
    campaignId: id,
    unitId: asked.unit.id,
    metric: asked.metric,
    day: asked.day,
  })
  const last = earlier.at(-1)
  if (last && comparableText(JSON.parse(last.document) as QuickSheet) === comparableText(sheet))
    throw statisticsProblem('report-unchanged', { code: last.code })
  const document = JSON.stringify(sheet)
  const number = (await store.countReports(work, asked.unit.id, asked.day)) + 1
  const report: store.PublishedReport = {
    id: newId<'report'>(work.now),
    code: `${asked.unit.code}-${asked.day.replaceAll('-', '')}-${number}`,
    campaignId: id,
    unitId: asked.unit.id,
    metric: asked.metric,
    day: asked.day,
    issue: earlier.length + 1,
    edition: sheet.edition,
    document,
    sha256: createHash('sha256').update(document).digest(),
    key: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
    signature: sign(null, Buffer.from(document), key).toString('base64'),
    publishedAt: work.now,
  }
  await store.insertReport(work, report)
  await audit.record(
    work,
    'report.published',
    { kind: 'report', id: report.id, unitId: report.unitId },
    { code: report.code, sha256: report.sha256.toString('hex'), edition: report.edition },
  )
  return reportHeadOf(work, report)
}

async function reportHeadOf(work: Work, report: store.PublishedReport): Promise<ReportHead> {
  const { whole, campaign: of } = JSON.parse(report.document) as QuickSheet
  const { id, code, metric, day, issue, edition, publishedAt } = report
  return {
    id,
    code,
    campaign: { id: of.id, title: of.title },
    unit: whole.unit,
    metric,
    day,
    issue,
    edition,
    cumulative: whole.cumulative,
    target: whole.target,
    publishedAt: publishedAt.toISOString(),
    publishedBy: await publisherOf(work, id),
  }
}

/** Who published it, as the deed has it: an officer by name; empty for whom the work may not see. */
async function publisherOf(work: Work, id: string): Promise<string> {
  const byId = (await audit.lastDeedOn(work, id))?.by.id ?? ''
  return isId(byId) ? ((await staff.namesOf(work, [byId])).get(byId) ?? '') : byId
}

/** Published reports of the work's unit and those below, the latest first. */
export async function listReports(
  work: Work,
  filter: { campaignId?: Id<'campaign'> | undefined; day?: string | undefined },
): Promise<ReportHead[]> {
  const own =
    work.scope === 'house' || !work.unitId
      ? undefined
      : [work.unitId, ...(await units.homesOn(work, work.unitId, work.today)).keys()]
  return Promise.all(
    (await store.findLatestReports(work, { ...filter, units: own })).map(report => reportHeadOf(work, report)),
  )
}

async function mayReadReport(work: Work, { unitId }: store.PublishedReport): Promise<boolean> {
  if (work.scope === 'house' || !work.unitId || unitId === work.unitId) return true
  return (await units.homesOn(work, work.unitId, work.today)).has(unitId)
}

async function getReport(work: Work, id: string): Promise<store.PublishedReport> {
  const report = await store.findReport(work, id)
  if (!report || !(await mayReadReport(work, report))) throw statisticsProblem('report-unknown')
  return report
}

/** Whether the document is the one that was signed; whose key that is, the reader must know. */
export function isGenuine({ document, key, signature, sha256 }: store.PublishedReport): boolean {
  try {
    const signer = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    return (
      verify(null, Buffer.from(document), signer, Buffer.from(signature, 'base64')) &&
      createHash('sha256').update(document).digest().equals(sha256)
    )
  } catch {
    return false
  }
}

/** A report as it was published. */
export async function getPublishedSheet(
  work: Work,
  id: string,
): Promise<{ head: ReportHead; sheet: QuickSheet; sha256: string; isGenuine: boolean }> {
  const report = await getReport(work, id)
  return {
    head: await reportHeadOf(work, report),
    sheet: JSON.parse(report.document) as QuickSheet,
    sha256: report.sha256.toString('hex'),
    isGenuine: isGenuine(report),
  }
}

/** A report as it was published, the same day as known now, and why each of its figures that changed did. */
export async function compareReport(work: Work, id: string): Promise<Static<NonNullable<typeof reportOne.reply>>> {
  const { sheet, ...rest } = await getPublishedSheet(work, id)
  const query = { unit: sheet.whole.unit.id, metric: sheet.metric, day: sheet.day, map: sheet.map }
  const campaignId = campaign.asCampaignId(sheet.campaign.id)
  const now = await readQuickSheet(work, campaignId, query)
  const nowOf = new Map([now.whole, ...now.below].map(row => [row.unit.id, row.cumulative]))
  const changed = [sheet.whole, ...sheet.below].filter(row => nowOf.get(row.unit.id) !== row.cumulative)
  const differences = []
  for (const { unit } of campaign.isPersonMetric(sheet.metric) ? changed : [])
    differences.push({
      unit,
      difference: await explainDifference(work, campaignId, { ...query, unit: unit.id, since: sheet.edition }),
    })
  return { ...rest, published: sheet, now, differences }
}
