import { randomBytes } from 'node:crypto'
import * as enrolment from '../../enrolment/enrolment.ts'
import { macOf } from '../../platform/sealing/sealing.ts'

/**
 * The code of a slip, eight letters and digits as those of receipts, for whoever cannot scan. The address of the page
 * is made of it under the installation’s key: any code leads to an address, and nobody else can tell which codes there
 * are.
 */
export const makeFamilyCode = (): string => enrolment.makeReceiptCode(randomBytes(8))

/** 132 bits, 22 signs. */
export const tokenOfCode = (code: string): string =>
  macOf('code', `family-slip\n${code}`).toString('base64url').slice(0, 22)

/** Reads it as people type it; undefined where it is no code. */
export const readFamilyCode = enrolment.readReceiptCode
