import * as audit from '../../audit/audit.ts'
import { hashToken } from '../../platform/http/cookie-tokens.ts'
import { newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { type HolderRef, inFactorScope, subjectOfHolder } from './factors.ts'
import { notifyHolderOfChange } from './notify-change.ts'
import { factorProblem } from './problems.ts'
import * as devices from './store-device.ts'
import { foreignBrowserOf } from './whose-browser.ts'

export type { Device } from './store-device.ts'

/** Whether a device cookie belongs to the browser in which the account is used. */
export const isKnownDevice = (work: Work, holder: HolderRef, deviceToken: string): Promise<boolean> =>
  inFactorScope(work, house => devices.isCurrentDevice(house, holder, hashToken(deviceToken)))

/**
 * Makes a browser the account's only device (domain.md 3C), ends the former one and notifies the holder. Repeating it
 * only records that the device was seen. Throws account-officer-device if officers sign in from this browser, because
 * people whose account an officer had activated on the officer's phone were locked out later, and account-helper-device
 * if a helping neighbour holds it. `reset`: by a slip, of which the holder is told apart.
 */
export const registerDevice = (
  work: Work,
  holder: HolderRef,
  deviceToken: string,
  browser: string,
  why: 'replaced' | 'reset' = 'replaced',
): Promise<void> =>
  inFactorScope(work, async house => {
    const foreign = await foreignBrowserOf(house, { device: deviceToken })
    if (foreign) throw factorProblem(`account-${foreign}`)
    await devices.holdAccountOfDevice(house, holder)
    const deviceHash = hashToken(deviceToken)
    if (await devices.isCurrentDevice(house, holder, deviceHash)) return devices.markDeviceSeen(house, holder)

    const former = await devices.endCurrentDevice(house, holder, why)
    if (former) {
      await audit.record(house, 'device.ended', subjectOfHolder(holder), { device: former, why })
      if (why === 'replaced') await notifyHolderOfChange(house, holder, 'changed-device')
    }
    const id = newId<'device'>(house.now)
    await devices.insertDevice(house, holder, { id, deviceHash, browser: browser.slice(0, 300) })
    await audit.record(house, 'device.known', subjectOfHolder(holder), { device: id })
  })

/** Ends the account's device until another is registered. Gives whether there was one. */
export const endDevice = (
  work: Work,
  holder: HolderRef,
  reason: 'lost' | 'locked' | 'representative',
): Promise<boolean> =>
  inFactorScope(work, async house => {
    const ended = await devices.endCurrentDevice(house, holder, reason)
    if (ended) await audit.record(house, 'device.ended', subjectOfHolder(holder), { device: ended, why: reason })
    return ended !== undefined
  })

/** The account's browsers, present and former, the latest first. */
export const listDevices = (work: Work, holder: HolderRef): Promise<devices.Device[]> =>
  inFactorScope(work, house => devices.findDevices(house, holder))
