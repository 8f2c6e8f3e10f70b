import { ChevronDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { instantText } from '../../parts/formats.ts'
import { Sign } from '../../parts/sign.tsx'
import { type Place, useGo } from '../running/open-page.ts'
import { useRunning } from '../running/running.tsx'
import { useLanguage } from '../words/language.tsx'
import type { Opened } from '../work/officer-at-work.ts'

type BarProps = { readonly opened: Opened | undefined; readonly place: Place; readonly onLock: () => void }

export function TopBar({ opened, place, onLock }: BarProps) {
  const { say } = useLanguage()
  const { station, at } = useRunning()
  const session = opened?.roster?.roster.session
  return (
    <header className="bar">
      <span className="name">
        <Sign />
        {say('station')}
        {station?.demonstration && <span className="tag">{say('demonstration')}</span>}
        {station?.rehearsal && <span className="tag">{say('rehearsal')}</span>}
      </span>
      <span className="session-line">
        {session
          ? say('session-line', {
              machine: station?.name ?? '',
              place: session.place,
              from: session.fromAt,
              to: session.toAt,
            })
          : station?.name}
      </span>
      <div className="end">
        <StationMenu opened={opened} place={place} onLock={onLock} />
        <time>{instantText(at.toISOString()).time}</time>
      </div>
    </header>
  )
}

/** A list of buttons that opens below its own; Esc and a press elsewhere close it. */
function StationMenu({ opened, place, onLock }: BarProps) {
  const { say, language, speak } = useLanguage()
  const go = useGo()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false)
    }
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      box.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', elsewhere)
    document.addEventListener('keydown', onEscape, true)
    return () => {
      document.removeEventListener('pointerdown', elsewhere)
      document.removeEventListener('keydown', onEscape, true)
    }
  }, [open])

  const change = () => {
    onLock()
    go('work')
  }
  const entries: readonly (readonly [said: string, run: () => void])[] = [
    ...(place !== 'work' ? [[say('to-work'), () => go('work')] as const] : []),
    ...(opened ? [[say('switch'), change] as const] : []),
    ...(place !== 'prepare' ? [[say('prepare'), () => go('prepare')] as const] : []),
    ...(place !== 'packets' ? [[say('to-packets'), () => go('packets')] as const] : []),
    [say('language'), () => speak(language === 'vi' ? 'en' : 'vi')],
    ...(opened ? [[say('lock'), onLock] as const] : []),
  ]
  return (
    <div className="menu-box" ref={box}>
      <button
        type="button"
        aria-expanded={open}
        aria-label={`${opened?.officer.name ?? ''} ${say('officer-menu')}`.trim()}
        onClick={() => setOpen(!open)}
      >
        <span className="who">{opened ? <strong>{opened.officer.name}</strong> : say('officer-menu')}</span>
        <ChevronDown size={16} aria-hidden />
      </button>
      {open && (
        <ul className="menu">
          {entries.map(([said, run]) => (
            <li key={said}>
              <button
                type="button"
                className="entry"
                onClick={() => {
                  setOpen(false)
                  run()
                }}
              >
                {said}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
