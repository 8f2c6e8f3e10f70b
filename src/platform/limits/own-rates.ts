import { ownRates, requestsAMinute } from './law.ts'

/**
 * Requests a minute as an installation counts them: the numbers of law.ts, or those of its operator (setting
 * `requestsAMinute`), since an office knows its own size.
 */

export type RateName = keyof typeof requestsAMinute
type Rates = Readonly<Partial<Record<RateName, number>>>

const rateNames = Object.keys(requestsAMinute) as RateName[]

let own: Rates = {}

/** Takes up the setting for this process, before its doors are made. What cannot be read of it was refused before. */
export function setOwnRates(setting: string): void {
  own = readOwnRates(setting).rates
}

export const requestsAMinuteOf = (name: RateName): number => own[name] ?? requestsAMinute[name]

/** Reads `general=2400, officers-sign-in=3000`; what cannot be read of it, in words. */
export function readOwnRates(text: string): { readonly rates: Rates; readonly wrong?: string } {
  const rates: Partial<Record<RateName, number>> = {}
  for (const part of text.split(',').map(one => one.trim())) {
    if (part === '') continue
    const [, given = '', digits = ''] = /^([a-z-]+) *= *(\d{1,9})$/.exec(part) ?? []
    const name = rateNames.find(one => one === given)
    if (!name) return { rates, wrong: `be NAME=NUMBER, with names of ${rateNames.join(', ')}` }
    if (name in rates) return { rates, wrong: `say ${name} once` }
    const number = Number(digits)
    if (number < ownRates.least || number > ownRates.most)
      return { rates, wrong: `be ${ownRates.least} to ${ownRates.most} for ${name}` }
    rates[name] = number
  }
  return { rates }
}
