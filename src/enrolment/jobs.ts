import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { followCards } from './following/following.ts'
import { takeStock } from './gaps/gaps.ts'
import { clearPieces } from './packets/pieces.ts'
import { landWhatWasLeft, tryToLand } from './packets/try-to-process.ts'
import type { StationKeys } from './stations/keys.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Background jobs of enrolment: process packets; each night delete unneeded pieces and record gaps. */
export const jobs = (openWork: OpenWork, keys: () => Promise<StationKeys>): Readonly<Record<string, Job>> => ({
  'land-packet': async ({ station, hash }, { log }) =>
    tryToLand(openWork, await keys(), { station: text(station), hash: text(hash) }, log),
  'land-what-was-left': async (_payload, { log }) => landWhatWasLeft(openWork, keys, log),
  'follow-cards': async () => {
    while ((await openWork(asSystem('application'), followCards)) > 0);
  },
  'take-stock-of-gaps': async () => {
    await openWork(asSystem('capture'), takeStock)
  },
  'clear-pieces': async () => {
    await openWork(asSystem('capture'), clearPieces)
  },
})

/** The nightly jobs run at one in the morning of the province, and ten minutes before. */
export const crontab: Crontab = {
  'land-what-was-left': '*/5 * * * *',
  'clear-pieces': '50 17 * * *',
  'take-stock-of-gaps': '0 18 * * *',
}
