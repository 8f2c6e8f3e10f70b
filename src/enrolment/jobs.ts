import type { Crontab, Job } from '../platform/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { followCards } from './follow.ts'
import { takeStock } from './gaps.ts'
import type { StationKeys } from './keys.ts'
import { land } from './land.ts'
import * as packets from './store-packet.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Packets that nobody landed within this long have lost their job: they are taken up again. */
const lostAfter = 5 * 60_000
const mostAtOnce = 500

/** What enrolment does by itself: land packets, and each night look for what is stuck. */
export const jobs = (openWork: OpenWork, keys: () => Promise<StationKeys>): Readonly<Record<string, Job>> => ({
  'land-packet': async ({ station, hash }) => land(openWork, await keys(), text(station), text(hash)),
  'land-what-was-left': async () => {
    const left = await openWork(asSystem('capture'), work => packets.notLanded(work, new Date(work.now.getTime() - lostAfter), mostAtOnce))
    for (const { stationId, hash } of left) await land(openWork, await keys(), stationId, hash)
  },
  'follow-cards': async () => {
    while ((await openWork(asSystem('application'), followCards)) > 0);
  },
  'take-stock-of-gaps': async () => {
    await openWork(asSystem('capture'), takeStock)
  },
})

/** The night's round is at one in the morning of the province. */
export const crontab: Crontab = { 'land-what-was-left': '*/5 * * * *', 'take-stock-of-gaps': '0 18 * * *' }
