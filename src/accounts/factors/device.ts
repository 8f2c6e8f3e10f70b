import * as audit from '../../audit/audit.ts'
import * as outreach from '../../outreach/outreach.ts'
import { hashOf } from '../../platform/http/csrf.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as holders from '../store-holder.ts'
import { type HolderRef, subjectOf, withFactors } from './factors.ts'
import { factorProblem } from './problems.ts'
import * as devices from './store-device.ts'
import { say } from './words.ts'

export type { Device } from './store-device.ts'

/** Whether the browser of a device cookie is the one in which the account is used. */
export const isKnownDevice = (work: Work, holder: HolderRef, deviceToken: string): Promise<boolean> =>
  withFactors(work, house => devices.isCurrent(house, holder, hashOf(deviceToken)))

/** Tells the holder, by the phone of the account, what became of it; who has no phone is told nothing. */
export async function tellHolder(
  work: Work,
  holder: HolderRef,
  what: 'changed-app' | 'changed-codes' | 'changed-device' | 'changed-passcode' | 'changed-passkey' | 'changed-slip',
) {
  const phone = await holders.phoneOf(work, holder)
  if (!phone) return
  await outreach.send(work, {
    template: 'account-changed',
    facts: { what: { vi: say('vi')(what), en: say('en')(what) }, on: work.today },
    language: 'vi',
    to: { kind: 'phone', number: phone },
    about: { kind: 'account', id: holder.accountId, personId: holder.personId },
  })
}

/**
 * Makes a browser the account's device: one at a time (domain.md 3C). The former one's is over, and the holder is told.
 * The same again only notes that it was seen. Throws account-officer-device where officers sign in from this browser:
 * people whose account an officer had activated on the officer's phone were locked out later.
 */
export const knowDevice = (work: Work, holder: HolderRef, deviceToken: string, browser: string): Promise<void> =>
  withFactors(work, async house => {
    if (await staff.isOfficersBrowser(house, { device: deviceToken })) throw factorProblem('account-officer-device')
    await devices.holdAccount(house, holder)
    const deviceHash = hashOf(deviceToken)
    if (await devices.isCurrent(house, holder, deviceHash)) return devices.see(house, holder)

    const former = await devices.end(house, holder, 'replaced')
    if (former) {
      await audit.record(house, 'device.ended', subjectOf(holder), { device: former, why: 'replaced' })
      await tellHolder(house, holder, 'changed-device')
    }
    const id = newId<'device'>(house.now)
    await devices.add(house, holder, { id, deviceHash, browser: browser.slice(0, 300) })
    await audit.record(house, 'device.known', subjectOf(holder), { device: id })
  })

/** The account is on no device any more, until another is made known. Gives whether it was on one. */
export const endDevice = (work: Work, holder: HolderRef, why: 'lost' | 'locked' | 'representative'): Promise<boolean> =>
  withFactors(work, async house => {
    const ended = await devices.end(house, holder, why)
    if (ended) await audit.record(house, 'device.ended', subjectOf(holder), { device: ended, why })
    return ended !== undefined
  })

/** The browsers in which the account is and was used, the latest first. */
export const devicesOf = (work: Work, holder: HolderRef): Promise<devices.Device[]> =>
  withFactors(work, house => devices.devicesOf(house, holder))
