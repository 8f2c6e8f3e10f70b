import { numberText } from '../../parts/formats.ts'
import { findFingerDevice } from '../capture-steps/capture-components.ts'
import type { ClockRow, Keep } from '../keep/database.ts'
import { tolerated } from '../keep/trusted-clock.ts'
import { roomFor } from '../running/disk-space.ts'
import { isKept } from '../running/version.ts'
import type { Say } from '../words/language.tsx'

/** Whether the machine is fit for a session: what is so of each thing, and what to do where it is not. */

export type Check = {
  readonly name: string
  readonly verdict: 'good' | 'poor' | 'unknown'
  readonly found: string
  readonly todo?: string
}

type Asked = { readonly keep: Keep; readonly people: number; readonly clock: ClockRow | undefined; readonly say: Say }

async function stored({ say }: Asked): Promise<Check> {
  // Asking is what makes a browser promise; it may do so only once the app was installed or is used often.
  const lasting = (await navigator.storage?.persist?.()) ?? false
  return lasting
    ? { name: say('check-stored'), verdict: 'good', found: say('check-stored-good') }
    : { name: say('check-stored'), verdict: 'poor', found: say('check-stored-poor'), todo: say('check-stored-todo') }
}

async function room({ keep, say, people }: Asked): Promise<Check> {
  const here = await roomFor(keep)
  if (!here)
    return { name: say('check-room'), verdict: 'unknown', found: say('verdict-unknown'), todo: say('check-room-todo') }
  const so = say('check-room-good', { n: Math.min(here.people, 9999), people })
  const found = here.kept > 0 ? `${so}; ${say('check-room-kept', { size: megabytes(here.kept) })}` : so
  return here.people >= people
    ? { name: say('check-room'), verdict: 'good', found }
    : { name: say('check-room'), verdict: 'poor', found, todo: say('check-room-todo') }
}

/** 'under 1 MB' is said as 1. */
export const megabytes = (bytes: number) => numberText(Math.max(1, Math.round(bytes / 1024 / 1024)))

async function clockRight({ say, clock }: Asked): Promise<Check> {
  const name = say('check-clock')
  if (clock?.ahead === undefined) return { name, verdict: 'unknown', found: say('check-clock-unknown') }
  const off = Math.abs(clock.ahead)
  return off <= tolerated
    ? { name, verdict: 'good', found: say('check-clock-good', { n: Math.round(off / 1000) }) }
    : {
        name,
        verdict: 'poor',
        found: say('check-clock-poor', { n: Math.round(off / 60_000) }),
        todo: say('check-clock-todo'),
      }
}

async function offline({ say }: Asked): Promise<Check> {
  return (await isKept())
    ? { name: say('check-offline'), verdict: 'good', found: say('check-offline-good') }
    : { name: say('check-offline'), verdict: 'poor', found: say('check-offline-poor'), todo: say('check-offline-todo') }
}

async function camera({ say }: Asked): Promise<Check> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  const n = devices.filter(({ kind }) => kind === 'videoinput').length
  return n > 0
    ? { name: say('check-camera'), verdict: 'good', found: say('check-camera-good', { n }) }
    : { name: say('check-camera'), verdict: 'poor', found: say('check-camera-poor'), todo: say('check-camera-todo') }
}

async function fingers({ say }: Asked): Promise<Check> {
  const name = await findFingerDevice()
  return name
    ? { name: say('check-fingers'), verdict: 'good', found: say('check-fingers-good', { name }) }
    : { name: say('check-fingers'), verdict: 'poor', found: say('check-fingers-poor'), todo: say('check-fingers-todo') }
}

const printer = async ({ say }: Asked): Promise<Check> => ({
  name: say('check-printer'),
  verdict: 'unknown',
  found: say('check-printer-hint'),
  todo: say('check-printer-todo'),
})

type Battery = { readonly level: number; readonly charging: boolean }

async function battery({ say }: Asked): Promise<Check | undefined> {
  const asking = (navigator as { getBattery?: () => Promise<Battery> }).getBattery
  const found = await asking?.call(navigator).catch(() => undefined)
  if (!found) return undefined
  const n = Math.round(found.level * 100)
  const text = say('check-battery-good', { n, how: say(found.charging ? 'battery-charging' : 'battery-alone') })
  return n >= 80 || found.charging
    ? { name: say('check-battery'), verdict: 'good', found: text }
    : { name: say('check-battery'), verdict: 'poor', found: text, todo: say('check-battery-todo') }
}

const all = [stored, room, clockRight, offline, camera, fingers, printer, battery]

/** Tells each as soon as it is known: a scanner is looked for on a hundred ports, and the disk is not. */
export function checkMachine(asked: Asked, tell: (at: number, check: Check | undefined) => void): void {
  for (const [at, check] of all.entries())
    check(asked).then(
      found => tell(at, found),
      () => tell(at, undefined),
    )
}
