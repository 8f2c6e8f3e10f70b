import type { AnyRouter } from '@tanstack/react-router'
import { base } from './navigation.ts'

/** The router, for what is not a component; set by main.tsx, since pages cannot import the file that imports them. */
let handle: AnyRouter | undefined

export const keepRouter = (router: AnyRouter) => {
  handle = router
}

export const goTo = (address: string) => {
  if (!handle) location.assign(address)
  else handle.history.push(address)
}

/** Goes there in place of where one is: going back leads to where one was before. */
export const goInstead = (address: string) => {
  if (!handle) location.replace(address)
  else handle.history.replace(address)
}

/** The address that one is at, or has just been sent to. */
export const addressNow = () => handle?.history.location.href ?? location.pathname + location.search

/** Addresses of the console change the page; others (sign-in, papers) are gone to. */
export const go = (address: string) => (address.startsWith(`${base}/`) ? goTo(address) : location.assign(address))
