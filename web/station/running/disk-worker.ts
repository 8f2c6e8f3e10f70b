import { type DiskState, isUnopenedForDisk, lookAtDisk, type ReserveFile, takeReserve } from './disk-reserve.ts'

/**
 * Looks at the disk, beside the page. Posts a `DiskState` whenever it changed, and in answer to any message, which
 * says that there may be room again. Only then is the reserve taken anew: to try it writes up to its double, on a disk
 * whose last room is the database's. Posts nothing where the browser has no such files.
 */

type OpenFile = ReserveFile & { close(): void }
type Openable = FileSystemFileHandle & { createSyncAccessHandle?: () => Promise<OpenFile> }

/** Milliseconds between two looks. */
const pause = 250

let file: OpenFile | undefined
let state: DiskState = 'free'

/** Opens the file. An empty one that was there before was given up by a page that found the disk full. */
async function openReserve(): Promise<OpenFile | undefined> {
  const root = await navigator.storage.getDirectory()
  let isNew = false
  const handle: Openable = await root.getFileHandle('reserve').catch(() => {
    isNew = true
    return root.getFileHandle('reserve', { create: true })
  })
  const opened = await handle.createSyncAccessHandle?.()
  // A browser without such files says nothing of its disk.
  if (!opened) return void close()
  if (isNew) takeReserve(opened)
  return opened
}

/** The file is let go of with its room: the browser may have lost it, and what is opened anew is written anew. */
function letGoOfFile() {
  try {
    file?.truncate(0)
    file?.close()
  } catch {}
  file = undefined
}

/** What the disk is now; with `takesAgain`, the worker tries to take a reserve that was given up. */
async function findState(takesAgain: boolean): Promise<DiskState> {
  file ??= await openReserve()
  if (!file) return state
  try {
    if (file.getSize() > 0) return lookAtDisk(file)
    return takesAgain ? takeReserve(file) : 'full'
  } catch {
    letGoOfFile()
    return 'full'
  }
}

let mayHaveRoom = false
addEventListener('message', () => {
  mayHaveRoom = true
})

for (;;) {
  const mustAnswer = mayHaveRoom
  mayHaveRoom = false
  // For a moment after a reload the file is open in the page before: the next look opens it.
  const found = await findState(mustAnswer).catch(error => (isUnopenedForDisk(error) ? 'full' : state))
  if (mustAnswer || found !== state) postMessage(found)
  state = found
  await new Promise(resolve => setTimeout(resolve, pause))
}
