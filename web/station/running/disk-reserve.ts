import { stationLimits } from '../../../src/enrolment/law.ts'
import { isDiskFault, isFull } from '../keep/acknowledged-packets.ts'

/**
 * A file that holds room on the disk, to be given up when the disk is full. A browser that cannot write its own logs
 * loses more than that write: Chromium closes the database, and may begin it anew, empty. So the station finds a full
 * disk first, by a small write of its own four times a second, and the reserve's room is there for what it writes next.
 *
 * What the browser says of its free room (`navigator.storage.estimate`) tells nothing of a disk that is nearly full:
 * Chromium rounds the free bytes up to whole GiB. Only a write finds out.
 */

/** A file that is open for this program alone: a `FileSystemSyncAccessHandle` of the File System Standard. */
export type ReserveFile = {
  getSize(): number
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number
  truncate(size: number): void
}

/** `full`: the reserve is given up, and nobody has found room for it since. */
export type DiskState = 'free' | 'full'

/** Bytes. */
export const reserveBytes = stationLimits.diskReserveMegabytes * 1024 * 1024
/** Bytes of one write; as a trial it is more than a database's log takes between two looks. */
const pieceBytes = 128 * 1024

function isPieceWritten(file: ReserveFile, at: number): boolean {
  try {
    return file.write(new Uint8Array(pieceBytes), { at }) === pieceBytes
  } catch {
    // No room, or no file any more: either way nothing can be written.
    return false
  }
}

/** Writes a trial behind the whole reserve and takes it back. Where that fails, the whole reserve is given up. */
export function lookAtDisk(file: ReserveFile): DiskState {
  const size = file.getSize()
  if (!isPieceWritten(file, size)) {
    file.truncate(0)
    return 'full'
  }
  file.truncate(size)
  return 'free'
}

/**
 * Takes the reserve, where the disk has room for twice of it: with less it would take the very room that was given up
 * for the database. Where it has not, the file is empty and the disk is full.
 */
export function takeReserve(file: ReserveFile): DiskState {
  for (let at = 0; at < 2 * reserveBytes; at += pieceBytes)
    if (!isPieceWritten(file, at)) {
      file.truncate(0)
      return 'full'
    }
  file.truncate(reserveBytes)
  return 'free'
}

/**
 * Whether the disk kept the reserve from being opened. On a full disk Chromium gives a handle and then finds no file. A
 * file that another page has open, or a browser that forbids such files, says nothing of the disk.
 */
export const isUnopenedForDisk = (error: unknown): boolean =>
  isFull(error) || isDiskFault(error) || (error instanceof DOMException && error.name === 'NotFoundError')
