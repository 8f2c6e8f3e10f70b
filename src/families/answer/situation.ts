import * as enrolment from '../../enrolment/enrolment.ts'
import { type Day, dayAfter, dayBefore, daysBetween, weekday } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn, dayInYearIn } from '../../platform/terms/numbers-and-days.ts'
import * as units from '../../units/units.ts'
import { fill } from '../family-frame.ts'
import { weekdayWithin } from '../law.ts'
import { answerText } from './words.ts'

/**
 * Where an application stands, in words that are true on the day: since when, until when the law gives time, and that a
 * limit has passed, where it has. Pure.
 */

export type Situation = {
  readonly text: string
  /** The law's limit, as long as it runs. */
  readonly limit?: string | undefined
  /** It has passed: how long ago, and whom to ask. */
  readonly passed?: string | undefined
}

/** A day near to another, as people say it: today, tomorrow, Tuesday 25 April; a far one with its year. */
export function sayDay(day: Day, today: Day, language: Language): string {
  const tell = answerText(language)
  if (day === today) return tell('today')
  if (day === dayAfter(today)) return tell('tomorrow')
  if (day === dayBefore(today)) return tell('yesterday')
  const short = day.slice(0, 4) === today.slice(0, 4) ? dayInYearIn(day, language) : dayIn(day, language)
  return Math.abs(daysBetween(day, today)) <= weekdayWithin
    ? `${tell(`weekday-${weekday(day)}` as 'weekday-1')} ${short}`
    : short
}

/** The same where a language has a word before it: on 4 May, and tomorrow without one. */
const sayOnDay = (day: Day, today: Day, language: Language): string => {
  const said = sayDay(day, today, language)
  return language === 'vi' || Math.abs(daysBetween(day, today)) <= 1 ? said : `on ${said}`
}

/** States in which the office has the work, so that the law's limit runs. */
const limitRuns: readonly enrolment.ReceiptView['card'][] = [
  'submitted',
  'data-check',
  'correction-pending',
  'sent-to-centre',
  'approved',
  'printed',
  'shipped',
  'lost-in-transit',
  'reprint',
]

function reasonOf({ reason }: enrolment.ReceiptView, language: Language): string {
  if (!reason) return ''
  const tell = enrolment.receiptText(language)
  type Key = Parameters<typeof tell>[0]
  const text = tell(`reason-${reason}` as Key)
  return text === `reason-${reason}` ? tell('reason-other') : text
}

export function situationOf(view: enrolment.ReceiptView, today: Day, language: Language): Situation {
  const tell = answerText(language)
  const unit = view.awaited?.unit ?? view.unit
  const facts = {
    unit,
    taken: view.unit,
    since: sayDay(view.since, today, language),
    reason: reasonOf(view, language),
    by: view.awaited?.by ? sayDay(view.awaited.by, today, language) : '',
    code: view.code,
  }
  const key = `at-${view.card}` as const
  const isAsked = view.awaited?.who === 'you' && view.awaited.by !== undefined
  const until = isAsked && view.awaited?.by
  const text = [
    fill(tell(key), facts),
    facts.reason && until !== false && view.card !== 'refused' ? facts.reason : '',
    until ? fill(tell(until < today ? 'asked-passed' : 'asked-by'), facts) : '',
  ]
  const joined = text.filter(Boolean).join('. ').replaceAll('..', '.')
  const { limit } = view
  if (!limit || !limitRuns.includes(view.card)) return { text: joined }

  const n = units.workingDaysBetween(limit.from, limit.dueOn)
  const due = sayOnDay(limit.dueOn, today, language)
  if (limit.dueOn >= today) return { text: joined, limit: fill(tell('limit-ends'), { n, due }) }
  const late = units.workingDaysBetween(limit.dueOn, today)
  const passed = tell(late === 0 ? 'limit-passed-just' : late === 1 ? 'limit-passed-one' : 'limit-passed')
  return {
    text: joined,
    passed: `${fill(passed, { n, due, late })} ${fill(tell(view.code ? 'ask-with-code' : 'ask'), {
      unit: view.unit,
      code: view.code,
    })}`,
  }
}
