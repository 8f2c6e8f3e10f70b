import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { dayText } from '../../parts/formats.ts'
import { onUnsentChange, unsentChanges } from '../../parts/unsent.ts'
import { useKeys, useSleepOnPage } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { part } from '../base/lazy-page.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { useNoteOpened } from '../first-day/first-day.ts'
import { useHelp } from '../help/help-state.tsx'
import { HeldBar } from './held-bar.tsx'
import { NarrowNavigation } from './narrow-navigation.tsx'
import { SecondFactor } from './second-factor.tsx'
import { useSession } from './session.tsx'
import { SignInAgain } from './sign-in-again.tsx'
import { TopBar } from './top-bar.tsx'

const Palette = part(() => import('../palette/palette.tsx'), 'Palette')
const HelpPanel = part(() => import('../help/help-panel.tsx'), 'HelpPanel')

/** Above every page of a rehearsal: that it is one, and of which day. On paper too. */
function RehearsalStrip() {
  const say = useSay()
  const { rehearsalDay } = useSession()
  if (!rehearsalDay) return null
  return (
    <section className="rehearsal-strip" aria-label={say('rehearsal')}>
      {say('rehearsal-strip', { day: dayText(rehearsalDay) })}
    </section>
  )
}

/** What the house has not answered yet is said calmly, and sent again by itself; whoever leaves is asked first. */
function UnsentStrip() {
  const say = useSay()
  const unsent = useSyncExternalStore(onUnsentChange, unsentChanges)
  useEffect(() => {
    if (unsent === 0) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [unsent])
  return (
    <div className="unsent-strip" role="status">
      {unsent > 0 && say('unsent', { n: unsent })}
    </div>
  )
}

/** The frame of every page: the bar with its places, the page, and below 1024 px the places at the bottom. */
export function Shell({ children }: { children: ReactNode }) {
  const say = useSay()
  const narrow = useNarrow()
  const current = useRouterState({ select: ({ location }) => location.pathname })
  const help = useHelp()
  useSleepOnPage(current)
  useNoteOpened(current, help.isOpen)
  const [searching, setSearching] = useState(false)

  const search = () => setSearching(true)
  useKeys([
    { key: '/', said: say('key-search'), run: search },
    { key: '?', said: say('key-help'), run: help.isOpen ? help.close : help.open },
  ])
  return (
    <div className="house">
      <a className="skip" href="#page">
        {say('skip')}
      </a>
      <RehearsalStrip />
      <TopBar current={current} onSearch={search} />
      {children}
      {help.isOpen && <HelpPanel />}
      <HeldBar />
      {narrow && <NarrowNavigation current={current} />}
      <UnsentStrip />
      <SecondFactor />
      <SignInAgain />
      {searching && <Palette open onClose={() => setSearching(false)} />}
    </div>
  )
}
