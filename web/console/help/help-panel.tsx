import { useMatches } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, Cap } from '../../parts/button.tsx'
import { type KeyDeed, useKeySettings } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { firstDayAt } from '../first-day/first-day.ts'
import { WhomToAsk } from '../first-day/whom-to-ask.tsx'
import { Go } from '../parts/place-link.tsx'
import { useHelp } from './help-state.tsx'
import { helpOf, type Term } from './pages.ts'
import { wordAlone } from './word-alone.ts'

/** The help of the page that is open, beside it: what it is for, its words, its keys, what follows, whom to ask. */
export function HelpPanel() {
  const say = useSay()
  const { close } = useHelp()
  const head = useRef<HTMLHeadingElement>(null)
  const route = useMatches({ select: matches => matches.at(-1)?.routeId }) ?? ''
  const help = helpOf[route]
  useEffect(() => head.current?.focus(), [])
  useEscape(close)
  return (
    <aside className="help-panel" aria-label={say('help')}>
      <div className="help-head">
        <h2 tabIndex={-1} ref={head}>
          {say('help')}
        </h2>
        <button type="button" className="help-close" aria-label={say('help-close')} onClick={close}>
          <X size={18} aria-hidden />
        </button>
      </div>
      {help && (
        <>
          <section>
            <h3>{say('help-about')}</h3>
            <p>{say(help.about)}</p>
          </section>
          {help.terms.length > 0 && <Terms terms={help.terms} />}
          {help.next && (
            <section>
              <h3>{say('help-next-head')}</h3>
              <p>{say(help.next)}</p>
            </section>
          )}
        </>
      )}
      <Keys />
      <section>
        <h3>{say('help-ask')}</h3>
        <WhomToAsk />
      </section>
      <Go className="exit" to={firstDayAt()}>
        {say('help-guide')}
      </Go>
    </aside>
  )
}

const Terms = ({ terms }: { terms: readonly Term[] }) => {
  const say = useSay()
  return (
    <section>
      <h3>{say('help-terms')}</h3>
      <dl className="help-terms">
        {terms.map(term => (
          <div key={term}>
            <dt>{wordAlone(say, term)}</dt>
            <dd>{say(`term-${term}`)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Keys that have no letter, as they stand on the keyboard. */
const signs: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }

/** The keys that do something on the page now, asked of the page itself; pages learn some as they are read. */
function Keys() {
  const say = useSay()
  const { known, on, turn } = useKeySettings()
  const [deeds, setDeeds] = useState<readonly KeyDeed[]>(known)
  useEffect(() => {
    const look = setInterval(() => setDeeds(known()), 500)
    return () => clearInterval(look)
  }, [known])
  const once = new Map(deeds.map(deed => [deed.key, deed]))
  return (
    <section>
      <h3>{say('help-keys')}</h3>
      <ul className="rows help-keys">
        {[...once.values()].map(({ key, said }) => (
          <li key={key}>
            {said} <Cap>{signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</Cap>
          </li>
        ))}
      </ul>
      <p className="small quiet">{say('keys-typing')}</p>
      <Button look={['row', 'text']} onPress={() => turn(!on)}>
        {say(on ? 'keys-off' : 'keys-on')}
      </Button>
    </section>
  )
}

/** Escape closes the panel, unless something is open above it that Escape is for. */
function useEscape(close: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('[role=dialog], [role=alertdialog], [role=menu]')) return
      close()
    }
    // Before whoever is open closes: afterwards nothing would tell that it was.
    document.addEventListener('keydown', listen, true)
    return () => document.removeEventListener('keydown', listen, true)
  }, [close])
}
