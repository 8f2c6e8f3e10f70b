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

/** Whether a device cookie belongs to the browser in which the account is used. */
export const isKnownDevice = (work: Work, holder: HolderRef, deviceToken: string): Promise<boolean> =>
  withFactors(work, house => devices.isCurrent(house, holder, hashOf(deviceToken)))

/** Notifies the holder of a change by the account's phone. A holder without a phone gets no message. */
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
 * Makes a browser the account's only device (domain.md 3C), ends the former one and notifies the holder. Repeating it
 * only records that the device was seen. Throws account-officer-device if officers sign in from this browser, because
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

/** Ends the account's device until another is registered. Gives whether there was one. */
export const endDevice = (work: Work, holder: HolderRef, why: 'lost' | 'locked' | 'representative'): Promise<boolean> =>
  withFactors(work, async house => {
    const ended = await devices.end(house, holder, why)
    if (ended) await audit.record(house, 'device.ended', subjectOf(holder), { device: ended, why })
    return ended !== undefined
  })

/** The account's browsers, present and former, the latest first. */
export const devicesOf = (work: Work, holder: HolderRef): Promise<devices.Device[]> =>
  withFactors(work, house => devices.devicesOf(house, holder))
