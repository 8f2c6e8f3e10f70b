import { ChevronDown, CircleQuestionMark } from 'lucide-react'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useSay } from '../base/language.tsx'
import { useNarrow } from '../base/narrow-screen.ts'
import { addressNow } from '../base/router-handle.ts'
import { FirstDayOffer } from '../first-day/offer.tsx'
import { useHelp } from '../help/help-state.tsx'
import { noteVisit } from '../palette/visited.ts'
import { PlainHead } from './plain-head.tsx'

export type PageProps = {
  /** The question that the page answers, two lines at most. */
  readonly title: string
  /** As of when, on what basis: one line each. */
  readonly standing?: ReactNode
  /** Unit or file, then filters with counts. Each <section> is parted by a hairline. */
  readonly margin?: ReactNode
  /** Paper and exits, at the foot of the margin. */
  readonly foot?: ReactNode
  /** What the strip says below 1024 px: the unit, then day and basis. */
  readonly strip?: readonly [first: string, second?: string]
  /** Which button prints this page's own paper, in words: by the browser's own menu the page is not printed. */
  readonly ownPaper?: string
  /** The page is one table, which scrolls by itself. */
  readonly still?: boolean
  readonly children: ReactNode
}

/** Margin and page: the margin says what the figures are worth, the page carries only the work. */
export function Page(props: PageProps) {
  const narrow = useNarrow()
  const say = useSay()
  const { title, still, ownPaper } = props
  const children = (
    <>
      <PlainHead title={title} />
      {ownPaper && <p className="paper-notice">{say('print-own-paper', { button: ownPaper })}</p>}
      {ownPaper ? <div className="paper-kept whole-page">{props.children}</div> : props.children}
    </>
  )
  useEffect(() => {
    document.title = `${title} · ${say('house')}`
    noteVisit({ address: addressNow(), title })
  }, [title, say])
  const page = still ? 'page still' : 'page'
  // What is typed stays where a window becomes narrow or a tablet is turned: the page keeps its place in the tree.
  return (
    <div className="sheet">
      {narrow ? (
        <Strip {...props} />
      ) : (
        <aside className="margin" aria-label={title}>
          <h1>{title}</h1>
          <MarginText {...props} />
        </aside>
      )}
      <main className={page} id="page">
        {narrow && <h1>{title}</h1>}
        <FirstDayOffer />
        {children}
      </main>
    </div>
  )
}

const MarginText = ({ standing, margin, foot }: PageProps) => (
  <>
    {standing && <div className="quiet">{standing}</div>}
    {margin}
    <div className="foot">
      {foot}
      <HelpButton />
    </div>
  </>
)

/** Opens the help of the page beside it; the key ? does the same. */
function HelpButton() {
  const say = useSay()
  const { isOpen, open, close } = useHelp()
  return (
    <button type="button" className="exit help-exit" aria-expanded={isOpen} onClick={isOpen ? close : open}>
      <CircleQuestionMark size={16} aria-hidden />
      {say('help')}
    </button>
  )
}

function Strip(props: PageProps) {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const id = useId()
  const [first, second] = props.strip ?? [props.title]
  return (
    <>
      <button type="button" className="strip" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <span>
          <strong>{first}</strong>
          {second && <br />}
          {second}
          <span className="unseen"> {say('show-margin')}</span>
        </span>
        <ChevronDown size={20} aria-hidden />
      </button>
      <aside id={id} className="margin" aria-label={say('show-margin')} hidden={!open}>
        {open && <MarginText {...props} />}
      </aside>
    </>
  )
}
