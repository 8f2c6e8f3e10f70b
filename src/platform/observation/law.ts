/*
 * What of requests is kept on the disk, and for how long. Plain numbers: no row of law.csv changes them.
 */

const megabyte = 1_048_576

/**
 * Bytes of a file before the next one is begun, and how many there are: faults and slow requests; refusals of who is
 * known by a session, a token or a link; those of strangers, who push nobody else's out; and the access log.
 */
export const recordFiles = {
  faults: { bytes: 8 * megabyte, files: 4 },
  refusals: { bytes: 8 * megabyte, files: 4 },
  strangers: { bytes: 8 * megabyte, files: 4 },
  access: { bytes: 32 * megabyte, files: 8 },
} as const

/** Days after which another file is begun, and those for which a finished one is kept. */
export const recordDays = { aFile: 7, kept: 30 } as const

/** Milliseconds for which lines of the access log wait for others; what failed is written at once. */
export const accessLogWait = 1_000

/** Bytes that wait for a disk; what comes beyond them is counted and dropped. */
export const mostBytesWaiting = 4 * megabyte

/** What is kept of a fault: frames of its stack, letters of its message, of those that are read, and causes. */
export const faultLimits = { frames: 15, letters: 300, read: 3_000, causes: 3 } as const
