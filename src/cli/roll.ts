import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import * as campaign from '../campaign/campaign.ts'
import { asOperator, type House } from '../open-house.ts'
import { asDay } from '../platform/day.ts'
import { printAnswer, progressOn, refusalText, WrongUsage } from '../platform/terminal.ts'
import * as rolls from '../rolls/rolls.ts'
import { asOfDay } from './imports/imports.ts'
import type { Invocation } from './invocation.ts'

const authority = asOperator('roll')

/** The document of interfaces.md: each matched row with what its pupil needs as of the roll's day. */
async function documentOf(house: House, { rows, notPupils, ...roll }: rolls.ReconciledRoll) {
  const ids = [
    ...new Set(rows.flatMap(({ outcome, personId }) => (personId && outcome !== 'review' ? [personId] : []))),
  ]
  const needs = await house.openWork(authority, work => campaign.needsOf(work, ids, asDay(roll.roll.asOf)))
  return {
    ...roll,
    rows: rows.map(({ personId, ...row }) => {
      const known = personId !== undefined && (row.outcome === 'matched' || row.outcome === 'duplicate')
      const lacking = known
        ? [...(needs.get(personId) ?? []), ...(campaign.needsCorrection(row.defects) ? ['correction'] : [])]
        : []
      return { ...row, needs: lacking }
    }),
    not_pupils: notPupils,
  }
}

type RollDocument = Awaited<ReturnType<typeof documentOf>>

/** What a person at a terminal wants first: how many of each, and who needs what. */
function rollSummary({ roll, counts, rows, not_pupils }: RollDocument): string {
  const tallied = (values: readonly string[]) =>
    [...Map.groupBy(values, value => value)]
      .map(([value, those]) => [value, those.length] as const)
      .sort(([, a], [, b]) => b - a)
      .map(([value, count]) => `${value} ${count}`)
      .join(', ')
  return [
    `${roll.file}, school ${roll.school}, ${roll.schoolYear}, as of ${roll.asOf}`,
    `  ${rows.length} rows: ${Object.entries(counts)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(', ')}; ${not_pupils.length} lines of the file are no pupils`,
    `  needs: ${tallied(rows.flatMap(row => row.needs)) || 'none'}`,
    `  to correct: ${tallied(rows.flatMap(row => row.defects)) || 'nothing'}`,
  ].join('\n')
}

const printRollText = async (text: string) => {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

function schoolYearOf({ values }: Invocation): string {
  const year = values['school-year']
  if (typeof year !== 'string') throw new WrongUsage('roll check needs --school-year, such as 2022-2023')
  return year
}

function kindOf({ values }: Invocation): rolls.RollKind | undefined {
  const kind = rolls.rollKinds.find(one => one === values['kind'])
  if (values['kind'] !== undefined && !kind) throw new WrongUsage(`--kind is one of ${rolls.rollKinds.join(', ')}`)
  return kind
}

async function checkRollFile(invocation: Invocation, path: string) {
  const { house, values, json } = invocation
  const schoolYear = schoolYearOf(invocation)
  const schoolCode = values['school']
  if (typeof schoolCode !== 'string') throw new WrongUsage('roll check needs --school CODE for a single file')
  const progress = progressOn()
  const asOf = await asOfDay(invocation, path)
  const found = await rolls.importAndReconcile(house.openWork, authority, path, {
    schoolCode,
    schoolYear,
    kind: kindOf(invocation),
    asOf,
    onProgress: share => progress(share, 1, basename(path)),
  })
  const document = await documentOf(house, found)
  if (typeof values['out'] === 'string') {
    const workbook = await house.openWork(authority, work =>
      rolls.feedbackWorkbook(work, found.roll.id, { author: authority.by.id }),
    )
    await writeFile(values['out'], workbook, { mode: 0o600 })
  }
  await printAnswer(json, document, rollSummary(document))
}

/** A folder's rolls are written one by one: a province's document is larger than a process should hold. */
async function checkRollFolder(invocation: Invocation, folder: string) {
  const { house, json } = invocation
  const progress = progressOn()
  const asOf = await asOfDay(invocation, join(folder, 'any'))
  const { rolls: ids, refused } = await rolls.importFolder(house.openWork, authority, folder, {
    schoolYear: schoolYearOf(invocation),
    kind: kindOf(invocation),
    asOf,
    onProgress: (done, total) => progress(done, total, `${done} of ${total} rolls`),
  })
  if (json) await printRollText('{"rolls":[')
  const documentAt = async (index: number) => {
    const id = ids[index]
    return id && documentOf(house, await house.openWork(authority, work => rolls.describeReconciledRoll(work, id)))
  }
  const begun = (index: number) => {
    const document = documentAt(index)
    document.catch(() => undefined)
    return document
  }
  // The next four are read while one is written.
  const coming = [0, 1, 2, 3].map(begun)
  for (let index = 0; index < ids.length; index++) {
    const document = await coming.shift()
    coming.push(begun(index + coming.length + 1))
    if (!document) break
    await printRollText(
      json
        ? `${index ? ',' : ''}\n${JSON.stringify({ file: document.roll.file, ...document })}`
        : `${rollSummary(document)}\n`,
    )
  }
  const told = refused.map(({ file, problem }) => ({
    file,
    code: problem.code,
    title: problem.kind.title,
    title_vi: problem.kind.vi,
    ...problem.facts,
  }))
  if (json) await printRollText(`],\n"refused":${JSON.stringify(told)}}\n`)
  for (const { file, problem } of refused) process.stderr.write(`${file}: ${refusalText(problem)}\n`)
  if (refused.length) process.exitCode = 1
}

/** `roll check F|DIR`: imports, reconciles, and reports who needs what. */
export async function rollCheck(invocation: Invocation): Promise<void> {
  const [path] = invocation.positionals
  if (!path) throw new WrongUsage('roll check needs the workbook, or a folder of them')
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new WrongUsage(`there is no file or folder ${path}`)
  return found.isDirectory() ? checkRollFolder(invocation, path) : checkRollFile(invocation, path)
}
