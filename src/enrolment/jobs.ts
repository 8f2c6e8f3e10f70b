import type { AbisEngine } from '../biometrics/abis/engine.ts'
import type { FaceEngine } from '../biometrics/face-engine/face-engine.ts'
import { deleteBySteps } from '../platform/jobs/delete-by-steps.ts'
import type { Crontab, Job } from '../platform/jobs/jobs.ts'
import { asSystem, type OpenWork } from '../platform/work.ts'
import { letGoOfCaptures, markUnsearched, searchByCapture, takeUpSearches } from './engine-search/engine-search.ts'
import { compareFacesOf, noKnownFaces } from './faces/faces.ts'
import { advanceLeftBehind } from './following/following.ts'
import { recordGaps } from './gaps/gaps.ts'
import { deleteOldPieces } from './packets/delete-old-pieces.ts'
import { processLeftPackets, tryToProcess } from './packets/try-to-process.ts'
import type { StationKeys } from './stations/keys.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** `faces`: undefined where the installation compares no faces. `outside`: asked only where one is set. */
export type SearchEngines = {
  readonly faces: FaceEngine | undefined
  readonly outside: () => Promise<AbisEngine>
}

/**
 * Background jobs of enrolment: process packets, compare faces, search people by their pictures; each night delete
 * unneeded pieces and record gaps.
 */
export function jobs(
  openWork: OpenWork,
  keys: () => Promise<StationKeys>,
  { faces: engine, outside }: SearchEngines,
): Readonly<Record<string, Job>> {
  const known = noKnownFaces()
  return {
    'land-packet': async ({ station, hash }, { log }) =>
      tryToProcess(openWork, await keys(), { station: textOf(station), hash: textOf(hash) }, log),
    'land-what-was-left': async (_payload, { log }) => processLeftPackets(openWork, keys, log),
    'compare-faces': async ({ application }) =>
      compareFacesOf({ openWork, keys: await keys(), engine, known }, textOf(application)),
    'search-people': async ({ application }, { attempt }) =>
      searchByCapture({ openWork, keys: await keys(), engine: outside }, textOf(application), attempt),
    'let-go-of-captures': async (_payload, { log }) => letGoOfCaptures({ openWork, engine: outside }, log),
    'take-up-searches': async () => takeUpSearches(openWork),
    'mark-captures-unsearched': async () => {
      await deleteBySteps(openWork, asSystem('application'), markUnsearched)
    },
    'follow-cards': async () => {
      while ((await openWork(asSystem('application'), advanceLeftBehind)) > 0);
    },
    'take-stock-of-gaps': async () => {
      await openWork(asSystem('capture'), recordGaps)
    },
    'clear-pieces': async () => {
      await deleteBySteps(openWork, asSystem('capture'), deleteOldPieces)
    },
  }
}

/** UTC: the nightly jobs run at one in the morning of the province, and ten minutes before. */
export const crontab: Crontab = {
  'land-what-was-left': '*/5 * * * *',
  'take-up-searches': '*/10 * * * *',
  'mark-captures-unsearched': '10 18 * * *',
  'clear-pieces': '50 17 * * *',
  'take-stock-of-gaps': '0 18 * * *',
}
