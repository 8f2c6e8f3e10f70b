import { useSyncExternalStore } from 'react'

/** Paper is narrower than a desktop, and yet no phone. */
const query = 'screen and (width < 1024px)'
const subscribe = (tell: () => void) => {
  const list = matchMedia(query)
  list.addEventListener('change', tell)
  return () => list.removeEventListener('change', tell)
}

/** Whether the page is narrower than 1024 px: then the margin becomes a strip and the places go to the bottom. */
export const useNarrow = () => useSyncExternalStore(subscribe, () => matchMedia(query).matches)
