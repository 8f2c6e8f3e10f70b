import { useSyncExternalStore } from 'react'

/**
 * The version that is kept for opening without a line, and the one that waits. A new one takes over only where no
 * officer is at work.
 */

let waiting: ServiceWorker | undefined
const listeners = new Set<() => void>()

const wait = (worker: ServiceWorker | null) => {
  waiting = worker ?? undefined
  for (const tell of listeners) tell()
}

function watch(registration: ServiceWorkerRegistration) {
  if (registration.waiting && navigator.serviceWorker.controller) wait(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) wait(worker)
    })
  })
}

const register = () => navigator.serviceWorker.register('/station/sw.js', { scope: '/station/' }).then(watch, () => {})

/** Milliseconds between two looks whether the page can still be opened without a line. */
const lookForWorker = 60_000

/**
 * Told of each worker that takes the page over; says whether the page must be loaded anew for it. The first one takes
 * the page over as it is; a later one brings other files with it. A browser that lost its worker (Chromium does where
 * the disk is full) tells of none: loaded anew without a line, the page would be a white one.
 */
export function reloadRule(first: unknown) {
  let controller = first ?? undefined
  return (next: unknown): boolean => {
    const isAnother = controller !== undefined && (next ?? undefined) !== undefined
    controller = next ?? undefined
    return isAnother
  }
}

export function keepVersion() {
  if (!('serviceWorker' in navigator)) return
  const mustReload = reloadRule(navigator.serviceWorker.controller)
  void register()
  const again = () => navigator.serviceWorker.controller ?? register()
  addEventListener('online', again)
  setInterval(again, lookForWorker)
  // A page that was being opened while the worker came into force was not there to be claimed; without it, what is
  // loaded later is not had without a line.
  void navigator.serviceWorker.ready.then(
    ({ active }) => navigator.serviceWorker.controller ?? active?.postMessage('claim'),
  )
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (mustReload(navigator.serviceWorker.controller)) location.reload()
  })
}

export const takeOver = () => waiting?.postMessage('take-over')

const subscribe = (tell: () => void) => {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const useWaitingVersion = () => useSyncExternalStore(subscribe, () => waiting !== undefined)

/** Whether the page can be opened without a line. */
export const isKept = async () =>
  navigator.serviceWorker?.controller !== null &&
  (await navigator.serviceWorker?.getRegistration('/station/'))?.active != null
