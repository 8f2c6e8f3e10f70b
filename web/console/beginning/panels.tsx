import { useState } from 'react'
import { Chip, type ChipKind } from '../../parts/chip.tsx'
import { dayText, decimalText, instantText, numberText } from '../../parts/formats.ts'
import { useLanguage, useSay } from '../base/language.tsx'
import { type Beginning, type Duty, missingUnits } from './beginning.ts'

/** So many units are named before the rest is counted. */
const namedUnits = 4

const dutyKeys = ['capture', 'approve', 'approve-province', 'inspect', 'accept'] as const

function useDutyName() {
  const say = useSay()
  return ({ duty }: Duty) => {
    const known = dutyKeys.find(key => key === duty)
    return known ? say(`duty-${known}`) : say('duty-other')
  }
}

/** Why the step of officers is not done: each duty with the units that have nobody. */
export function DutiesPanel({ told: { duties } }: { told: Beginning }) {
  const say = useSay()
  const nameOf = useDutyName()
  return (
    <div>
      <h2>{say('begin-duties-title')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard too */}
      <section className="sideways" aria-label={say('begin-duties-title')} tabIndex={0}>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{say('duty-name')}</th>
              <th scope="col">{say('duty-least')}</th>
              <th scope="col" className="end">
                {say('duty-has')}
              </th>
              <th scope="col" className="end">
                {say('duty-lacks')}
              </th>
              <th scope="col">{say('duty-which')}</th>
            </tr>
          </thead>
          <tbody>
            {duties.map(duty => (
              <tr key={duty.duty}>
                <th scope="row">{nameOf(duty)}</th>
                <td className="quiet">
                  {say(duty.units > 1 ? 'least-each' : duty.least > 1 ? 'least-two' : 'least-one', {
                    n: numberText(duty.least),
                  })}
                </td>
                <td className="end figures">{numberText(duty.units === 1 ? duty.held : duty.filled)}</td>
                <td className="end figures">
                  {numberText(duty.units === 1 ? Math.max(0, duty.least - duty.held) : missingUnits(duty))}
                </td>
                <td className="small">
                  <MissingUnits duty={duty} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

function MissingUnits({ duty }: { duty: Duty }) {
  const say = useSay()
  const named = duty.missing.slice(0, namedUnits).map(({ name }) => name)
  const rest = missingUnits(duty) - named.length
  const units = named.join(', ')
  return rest > 0 ? say('missing-units', { units, n: numberText(rest) }) : units
}

/** Clocks that are further apart than this need a hand. */
const tolerableSeconds = 2

/** What the operator sees to: backup, clock, law to come, sending, scanner. */
export function ServerPanel({ told: { server }, readAt }: { told: Beginning; readAt: number }) {
  const say = useSay()
  const { language } = useLanguage()
  // The moment at which the answer came, against the one at which the server gave it.
  const [apart] = useState(() => Math.abs(readAt - Date.parse(server.now)) / 1000)
  const seconds = decimalText(apart, 1)
  const lines: readonly (readonly [name: string, kind: ChipKind, text: string])[] = [
    server.backupAt
      ? [say('server-backup'), 'done', say('server-backup-made', { day: instantText(server.backupAt).day })]
      : [say('server-backup'), 'waiting', say('server-backup-none')],
    ...physicalLines(server, say),
    server.believedAt
      ? [say('server-date'), 'late', say('server-date-doubted', { day: instantText(server.believedAt).day })]
      : [say('server-clock'), apart > tolerableSeconds ? 'waiting' : 'done', say('server-clock-off', { n: seconds })],
    server.lawIsKnown
      ? [say('server-law', { day: dayText(server.lawNeededUntil) }), 'done', say('server-law-known')]
      : [
          say('server-law', { day: dayText(server.lawNeededUntil) }),
          'waiting',
          say('server-law-missing', { day: dayText(server.holidaysKnownUntil) }),
        ],
    [say('server-mail'), ...setOrNot(server.sendsMail, say)],
    [say('server-sms'), ...setOrNot(server.sendsMessages, say)],
    server.scanner === 'works'
      ? [say('server-scanner'), 'done', say('server-scanner-works')]
      : server.scanner === 'none'
        ? [say('server-scanner'), 'not-begun', say('server-not-set')]
        : [say('server-scanner'), 'late', say('server-scanner-wrong')],
  ]
  return (
    <section className="server-panel" aria-labelledby="server" lang={language}>
      <h2 id="server">{say('server-title')}</h2>
      <dl>
        {lines.map(([name, kind, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Chip kind={kind}>{text}</Chip>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small">{say('server-note')}</p>
    </section>
  )
}

type ServerLine = readonly [name: string, kind: ChipKind, text: string]

const drillWords = { ok: 'server-drill-ok', findings: 'server-drill-findings', failed: 'server-drill-failed' } as const

/** The base backup and the drill, where they are made at all. */
function physicalLines(
  { makesBaseBackups, baseBackupAt, drill }: Beginning['server'],
  say: ReturnType<typeof useSay>,
): ServerLine[] {
  if (!makesBaseBackups) return [[say('server-base-backup'), 'not-begun', say('server-not-set')]]
  return [
    baseBackupAt
      ? [say('server-base-backup'), 'done', say('server-backup-made', { day: instantText(baseBackupAt).day })]
      : [say('server-base-backup'), 'waiting', say('server-backup-none')],
    drill
      ? [
          say('server-drill'),
          drill.outcome === 'ok' ? 'done' : 'late',
          say(drillWords[drill.outcome], { day: instantText(drill.at).day }),
        ]
      : [say('server-drill'), 'waiting', say('server-backup-none')],
  ]
}

const setOrNot = (isSet: boolean, say: ReturnType<typeof useSay>): [ChipKind, string] =>
  isSet ? ['done', say('server-set')] : ['not-begun', say('server-not-set')]
