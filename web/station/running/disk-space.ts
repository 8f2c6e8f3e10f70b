import { useEffect, useState } from 'react'
import { stationLimits } from '../../../src/enrolment/law.ts'
import { freeOldest, ifRoom, keptBytes } from '../keep/acknowledged-packets.ts'
import type { Keep } from '../keep/database.ts'

export type Estimate = { readonly quota?: number; readonly usage?: number }

const estimated = async (): Promise<Estimate> => (await navigator.storage?.estimate?.()) ?? {}

/** By how much Chromium may say too much: it rounds what is free up to whole GiB. */
const roundedUp = 1024 ** 3

/** Bytes that are free for sure, by what the browser says; undefined where it does not say. */
const freeIn = ({ quota, usage = 0 }: Estimate): number | undefined =>
  quota === undefined ? undefined : Math.max(0, quota - usage - roundedUp)

/** What one person may weigh at most on the average: portrait, ten fingers with their signed records, signature. */
export const bytesAPerson = 2 * 1024 * 1024

/** Below this an officer is told, and what is kept of packets that the house has goes. */
export const littleRoom = stationLimits.littleRoomForPeople

export type Room = {
  readonly people: number
  /** Bytes of packets that the house has: counted as room, since they go when it is wanted. */
  readonly kept: number
}

/** For how many people there is room; undefined where the browser does not say. */
export async function roomFor(
  keep: Pick<Keep, 'db'>,
  estimate: () => Promise<Estimate> = estimated,
): Promise<Room | undefined> {
  const [free, kept] = [freeIn(await estimate()), await keptBytes(keep)]
  return free === undefined ? undefined : { people: Math.floor((free + kept) / bytesAPerson), kept }
}

/** Lets go of what the house has, the oldest first, before the disk is full under somebody's hands. */
export async function makeRoom(keep: Pick<Keep, 'db'>, estimate: () => Promise<Estimate> = estimated): Promise<void> {
  const free = freeIn(await estimate())
  const lacking = free === undefined ? 0 : littleRoom * bytesAPerson - free
  if (lacking > 0) await freeOldest(keep, lacking)
}

/** The room, read anew whenever a packet came or went. */
export function useRoom(keep: Keep, packets: number): Room | undefined {
  const [room, setRoom] = useState<Room>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each packet takes room
  useEffect(() => {
    void ifRoom(roomFor(keep)).then(setRoom)
  }, [keep, packets])
  return room
}
