import type { Mischief } from './mischief.ts'
import type { CentreStore } from './store.ts'

/** How the centre decides: each number once, each account once, a person compared. */

export type Answer = {
  readonly outcome: 'granted' | 'returned' | 'rejected'
  readonly answer?: Readonly<Record<string, unknown>>
  readonly code?: string
  readonly note?: string
}

type Body = Readonly<Record<string, unknown>>

/** The first free number of a province, sex and year (NĐ137/2015 Art. 13: century and sex in the fourth digit). */
export function giveNumber({ state }: CentreStore, body: Body, asked: string): string {
  const year = Number(String(body['birthDate']).slice(0, 4))
  const code = 2 * (Math.floor(year / 100) - 19) + (body['sex'] === 'F' ? 1 : 0)
  const stem = `${body['birthRegistrationCode']}${code}${String(year % 100).padStart(2, '0')}`
  for (let at = 900_000; ; at++) {
    const number = `${stem}${at}`
    if (state.numbers[number] === undefined && !state.cancelled?.includes(number)) {
      state.numbers[number] = asked
      return number
    }
  }
}

/** A cancelled number is given to nobody again; of one that was given elsewhere the centre learns here. */
function setCancelled({ state }: CentreStore, kind: string, body: Body): Answer {
  const number = String(body['number'])
  const others = (state.cancelled ?? []).filter(one => one !== number)
  state.cancelled = kind === 'number.cancellation' ? [...others, number] : others
  return { outcome: 'granted', answer: { number } }
}

const lookUp = ({ persons }: CentreStore, body: Body): Answer => {
  const found = persons.find(
    ({ number, fullName, birthDate }) =>
      number === body['number'] && fullName === body['fullName'] && birthDate === body['birthDate'],
  )
  if (!found) return { outcome: 'granted', answer: { found: false } }
  const { fullName, birthDate, sex, ward, number } = found
  return { outcome: 'granted', answer: { found: true, fullName, birthDate, sex, ward, lastDigits: number.slice(-2) } }
}

/** Decides on what is asked. */
export function decide(centre: CentreStore, id: string, kind: string, body: Body, mischief: Mischief): Answer {
  if (kind !== 'person.look-up' && mischief.does('return'))
    return { outcome: 'returned', code: 'papers-unclear', note: 'Bản chụp giấy khai sinh không rõ, đề nghị bổ sung.' }
  if (kind !== 'person.look-up' && mischief.does('reject'))
    return {
      outcome: 'rejected',
      code: 'known-already',
      note: 'Người này đã có trong Cơ sở dữ liệu quốc gia về dân cư.',
    }
  if (kind === 'number.request') return { outcome: 'granted', answer: { number: giveNumber(centre, body, id) } }
  if (kind === 'number.cancellation' || kind === 'number.reinstatement') return setCancelled(centre, kind, body)
  if (kind === 'person.look-up') return lookUp(centre, body)
  centre.state.accounts += 1
  return { outcome: 'granted', answer: { reference: `TK-${String(centre.state.accounts).padStart(8, '0')}` } }
}
