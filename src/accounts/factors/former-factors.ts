import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { type HolderRef, subjectOfHolder } from './factors.ts'
import * as store from './store.ts'
import * as devices from './store-device.ts'

/** What a reset by slip replaces: kept while the holder can stop it. Absent where there was none. */
export type FormerFactors = { readonly passcode?: string | undefined; readonly device?: string | undefined }

/** The passcode's hash and the device of an account, to be kept beside the slip that replaces them. */
export async function readFactorsToReplace(house: Work, holder: HolderRef): Promise<FormerFactors> {
  return {
    passcode: await store.findPasscodeHash(house, holder),
    device: await devices.findCurrentDeviceId(house, holder),
  }
}

/**
 * Puts back what a slip replaced, the passcode only if nobody has chosen another since: its holder did, with a recovery
 * code of theirs. In a work that sees what holders prove themselves by.
 */
export async function restoreFactors(
  house: Work,
  holder: HolderRef,
  former: FormerFactors,
  replacedUntil: Date,
): Promise<void> {
  if (!(await store.restorePasscode(house, holder, former.passcode, replacedUntil))) return
  await audit.record(house, former.passcode ? 'passcode.set' : 'factor.removed', subjectOfHolder(holder), {
    ...(former.passcode ? { by: 'slip-stopped' } : { factor: 'passcode' }),
  })
  const ended = await devices.endCurrentDevice(house, holder, 'stopped')
  if (ended) await audit.record(house, 'device.ended', subjectOfHolder(holder), { device: ended, why: 'stopped' })
  if (former.device && (await devices.reopenDevice(house, holder, former.device)))
    await audit.record(house, 'device.known', subjectOfHolder(holder), { device: former.device, again: true })
}
