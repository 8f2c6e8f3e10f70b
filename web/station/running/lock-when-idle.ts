import { useEffect } from 'react'
import { stationLimits } from '../../../src/enrolment/law.ts'

/** Locks the station when nobody has touched it for a while; how long is the law's (src/enrolment/law.ts). */
export function useLockWhenIdle(on: boolean, lock: () => void) {
  useEffect(() => {
    if (!on) return
    let timer = setTimeout(lock, stationLimits.idleMinutes * 60_000)
    const touched = () => {
      clearTimeout(timer)
      timer = setTimeout(lock, stationLimits.idleMinutes * 60_000)
    }
    for (const type of ['keydown', 'pointerdown', 'pointermove']) addEventListener(type, touched)
    return () => {
      clearTimeout(timer)
      for (const type of ['keydown', 'pointerdown', 'pointermove']) removeEventListener(type, touched)
    }
  }, [on, lock])
}
