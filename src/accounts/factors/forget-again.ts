import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { endDevice, listDevices } from './device.ts'
import { inFactorScope, subjectOfHolder } from './factors.ts'
import { forgetPasskeys } from './passkey.ts'
import { dropSecrets, setRecoveryCodes } from './store.ts'
import * as restored from './store-after-restore.ts'
import { forgetTotp } from './totp.ts'

/** What is true of factors again after a database was set back to an earlier moment. */

type Line = Pick<audit.JournalLine, 'of' | 'facts'>

type FactorKind = 'passcode' | 'recovery-codes' | 'totp' | 'passkey' | 'device'

const forgetters: Readonly<
  Record<FactorKind, (work: Work, holder: restored.HolderWithFactors, line: Line) => Promise<unknown>>
> = {
  passcode: (work, holder) =>
    inFactorScope(work, async house => {
      for (const factor of await dropSecrets(house, holder))
        await audit.record(house, 'factor.removed', subjectOfHolder(holder), { factor })
    }),
  'recovery-codes': (work, holder) =>
    inFactorScope(work, async house => {
      if (await setRecoveryCodes(house, holder, []))
        await audit.record(house, 'factor.removed', subjectOfHolder(holder), { factor: 'recovery-codes' })
    }),
  totp: (work, holder) => forgetTotp(work, holder),
  passkey: (work, holder) => forgetPasskeys(work, holder),
  device: async (work, holder, { facts }) => {
    const current = (await listDevices(work, holder)).find(({ endedAt }) => !endedAt)
    if (current && current.id === facts?.['device']) await endDevice(work, holder, 'lost')
  },
}

const factorOf = ({ facts }: Line): FactorKind =>
  (Object.keys(forgetters) as FactorKind[]).find(kind => kind === facts?.['factor']) ?? 'passcode'

/**
 * Factors that were replaced, used up or removed since: those of before count no more. A holder without a passcode
 * makes one anew as if it were forgotten.
 */
export async function forgetFactorsAgain(work: Work, lines: readonly Line[]): Promise<audit.Again[]> {
  const holders = await inFactorScope(work, house =>
    restored.findHoldersWithFactors(
      house,
      lines.map(({ of }) => of),
    ),
  )
  const outcomes: audit.Again[] = []
  for (const line of lines) {
    const holder = holders.get(line.of)
    const kind = factorOf(line)
    if (!holder) outcomes.push('unknown')
    else if (!holder.factors.includes(kind)) outcomes.push('already')
    else {
      await forgetters[kind](work, holder, line)
      outcomes.push('again')
    }
  }
  return outcomes
}
