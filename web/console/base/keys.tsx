import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'

/**
 * What one key does on the page that is open. `said` stands in the list of all keys. `decides`: it changes something of
 * somebody; such a key sleeps after a page change, so that what opens one page never decides on the next.
 */
export type KeyDeed = {
  readonly key: string
  readonly said: string
  readonly run: (event: KeyboardEvent) => void
  readonly decides?: boolean
}

/** Milliseconds for which deciding keys sleep after a page change. */
const keysSleepFor = 1000

type Keys = {
  readonly on: boolean
  readonly turn: (on: boolean) => void
  readonly learn: (deeds: () => readonly KeyDeed[]) => () => void
  readonly known: () => readonly KeyDeed[]
  /** Deciding keys sleep from now on, for a second. */
  readonly sleep: () => void
}
const Keys = createContext<Keys | undefined>(undefined)

const typing = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'

/** Whether the person is typing, or a dialog or menu is open: then no single key does anything. */
function isBusy({ target }: KeyboardEvent): boolean {
  if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return true
  return target instanceof Element && target.matches(typing)
}

const isOn = () => localStorage.getItem('keys') !== 'off'

/**
 * Single keys for the hand that works fast; each officer can switch them off, since some tools of access send letters.
 */
export function HasKeys({ children }: { children: ReactNode }) {
  const [on, setOn] = useState(isOn)
  const sources = useRef(new Set<() => readonly KeyDeed[]>())
  const awakeAt = useRef(0)
  const [asleep, setAsleep] = useState(true)
  const sleep = useCallback(() => {
    awakeAt.current = performance.now() + keysSleepFor
    setAsleep(true)
  }, [])
  useEffect(() => {
    if (!asleep) return
    // A second page change within the second leaves the timer of the first: it looks again.
    const look = setInterval(() => performance.now() >= awakeAt.current && setAsleep(false), 100)
    return () => clearInterval(look)
  }, [asleep])
  const known = useCallback(() => [...sources.current].flatMap(deeds => deeds()), [])

  useEffect(() => {
    if (!on) return
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return
      // The page that was opened last answers first.
      const deed = known().findLast(({ key }) => key.toLowerCase() === event.key.toLowerCase())
      if (!deed) return
      event.preventDefault()
      // Nor does a key that is held down decide again and again.
      if (deed.decides && (event.repeat || performance.now() < awakeAt.current)) return
      deed.run(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [on, known])

  const keys = useMemo<Keys>(
    () => ({
      on,
      turn: next => {
        localStorage.setItem('keys', next ? 'on' : 'off')
        setOn(next)
      },
      learn: deeds => {
        sources.current.add(deeds)
        return () => sources.current.delete(deeds)
      },
      known,
      sleep,
    }),
    [on, known, sleep],
  )
  return (
    <Keys value={keys}>
      <div className={on ? (asleep ? 'keys-on keys-asleep' : 'keys-on') : 'keys-off'}>{children}</div>
    </Keys>
  )
}

export function useKeySettings(): Keys {
  const keys = useContext(Keys)
  if (!keys) throw new Error('outside of <HasKeys>')
  return keys
}

/**
 * Gives keys their deeds while the component stands on the page: from the very step in which it is drawn, so that no
 * key reaches the deeds of the person who was there before.
 */
export function useKeys(deeds: readonly KeyDeed[]) {
  const { learn } = useKeySettings()
  const latest = useRef(deeds)
  latest.current = deeds
  useLayoutEffect(() => learn(() => latest.current), [learn])
}

/** Deciding keys sleep whenever another page is drawn; `page` names it. */
export function useSleepOnPage(page: string) {
  const { sleep } = useKeySettings()
  const before = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (before.current !== page) sleep()
    before.current = page
  }, [page, sleep])
}
