import { policy } from '../platform/law.ts'

/** What an installation needs before it works, and the limits of what its pages take in. Pure. */

/**
 * Duties that somebody must have before the work goes on: how many officers with a right, in each unit of a level.
 * `notBeside`: whoever has that other right does not count, since they would judge themselves.
 */
export const duties = policy('installation.duties', [
  { duty: 'capture', right: 'enrolment.capture', level: 'commune', least: 1, notBeside: 'none' },
  { duty: 'approve', right: 'enrolment.approve', level: 'district', least: 1, notBeside: 'none' },
  { duty: 'approve-province', right: 'enrolment.approve', level: 'province', least: 1, notBeside: 'none' },
  { duty: 'inspect', right: 'audit.ask', level: 'province', least: 1, notBeside: 'staff.manage' },
  { duty: 'accept', right: 'staff.accept', level: 'province', least: 2, notBeside: 'none' },
])

/** Bytes of an extract of the register. */
export const extractBytes = 300_000_000

/** A table of schools: rows, and bytes. */
export const schoolFileLimits = { rows: 20_000, bytes: 30_000_000 } as const

/** Units that are named where a duty lacks somebody; the rest is counted. */
export const mostMissingUnits = 200

/** Rows that were not taken and are named in an answer; the file of an extract has them all. */
export const mostRefusedRows = 100

/** Days ahead for which holidays must be known, since time limits are counted by them. */
export const lawKnownDays = policy('installation.law-known-days', 365)

/** Days after which an extract that nobody took up is dropped, and rows that were not taken are removed. */
export const keptDays = 7

/** The earliest day that a rehearsal may have: the law of the program begins before it. */
export const firstRehearsalDay = '2021-01-01'
