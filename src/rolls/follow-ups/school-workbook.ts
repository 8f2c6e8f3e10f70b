import { PassThrough } from 'node:stream'
import * as audit from '../../audit/audit.ts'
import type { PartialDay } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { html, type Language, page } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import { writeWorkbook } from '../../platform/workbook/write-workbook.ts'
import * as units from '../../units/units.ts'
import { sortDefects } from '../find-defects.ts'
import { rollProblem } from '../problems.ts'
import type { RollDefect, RollId } from '../roll.ts'
import type { RollRow } from '../row.ts'
import * as store from '../store.ts'
import * as rows from '../store-row.ts'
import { findRowFollowUps, type RowFollowUp } from './row-follow-up.ts'
import { correctionWords, sayExport, sayOwner, sayTask } from './words.ts'

/**
 * What is to be corrected, one entry a row and owner: of the row alone, with nothing of the register.
 */
export type FeedbackLine = {
  readonly sheet: string
  readonly row: number
  readonly class: string
  readonly name: string
  readonly correct: readonly string[]
  /** Who acts, and the last day; both are empty where nobody has to. */
  readonly owner: string
  readonly dueOn: string
}

export type RollFeedback = {
  readonly school: string
  readonly schoolYear: string
  readonly asOf: string
  readonly lines: readonly FeedbackLine[]
}

const dueDayText = ({ y, m, d }: PartialDay) =>
  [d && String(d).padStart(2, '0'), m && String(m).padStart(2, '0'), y].filter(Boolean).join('/')

/** The police's own questions are not the school's. */
const notForSchools: readonly RollDefect[] = ['number-contradicts-record']

/**
 * The sentence to the school about a defect. It says that something is written otherwise than the papers, and never
 * what the register has: a school compares the papers of its pupil.
 */
const defectSentence = (defect: RollDefect, row: Pick<RollRow, 'number'> | undefined, language: Language): string =>
  correctionWords(language)(defect).replace('{number}', row?.number ?? '…')

/** What the owner of a follow-up is asked to do. */
export function followUpTask(
  { defect, owner, evidence, correctionId }: Pick<RowFollowUp, 'defect' | 'owner' | 'evidence' | 'correctionId'>,
  row: RollRow | undefined,
  language: Language,
): string {
  const say = sayTask(language)
  if (owner === 'family') return say(defect === 'birth-date-partial' ? 'family-birth' : 'family-dc01')
  if (owner === 'school') return defectSentence(defect, row, language)
  if (defect === 'residence-differs') return say('ward-residence')
  if (correctionId) return say('ward-correction')
  return say(evidence === 'papers' ? 'ward-papers' : 'ward-number')
}

type FeedbackGroup = { readonly correct: readonly string[]; readonly owner: string; readonly dueOn: string }

/** The row's sentences by owner: the school's own first, and last the defects that have no owner. */
function feedbackGroupsOf(row: RollRow, followUps: readonly RowFollowUp[], language: Language): FeedbackGroup[] {
  const review = correctionWords(language)('review')
  const openOf = new Map(followUps.map(one => [one.defect, one]))
  const defects = sortDefects(row.defects).filter(defect => !notForSchools.includes(defect))
  const groups = Map.groupBy(defects, defect => openOf.get(defect)?.owner)
  const told = (['school', 'family', 'ward', undefined] as const).flatMap((owner): FeedbackGroup[] => {
    const theirs = groups.get(owner) ?? []
    if (theirs.length === 0) return []
    const dueOn = theirs.flatMap(defect => openOf.get(defect)?.dueOn ?? []).toSorted()[0]
    const correct = theirs.map(defect => defectSentence(defect, row, language))
    return [
      { correct, owner: owner ? sayOwner(language)(owner) : '', dueOn: dueOn ? dueDayText(partialDayOf(dueOn)) : '' },
    ]
  })
  return row.outcome === 'review' ? [...told, { correct: [review], owner: '', dueOn: '' }] : told
}

async function feedbackOf(
  work: Work,
  rollId: RollId,
  { language = 'vi' as Language, inClass = undefined as string | undefined } = {},
): Promise<RollFeedback> {
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-reconciled')
  const school = await units.getSchool(work, roll.schoolId)
  const all = (await rows.findAllRows(work, rollId)).filter(
    row => inClass === undefined || (row.class ?? '') === inClass,
  )
  const open = Map.groupBy(await findRowFollowUps(work, { sourceId: rollId }), ({ place }) => place)
  const read: Id<'person'>[] = []
  const lines = all.flatMap((row): FeedbackLine[] => {
    const told = feedbackGroupsOf(row, open.get(row.place) ?? [], language)
    if (told.length > 0 && row.personId) read.push(row.personId)
    return told.map(one => ({ sheet: row.sheet, row: row.sheetRow, class: row.class ?? '', name: row.name, ...one }))
  })
  await audit.noteReading(work, read, ['name'])
  return { school: school.name, schoolYear: roll.schoolYear, asOf: dueDayText(partialDayOf(roll.asOf)), lines }
}

const partialDayOf = (day: string): PartialDay => ({
  y: Number(day.slice(0, 4)),
  m: Number(day.slice(5, 7)),
  d: Number(day.slice(8)),
})

/**
 * The workbook for the school: it finds the rows by sheet and number. Cells cannot run as formulas. `author` is shown
 * above the list.
 */
export async function feedbackWorkbook(
  work: Work,
  rollId: RollId,
  { language = 'vi' as Language, author = '' } = {},
): Promise<Buffer> {
  const say = sayExport(language)
  const { school, schoolYear, asOf, lines } = await feedbackOf(work, rollId, { language })
  const stream = new PassThrough()
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  await writeWorkbook(stream, {
    sheets: [
      {
        name: say('title').slice(0, 31),
        above: [
          say('title'),
          `${say('school')}: ${school}`,
          `${say('year')} ${schoolYear} · ${say('asOf')} ${asOf}${author ? ` · ${say('author')}: ${author}` : ''}`,
        ],
        columns: [
          { header: say('sheet'), width: 14, format: 'text' },
          { header: say('row'), width: 8, format: 'number' },
          { header: say('class'), width: 9, format: 'text' },
          { header: say('name'), width: 28, format: 'text' },
          { header: say('correct'), width: 80, format: 'text' },
          { header: say('owner'), width: 24, format: 'text' },
          { header: say('due'), width: 14, format: 'text' },
        ],
        rows: lines.map(line => [
          line.sheet,
          line.row,
          line.class,
          line.name,
          line.correct.join(' '),
          line.owner,
          line.dueOn,
        ]),
      },
    ],
    properties: { title: say('title'), createdAt: work.now },
  })
  return Buffer.concat(pieces)
}

/** The same for print: a class a page. */
export async function feedbackPage(
  work: Work,
  rollId: RollId,
  language: Language,
  inClass: string | undefined,
): Promise<string> {
  const say = sayExport(language)
  const { school, schoolYear, asOf, lines } = await feedbackOf(work, rollId, { language, inClass })
  const classes = [...Map.groupBy(lines, line => line.class)]
  const body = html`<main class="sheet print">
<h1>${say('title')}</h1><p>${say('school')}: ${school} · ${say('year')} ${schoolYear} · ${say('asOf')} ${asOf}</p>
${classes.length === 0 ? html`<p>${say('nothing')}</p>` : ''}
${classes.map(
  ([name, theirs]) => html`<section class="page"><h2>${name ? `${say('class')} ${name}` : ''}</h2>
<table><thead>
<tr><th>${say('row')}</th><th>${say('name')}</th><th>${say('correct')}</th><th>${say('owner')}</th></tr>
</thead>
<tbody>${theirs.map(
    line => html`<tr>
<td>${line.row}</td>
<td>${line.name}</td>
<td>${line.correct.map(sentence => html`${sentence}<br>`)}</td>
<td>${line.owner}<br><span class="whole">${line.dueOn}</span></td>
</tr>`,
  )}</tbody></table></section>`,
)}
</main>`
  return page(language, say('title'), body)
}
