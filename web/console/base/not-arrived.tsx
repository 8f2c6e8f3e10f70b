import { useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { useSay } from './language.tsx'
import { loadNewVersion, whyNotArrived } from './new-version.ts'

type Props = {
  readonly again: () => Promise<void>
  /** A menu or a dialog, above a page that stands. */
  readonly isPart?: boolean
}

/**
 * The code of a page has not come. After a new version was put up, the page says so and loads itself anew, with its
 * drafts; where the line is cut, it offers to try again.
 */
export function NotArrived({ again, isPart }: Props) {
  const say = useSay()
  const [why, setWhy] = useState<'new-version' | 'no-line'>()
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let isHere = true
    void whyNotArrived().then(found => {
      if (isHere) setWhy(found)
    })
    return () => {
      isHere = false
    }
  }, [])
  useEffect(() => {
    if (why === 'new-version') void loadNewVersion()
  }, [why])
  if (!why) return <div aria-busy="true" />
  const retry = () => {
    setBusy(true)
    void again().finally(() => setBusy(false))
  }
  // A page has one first heading, and this is the page.
  const Head = isPart ? 'h2' : 'h1'
  const body = (
    <section className="state" role={why === 'new-version' ? 'status' : 'alert'}>
      <Head>{say(why === 'new-version' ? 'version-new' : 'page-not-arrived')}</Head>
      <p className="quiet">{say(why === 'new-version' ? 'version-new-todo' : 'page-not-arrived-todo')}</p>
      {why === 'no-line' && (
        <div className="buttons">
          <Button look="primary" onPress={retry} disabled={busy}>
            {say('try-again')}
          </Button>
        </div>
      )}
    </section>
  )
  if (isPart) return <div className="note late part-not-arrived">{body}</div>
  return (
    <div className="sheet">
      <div className="margin margin-awaited" />
      <main className="page" id="page">
        {body}
      </main>
    </div>
  )
}
