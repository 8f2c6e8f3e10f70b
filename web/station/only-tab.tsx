import { type ReactNode, useEffect, useState } from 'react'
import { State } from './parts/state.tsx'
import { useSay } from './words/language.tsx'

/**
 * One tab at a time: two would show two queues, of which one is old. The other waits, and goes on when the first is
 * closed.
 */
export function OnlyTab({ children }: { children: ReactNode }) {
  const say = useSay()
  const [mine, setMine] = useState<boolean>()
  useEffect(() => {
    const gone = new AbortController()
    let release = () => {}
    const until = new Promise<void>(resolve => {
      release = resolve
    })
    const late = setTimeout(() => setMine(before => before ?? false), 300)
    navigator.locks
      .request('dinhdanh-station-tab', { signal: gone.signal }, () => {
        setMine(true)
        return until
      })
      .catch(() => {})
    return () => {
      clearTimeout(late)
      gone.abort()
      release()
    }
  }, [])
  if (mine) return children
  return mine === false ? (
    <main className="page alone">
      <State alone so={say('other-tab')} todo={say('other-tab-todo')} />
    </main>
  ) : null
}
