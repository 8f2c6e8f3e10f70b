import { type Html, html } from '../platform/pages/html.ts'
import type { RecordView } from './citizens.ts'
import { dayOfInstantText, dayText, type FactRow, factsHtml, numberHtml, partialDayText } from './formats.ts'
import { type CitizenFrame, pageInFrame } from './page-frame.ts'
import type { CitizenTextKey } from './words.ts'

/**
 * Fields of corrections and of the history, by the words for them; what is of other people stands there without its
 * values.
 */
const fieldKeys: Readonly<{ [field: string]: CitizenTextKey }> = {
  full_name: 'name',
  birth_date: 'birth',
  sex: 'sex',
  ethnicity: 'ethnicity',
  religion: 'religion',
  nationality: 'nationality',
  hometown: 'hometown',
  number: 'number',
  number_released: 'number-released',
}

export const fieldText = ({ tell }: Pick<CitizenFrame, 'tell'>, field: string): string =>
  tell(fieldKeys[field] ?? 'field-other')

export const isOwnField = (field: string): boolean => Object.hasOwn(fieldKeys, field)

const linesHtml = (parts: readonly (Html | string)[]): Html | undefined =>
  parts.length === 0 ? undefined : html`${parts.map(part => html`<span class="line">${part}</span>`)}`

/** The record as the register keeps it: terms and values. Of kin, only what stands in the person's own record. */
export function recordFacts(
  { language, tell }: Pick<CitizenFrame, 'language' | 'tell'>,
  { person, residences }: RecordView,
): FactRow[] {
  const former = person.numbers.filter(({ state }) => state === 'cancelled').map(({ number }) => numberHtml(number))
  return [
    [tell('number'), person.number ? numberHtml(person.number) : tell('unknown')],
    [tell('number-former'), linesHtml(former)],
    [tell('number-old'), linesHtml(person.oldNumbers)],
    [tell('name'), person.fullName],
    [tell('birth'), partialDayText(person.birthDate, language)],
    [tell('sex'), tell(`sex-${person.sex}`)],
    [tell('ethnicity'), person.ethnicity],
    [tell('religion'), person.religion],
    [tell('nationality'), person.nationality],
    [tell('hometown'), person.hometown],
    ...residences
      .filter(({ to }) => to === undefined)
      .map(
        ({ kind, place, from }): FactRow => [
          tell(`residence-${kind}`),
          from ? `${place} (${tell('since')} ${dayText(from, language)})` : place,
        ],
      ),
    [tell('household'), person.household?.number],
    ...person.kin.map(({ relation, name }): FactRow => [tell(`kin-${relation}`), name]),
    [tell('record-phones'), linesHtml(person.phones)],
  ]
}

function historyHtml(frame: CitizenFrame, { person }: RecordView): Html | false {
  const { tell } = frame
  if (person.history.length === 0) return false
  return html`<h2>${tell('history')}</h2><ul class="plain">${person.history.slice(0, 50).map(change => {
    const value = (text: string | undefined) => text || tell('empty-value')
    const field = fieldText(frame, change.field)
    const told = isOwnField(change.field)
      ? tell('history-line', { field, old: value(change.old), new: value(change.new) })
      : field
    return html`<li><span class="hint">${dayOfInstantText(change.at, frame.language)}</span> ${told}</li>`
  })}</ul>`
}

/** What the register has of a person, and first how it is mended. */
export function recordPage(frame: CitizenFrame, record: RecordView): string {
  const { tell } = frame
  const open = record.corrections.filter(({ state }) => state === 'proposed' || state === 'forwarded')
  return pageInFrame(
    frame,
    tell('go-record'),
    html`${factsHtml(recordFacts(frame, record))}
<h2>${tell('record-wrong')}</h2><p>${tell('record-wrong-how')}</p>
${record.office && factsHtml([[tell('record-where'), record.office]])}
${
  open.length > 0 &&
  html`<h2>${tell('record-open')}</h2><ul class="plain">${open.map(
    ({ changes, dueOn }) =>
      html`<li>${changes.map(({ field }) => fieldText(frame, field)).join(', ')}, ${tell('record-due', {
        day: dayText(dueOn, frame.language),
      })}</li>`,
  )}</ul>`
}
${historyHtml(frame, record)}`,
  )
}
