import { policy } from '../platform/law.ts'

/*
 * What may be attached, and how long what never came to a decision is kept. No act sets these numbers for papers that
 * an officer scans; what is attached to a decided case is kept as long as its record (src/data-protection/law.ts).
 */

/**
 * Bytes of one file, papers of one case, pixels of a picture before anything of it is decoded, the pixels it is kept
 * in (A3 at 300 dots an inch), and what a PDF may say outside the streams of its pages.
 */
export const attachmentLimits = {
  bytes: 10_000_000,
  ofCase: 20,
  mostPixels: 60_000_000,
  kept: { width: 4961, height: 4961 },
  quality: 88,
  pdfStructure: 400_000,
} as const

/** Hours after which a paper whose form was never sent is deleted. */
export const unfinishedHours = policy('attachments.unfinished-hours', 24)

/** Days after which the papers of a withdrawn case are destroyed. */
export const withdrawnDays = policy('attachments.withdrawn-days', 30)

/** Letters of a reason for taking a paper away. */
export const leastReasonLetters = 5

/** Bytes of papers in a person's own copy of their data; what does not fit is given by the unit. */
export const ownCopyBytes = 30_000_000

/** Rows that one work of the clearing job deletes. */
export const clearedAtOnce = 500

/** Milliseconds of an hour. */
export const hour = 3_600_000
