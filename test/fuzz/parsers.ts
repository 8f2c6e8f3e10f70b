import type { Parser } from './parser.ts'
import { parsersOfExchange } from './parsers-exchange.ts'
import { parsersOfFiles } from './parsers-files.ts'
import { parsersOfNames } from './parsers-names.ts'
import { parsersOfRequests } from './parsers-requests.ts'
import { parsersOfSigned } from './parsers-signed.ts'

/** Those of the station's page are of another world, the browser's: its types are not known here. */
const stations = new URL('../../web/station/send/what-the-house-signs.fixture.ts', import.meta.url)
const { parsersOfStations } = (await import(stations.href)) as { readonly parsersOfStations: readonly Parser[] }

/** Every reader of foreign text or bytes in src/, and those of what the house signs for a station. */
export const parsers: readonly Parser[] = [
  ...parsersOfNames,
  ...parsersOfRequests,
  ...parsersOfFiles,
  ...parsersOfSigned,
  ...parsersOfExchange,
  ...parsersOfStations,
]
