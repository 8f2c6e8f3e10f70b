import type { Parser } from './parser.ts'
import { parsersOfFiles } from './parsers-files.ts'
import { parsersOfNames } from './parsers-names.ts'
import { parsersOfRequests } from './parsers-requests.ts'
import { parsersOfSigned } from './parsers-signed.ts'

/** Every reader of foreign text or bytes in src/. */
export const parsers: readonly Parser[] = [
  ...parsersOfNames,
  ...parsersOfRequests,
  ...parsersOfFiles,
  ...parsersOfSigned,
]
