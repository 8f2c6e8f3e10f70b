import { type DiskState, lookAtDisk, mayReserve, type ReserveFile } from './disk-reserve.ts'
import { freeNow } from './free-bytes.ts'

/**
 * Looks at the disk, beside the page. Posts a `DiskState` whenever it changed, and nothing where the browser has no
 * such files.
 */

type OpenFile = ReserveFile & { close(): void }
type Openable = FileSystemFileHandle & { createSyncAccessHandle?: () => Promise<OpenFile> }

/** Milliseconds between two looks: while all is well, and while the disk is full. */
const pause = { free: 500, full: 2000 } as const

const open = async (): Promise<OpenFile | undefined> => {
  const root = await navigator.storage.getDirectory()
  const file: Openable = await root.getFileHandle('reserve', { create: true })
  return file.createSyncAccessHandle?.()
}

let file: OpenFile | undefined
let state: DiskState = 'free'

/** The file is let go of with its room: the browser may have lost it, and opening it writes too. */
function giveUp() {
  try {
    file?.truncate(0)
    file?.close()
  } catch {}
  file = undefined
}

async function look(): Promise<DiskState> {
  if (!file) {
    if (!mayReserve(await freeNow())) return 'full'
    file = await open()
    // A browser without such files says nothing of its disk.
    if (!file) close()
  }
  if (!file) return state
  try {
    const found = lookAtDisk(file, state)
    if (found === 'full' && file.getSize() === 0) giveUp()
    return found
  } catch {
    giveUp()
    return 'full'
  }
}

for (;;) {
  // For a moment after a reload the file is open in the page before: the next look opens it.
  const found = await look().catch(() => state)
  if (found !== state) postMessage(found)
  state = found
  await new Promise(resolve => setTimeout(resolve, pause[state]))
}
