import { useEffect, useState } from 'react'
import type { Keep } from './keep/database.ts'

/** What one person may weigh at most on the average: portrait, ten fingers with their signed records, signature. */
export const bytesAPerson = 2 * 1024 * 1024

/** For how many people there is room; undefined where the browser does not say. What a browser may use is more than what the disk has where that is nearly full: so half of it counts. */
export async function roomFor(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {}
  return quota === undefined ? undefined : Math.max(0, Math.floor((quota - (usage ?? 0)) / 2 / bytesAPerson))
}

/** The same, read anew whenever a packet came or went. */
export function useRoom(keep: Keep, packets: number): number | undefined {
  const [room, setRoom] = useState<number>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each packet takes room
  useEffect(() => {
    void roomFor().then(setRoom)
  }, [keep, packets])
  return room
}
