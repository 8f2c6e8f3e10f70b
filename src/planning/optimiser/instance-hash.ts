import { createHash } from 'node:crypto'
import { canonicalJson } from '../../platform/sealing/canonical-json.ts'
import type { PlanInstance } from './instance.ts'

/**
 * What a plan names its instance by: SHA-256 of the instance's canonical text (RFC 8785), in hexadecimal. Blanks and
 * the order of members in the file do not change it.
 */
export const instanceHash = (instance: PlanInstance): string =>
  createHash('sha256').update(canonicalJson(instance)).digest('hex')
