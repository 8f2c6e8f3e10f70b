import type { SafeDayOfDeadline } from '../../../src/campaign/contract.ts'
import { basisText } from '../../../src/platform/pages/law-mark.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { LawMark } from './law-mark.tsx'

type SafeDaysProps = {
  readonly days: readonly SafeDayOfDeadline[]
  readonly today: string
}

/** Until when one still asks in time by the law's time limits, for each deadline; beside the estimate of the board. */
export function LastSafeDays({ days, today }: SafeDaysProps) {
  const { say, language } = useLanguage()
  if (days.length === 0) return null
  // Two campaigns may ask for the same by the same day.
  const lines = new Map(days.map(one => [`${one.what} ${one.by} ${one.lastSafeOn}`, one]))
  return (
    <section className="last-safe-days">
      <h2 className="quiet">{say('last-safe-title')}</h2>
      {[...lines].map(([key, { by, what, lastSafeOn, officeOn, workingDays, law }]) => (
        <p key={key}>
          {say(`last-safe-${what}`, { by: dayText(by), day: dayText(lastSafeOn), n: numberText(workingDays) })}{' '}
          {officeOn !== lastSafeOn && say('last-safe-office', { day: dayText(officeOn) })}{' '}
          {lastSafeOn < today && <span className="late-text">{say('last-safe-over')}</span>}{' '}
          <span className="small">{basisText(law, language)}</span> <LawMark law={law} />
        </p>
      ))}
    </section>
  )
}
