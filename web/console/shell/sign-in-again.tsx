import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { type SignInAsker, type SignInReason, setOpenedPage } from '../../parts/call.ts'
import { part } from '../base/lazy-page.tsx'
import { postOf, useSession } from './session.tsx'

const SignInDialogs = part(() => import('./sign-in-dialogs.tsx'), 'SignInDialogs')

/**
 * Signs the officer in over the page that is open, when their session has ended or another officer has signed in since,
 * and takes them back to the post of the page: the page stays, and what was refused goes on afterwards. Of several
 * requests that need it the officer is asked once.
 */
export function SignInAgain() {
  const session = useSession()
  const [officerId, post] = [session.id, postOf(session)]
  const [asking, setAsking] = useState<{ readonly reason: SignInReason }>()
  const answered = useRef<((given: boolean) => void)[]>([])
  // Who said "later" is not asked again by what the page reads for itself, only by what they do.
  const isPutOff = useRef(false)
  const ask = useCallback<SignInAsker>((reason, todo) => {
    if (isPutOff.current && todo === 'reading') return Promise.resolve(false)
    setAsking(now => now ?? { reason })
    return new Promise(resolve => answered.current.push(resolve))
  }, [])
  // Before any page asks for something.
  useLayoutEffect(() => {
    setOpenedPage({ officerId, post, askForSignIn: ask })
    return () => setOpenedPage(undefined)
  }, [officerId, post, ask])
  const close = (given: boolean) => {
    isPutOff.current = !given
    setAsking(undefined)
    for (const answer of answered.current.splice(0)) answer(given)
  }
  return asking ? <SignInDialogs reason={asking.reason} onClose={close} /> : null
}
