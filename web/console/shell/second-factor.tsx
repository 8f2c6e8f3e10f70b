import { useCallback, useEffect, useRef, useState } from 'react'
import { type FactorAsker, setFactorAsker } from '../../parts/call.ts'
import { part } from '../base/lazy-page.tsx'

const FactorDialog = part(() => import('./factor-dialog.tsx'), 'FactorDialog')

/**
 * Asks for the second factor where an approval, an export or a right needs it again; the request that needed it goes on
 * afterwards. Of several that need it at once the person is asked once.
 */
export function SecondFactor() {
  const [asking, setAsking] = useState<Promise<boolean>>()
  const answered = useRef<(given: boolean) => void>(undefined)
  const ask = useCallback<FactorAsker>(() => {
    const promise = new Promise<boolean>(resolve => {
      const former = answered.current
      answered.current = given => {
        former?.(given)
        resolve(given)
      }
    })
    setAsking(promise)
    return promise
  }, [])
  useEffect(() => {
    setFactorAsker(ask)
    return () => setFactorAsker(undefined)
  }, [ask])
  const close = (given: boolean) => {
    setAsking(undefined)
    answered.current?.(given)
    answered.current = undefined
  }
  return asking ? <FactorDialog onClose={close} /> : null
}
