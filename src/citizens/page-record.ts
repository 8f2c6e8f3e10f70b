import { type Html, html } from '../platform/pages/html.ts'
import type { Record } from './citizens.ts'
import { type Frame, framed } from './page-frame.ts'
import { dayShown, type Fact, factsShown, numberShown, onDay, partialShown } from './shown.ts'
import type { WordKey } from './words.ts'

/**
 * Fields of corrections and of the history, by the words for them; what is of other people stands there without its
 * values.
 */
const fieldKeys: Readonly<{ [field: string]: WordKey }> = {
  full_name: 'name',
  birth_date: 'birth',
  sex: 'sex',
  ethnicity: 'ethnicity',
  religion: 'religion',
  nationality: 'nationality',
  hometown: 'hometown',
  number: 'number',
}

export const fieldTold = ({ tell }: Pick<Frame, 'tell'>, field: string): string =>
  tell(fieldKeys[field] ?? 'field-other')

export const isOwnField = (field: string): boolean => Object.hasOwn(fieldKeys, field)

const several = (parts: readonly (Html | string)[]): Html | undefined =>
  parts.length === 0 ? undefined : html`${parts.map(part => html`<span class="line">${part}</span>`)}`

/** The record as the register keeps it: terms and values. Of kin, only what stands in the person's own record. */
export function recordFacts({ tell }: Pick<Frame, 'tell'>, { person, residences }: Record): Fact[] {
  const former = person.numbers.filter(({ state }) => state === 'cancelled').map(({ number }) => numberShown(number))
  return [
    [tell('number'), person.number ? numberShown(person.number) : tell('unknown')],
    [tell('number-former'), several(former)],
    [tell('number-old'), several(person.oldNumbers)],
    [tell('name'), person.fullName],
    [tell('birth'), partialShown(person.birthDate)],
    [tell('sex'), tell(`sex-${person.sex}`)],
    [tell('ethnicity'), person.ethnicity],
    [tell('religion'), person.religion],
    [tell('nationality'), person.nationality],
    [tell('hometown'), person.hometown],
    ...residences
      .filter(({ to }) => to === undefined)
      .map(
        ({ kind, place, from }): Fact => [
          tell(`residence-${kind}`),
          from ? `${place} (${tell('since')} ${dayShown(from)})` : place,
        ],
      ),
    [tell('household'), person.household?.number],
    ...person.kin.map(({ relation, name }): Fact => [tell(`kin-${relation}`), name]),
    [tell('record-phones'), several(person.phones)],
  ]
}

function historyShown(frame: Frame, { person }: Record): Html | false {
  const { tell } = frame
  if (person.history.length === 0) return false
  return html`<h2>${tell('history')}</h2><ul class="plain">${person.history.slice(0, 50).map(change => {
    const value = (text: string | undefined) => text || tell('empty-value')
    const field = fieldTold(frame, change.field)
    const told = isOwnField(change.field)
      ? tell('history-line', { field, old: value(change.old), new: value(change.new) })
      : field
    return html`<li><span class="hint">${onDay(change.at)}</span> ${told}</li>`
  })}</ul>`
}

/** What the register has of a person, and first how it is mended. */
export function recordPage(frame: Frame, record: Record): string {
  const { tell } = frame
  const open = record.corrections.filter(({ state }) => state === 'proposed' || state === 'forwarded')
  return framed(
    frame,
    tell('go-record'),
    html`${factsShown(recordFacts(frame, record))}
<h2>${tell('record-wrong')}</h2><p>${tell('record-wrong-how')}</p>
${record.office && factsShown([[tell('record-where'), record.office]])}
${
  open.length > 0 &&
  html`<h2>${tell('record-open')}</h2><ul class="plain">${open.map(
    ({ changes, dueOn }) =>
      html`<li>${changes.map(({ field }) => fieldTold(frame, field)).join(', ')}, ${tell('record-due', { day: dayShown(dueOn) })}</li>`,
  )}</ul>`
}
${historyShown(frame, record)}`,
  )
}
