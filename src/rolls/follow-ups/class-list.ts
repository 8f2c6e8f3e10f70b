import * as audit from '../../audit/audit.ts'
import { type Day, slashedDay } from '../../platform/day.ts'
import { html, type Language, page } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { rollProblem } from '../problems.ts'
import { type RollId, rollDefects } from '../roll.ts'
import type { RollRow } from '../row.ts'
import * as store from '../store.ts'
import { rollAndRegisterOf } from './evidence.ts'
import { findRowFollowUps, type RowFollowUp } from './row-follow-up.ts'
import { findRowsOfFollowUps } from './store-row.ts'
import { findVisit } from './store-visit.ts'
import { sayExport, sayInClass } from './words.ts'

type ClassTextOf = ReturnType<typeof sayInClass>
type PupilRequest =
  | 'ask-name'
  | 'ask-birth'
  | 'ask-partial'
  | 'ask-sex'
  | 'ask-number'
  | 'ask-missing'
  | 'ask-dc01'
  | 'ask-ward'
type PaperRequest = 'bring-birth' | 'bring-number' | 'bring-dc01'

/**
 * What a pupil is asked for, and which paper helps. The school's own corrections are left out, and a death on record is
 * never read out.
 */
function pupilRequestOf({ defect, owner }: RowFollowUp): readonly [PupilRequest, PaperRequest?] | undefined {
  if (defect === 'residence-differs') return undefined
  if (owner === 'ward') return ['ask-ward']
  if (defect === 'not-in-register') return owner === 'family' ? ['ask-dc01', 'bring-dc01'] : undefined
  if (defect === 'number-missing') return owner === 'family' ? ['ask-missing'] : ['ask-missing', 'bring-number']
  if (/^number-(?:malformed|differs|of-another-person|cancelled)$/.test(defect)) return ['ask-number', 'bring-number']
  if (defect.startsWith('name-')) return ['ask-name', 'bring-birth']
  if (defect === 'birth-date-partial') return ['ask-partial', 'bring-birth']
  if (defect.startsWith('birth-')) return ['ask-birth', 'bring-birth']
  return defect === 'sex-differs' ? ['ask-sex', 'bring-birth'] : undefined
}

const fillSentence = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '')

/** The sentences of one pupil; undefined where there is nothing to hear. */
function pupilSentencesOf(row: RollRow, theirs: readonly RowFollowUp[], say: ClassTextOf): string | undefined {
  const asked = new Map<PupilRequest, string>()
  const bring = new Map<PaperRequest, Day>()
  for (const followUp of theirs.toSorted((a, b) => rollDefects.indexOf(a.defect) - rollDefects.indexOf(b.defect))) {
    const [ask, paper] = pupilRequestOf(followUp) ?? []
    if (!ask) continue
    const { field, roll } = rollAndRegisterOf(followUp.defect, row, undefined)
    const value = field === 'sex' && row.sex ? say(`sex-${row.sex}`) : field === 'birth' ? slashedDay(roll) : roll
    asked.set(ask, fillSentence(say(ask), { roll: value }))
    if (paper && (bring.get(paper) ?? '9') > followUp.dueOn) bring.set(paper, followUp.dueOn)
  }
  // A pupil with a paper to bring is not also asked to do nothing, and one original serves for all.
  if (bring.size > 0) asked.delete('ask-ward')
  if (bring.has('bring-birth') && bring.has('bring-number')) bring.delete('bring-number')
  if (asked.size === 0) return undefined
  const said = [
    ...asked.values(),
    ...[...bring].map(([paper, day]) => fillSentence(say(paper), { day: slashedDay(day) })),
  ]
  return fillSentence(say('pupil'), {
    name: row.name,
    said: said.map((text, i) => (i === 0 ? text : capitalized(text))).join(' '),
  })
}

const capitalized = (text: string) => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)

type PupilSentences = { readonly row: RollRow; readonly text: string }

/**
 * The requests to each class, a class a page: each pupil's own row, in words that a teacher can read out. It has no
 * data of the register, no number, and no other person.
 */
export async function printClassList(
  work: Work,
  rollId: RollId,
  language: Language,
  inClass: string | undefined,
): Promise<string> {
  const roll = await store.findRoll(work, rollId)
  if (!roll) throw rollProblem('roll-unknown')
  if (roll.state !== 'reconciled') throw rollProblem('roll-not-reconciled')
  const say = sayInClass(language)
  const { name } = await units.getSchool(work, roll.schoolId)
  const visit = await findVisit(work, roll.schoolId, roll.schoolYear)
  const open = Map.groupBy(await findRowFollowUps(work, { sourceId: rollId }), ({ place }) => place)
  const rows = await findRowsOfFollowUps(
    work,
    [...open.values()].flatMap(([first]) => first ?? []),
  )
  const heard = rows
    .filter(row => inClass === undefined || (row.class ?? '') === inClass)
    .flatMap((row): PupilSentences[] => {
      const text = pupilSentencesOf(row, open.get(row.place) ?? [], say)
      return text ? [{ row, text }] : []
    })
    .toSorted((a, b) => a.row.place - b.row.place)
  await audit.noteReading(
    work,
    heard.flatMap(({ row }) => row.personId ?? []),
    ['identity'],
  )
  const about = `${name} · ${sayExport(language)('year')} ${roll.schoolYear}`
  return page(language, say('title'), classSheets(heard, say, about, visit?.onDay, inClass))
}

function classSheets(
  heard: readonly PupilSentences[],
  say: ClassTextOf,
  about: string,
  visitOn: Day | undefined,
  inClass: string | undefined,
) {
  const classes = [...Map.groupBy(heard, ({ row }) => row.class ?? '')]
  const visit = visitOn ? html` · ${fillSentence(say('visit'), { day: slashedDay(visitOn) })}` : ''
  const pupils = (count: number) => fillSentence(say('of-pupils'), { n: String(count) })
  const top = (title: string, count: number) => html`<h1>${title}</h1>
<p>${about}${visit} · ${pupils(count)}</p>`
  const titleOf = (inside: string) => `${say('title')}, ${inside ? `${say('class')} ${inside}` : say('no-class')}`
  if (classes.length === 0) {
    const title = inClass ? titleOf(inClass) : say('title')
    return html`<main class="sheet print">${top(title, 0)}<p>${say('nobody')}</p></main>`
  }
  return html`<main class="sheet print">${classes.map(
    ([inside, theirs]) => html`<section class="page">${top(titleOf(inside), theirs.length)}
<p class="quiet">${say('about')}</p>
<ol class="read-out">${theirs.map(({ text }) => html`<li>${text}</li>`)}</ol></section>`,
  )}</main>`
}
