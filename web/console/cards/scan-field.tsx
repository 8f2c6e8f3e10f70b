import { CircleAlert, CircleCheck, ScanLine } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { type ScannedCard, useScanner } from '../base/card-scanner.tsx'
import { useSay } from '../base/language.tsx'

/** What the last scan came to: large, and read out. */
export type Heard = { readonly kind: 'good' | 'bad' | 'busy'; readonly so: string; readonly todo?: string | undefined }

export type ScanFieldProps = {
  readonly label: string
  readonly hint?: string
  readonly onScan: (text: string) => void
  /** The line of a card's QR code, which bears no serial; without it such a line is answered in words. */
  readonly onCard?: (card: ScannedCard) => void
  readonly heard?: Heard | undefined
  readonly children?: ReactNode
}

/** Where the focus belongs to somebody else: another field, a dialog, a menu. */
const isTaken = () => {
  const active = document.activeElement
  return (
    (active instanceof Element && active.matches('input, textarea, select')) ||
    document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null
  )
}

/** The one field that a scanner types into: it empties itself, keeps the focus, and says what came of it. */
export function ScanField({ label, hint, onScan, onCard, heard, children }: ScanFieldProps) {
  const say = useSay()
  const id = useId()
  const within = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [unread, setUnread] = useState(false)
  useScanner(within, card => {
    setText('')
    setUnread(!onCard)
    onCard?.(card)
  })
  // After a button or a list was used the next scan still lands here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something came of a scan
  useEffect(() => {
    if (!isTaken()) input.current?.focus()
  }, [heard, label, unread])
  return (
    <section className="scan">
      <form
        ref={within}
        onSubmit={event => {
          event.preventDefault()
          const scanned = text.trim()
          setText('')
          setUnread(false)
          if (scanned) onScan(scanned)
        }}
      >
        <label htmlFor={id}>
          <ScanLine size={20} aria-hidden />
          {label}
        </label>
        <input
          id={id}
          ref={input}
          value={text}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the page is this one field
          autoFocus
          aria-describedby={`${id}-hint`}
          onChange={event => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      </form>
      <HeardNote
        heard={unread ? { kind: 'bad', so: say('scan-no-serial'), todo: say('scan-no-serial-todo') } : heard}
        label={say('scan-said')}
      />
      {children}
    </section>
  )
}

function HeardNote({ heard, label }: { heard: Heard | undefined; label: string }) {
  const Icon = heard?.kind === 'bad' ? CircleAlert : CircleCheck
  return (
    <div
      className={`heard ${heard?.kind ?? 'none'}`}
      role="status"
      aria-live="assertive"
      aria-atomic="true"
      aria-label={label}
    >
      {heard && (
        <>
          {heard.kind !== 'busy' && <Icon size={24} aria-hidden />}
          <div>
            <strong>{heard.so}</strong>
            {heard.todo && <p>{heard.todo}</p>}
          </div>
        </>
      )}
    </div>
  )
}
