import { stationLimits } from '../../../src/enrolment/law.ts'

/**
 * A file that holds room on the disk, to be given up when the disk is full. A browser that cannot write its own logs
 * loses more than that write: Chromium closes the database, and may begin it anew, empty. So the station finds a full
 * disk first, by a small write of its own twice a second, and the reserve's room is there for what it writes next.
 */

/** A file that is open for this program alone: a `FileSystemSyncAccessHandle` of the File System Standard. */
export type ReserveFile = {
  getSize(): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(size: number): void
}

/** What a look at the disk found: `full` until there is room for twice the reserve again. */
export type DiskState = 'free' | 'full'

/** Bytes. */
export const reserveBytes = stationLimits.diskReserveMegabytes * 1024 * 1024
/** By how many bytes the reserve grows with one look. */
export const reserveStep = 4 * 1024 * 1024
/** Bytes of the write that finds out; more than a database's log takes between two looks. */
const trialBytes = 128 * 1024

function isWritten(file: ReserveFile, bytes: number): boolean {
  try {
    return file.write(new Uint8Array(bytes), { at: file.getSize() }) === bytes
  } catch {
    // No room, or no file any more: either way nothing can be written.
    return false
  }
}

/**
 * One look: grows the reserve by a step or, where it is whole, writes a trial behind it and takes it back. Where that
 * fails, the whole reserve is given up.
 */
export function lookAtDisk(file: ReserveFile, before: DiskState): DiskState {
  const size = file.getSize()
  const isWhole = size >= reserveBytes
  if (!isWritten(file, isWhole ? trialBytes : reserveStep)) {
    file.truncate(0)
    return 'full'
  }
  if (isWhole) file.truncate(size)
  return size + reserveStep >= reserveBytes ? 'free' : before
}

/**
 * Whether the reserve may be taken (again), by the bytes that the browser may still use: with less than twice the
 * reserve it would take the very room that was given up for the database. Where the browser does not say, it may.
 */
export const mayReserve = (free: number | undefined): boolean => free === undefined || free >= 2 * reserveBytes
