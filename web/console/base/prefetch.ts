import type { QueryClient } from '@tanstack/react-query'
import type { AnyRouter } from '@tanstack/react-router'
import type { Endpoint } from '../../../src/platform/endpoint.ts'
import { call } from '../../parts/call.ts'
import { base } from './navigation.ts'
import { keyOf } from './use-endpoint.ts'

/**
 * What a page asks first, by the address that it has then: `TodayPage.first = …` beside the page. Only
 * what reads no person is asked before the page is opened: to point at a link is not to read.
 */
export type FirstAsked = (search: Readonly<Record<string, unknown>>) => readonly {
  readonly door: Endpoint
  readonly asked: object
}[]

/** Whether nobody's data is read through a door, as it declares itself: then no trace is left, and none counted. */
export const leavesNoTrace = ({ method, purpose }: Pick<Endpoint, 'method' | 'purpose'>): boolean =>
  method === 'GET' && purpose === 'none'

/** A page by its route: its code comes by `preload`; `first` is there afterwards. */
type Prefetched = { readonly preload?: () => Promise<void>; readonly first?: () => FirstAsked | undefined }

/** A hand that only passes over a link stays shorter. */
const restMilliseconds = 65

/** Brings the code of the page behind a link that one points at, is on, or touches, and what it asks first. */
export function prefetchOnIntent(router: AnyRouter, client: QueryClient): void {
  const done = new Set<string>()
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function prefetch(address: URL) {
    if (done.has(address.href)) return
    done.add(address.href)
    const search = router.options.parseSearch?.(address.search) ?? {}
    const match = router.matchRoutes(address.pathname.slice(base.length) || '/', search).at(-1)
    const component = match && (router.routesById[match.routeId]?.options.component as Prefetched | undefined)
    await component?.preload?.()
    const questions = component?.first?.()?.((match?.search ?? {}) as Readonly<Record<string, unknown>>) ?? []
    for (const { door, asked } of questions.filter(({ door }) => leavesNoTrace(door)))
      void client.prefetchQuery({
        queryKey: keyOf(door, asked),
        queryFn: ({ signal }) => call(door, { ...asked, signal }),
      })
  }

  const addressOf = (target: EventTarget | null): URL | undefined => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
    if (!link || link.target || link.hasAttribute('download')) return undefined
    const address = new URL(link.href)
    return address.origin === location.origin && address.pathname.startsWith(`${base}/`) ? address : undefined
  }
  const note = (wait: number) => (event: Event) => {
    clearTimeout(waiting)
    const address = addressOf(event.target)
    if (address) waiting = setTimeout(() => void prefetch(address).catch(() => done.delete(address.href)), wait)
  }
  document.addEventListener('pointerover', note(restMilliseconds), { passive: true })
  document.addEventListener('focusin', note(restMilliseconds))
  document.addEventListener('touchstart', note(0), { passive: true })
}
