import { Printer } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from '../shell/page.tsx'
import { Paper } from './paper.tsx'

type PaperPageProps = {
  readonly title: string
  /** What the paper is of, as of when, filtered by what, how many. */
  readonly lines: readonly string[]
  readonly back: { readonly to: string; readonly text: string }
  /** Another button of the foot, such as to read on. */
  readonly also?: ReactNode
  /** What is chosen in the margin before it is printed. */
  readonly margin?: ReactNode
  readonly error: Error | null
  readonly retry?: () => void
  /** What is still being read; the paper is there once nothing is. */
  readonly reading?: string | undefined
  /** What stands in place of the paper: there is nothing to print, or too much. */
  readonly instead?: ReactNode
  readonly signs?: readonly string[]
  /** Why somebody's data are printed, in words. */
  readonly why?: string | undefined
  /** Writes down that it is printed; without it nothing of the paper is printed. */
  readonly record?: (() => Promise<unknown>) | undefined
  /** What is to be chosen first keeps the button shut. */
  readonly notYet?: boolean
  readonly className?: string
  /** Papers of their own, each whole, in place of one of that title. */
  readonly papers?: ReactNode
  readonly children?: ReactNode
}

/**
 * Prints once the house has written it down. Until then the paper is shown and not printed: whoever prints by the
 * browser's own menu gets a sentence that names the button.
 */
function usePrint(record: PaperPageProps['record']) {
  const [isRecorded, setRecorded] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const run = () => {
    if (!record) return print()
    setError(undefined)
    setBusy(true)
    record()
      .then(() => {
        flushSync(() => setRecorded(true))
        // Each printing is written down by itself.
        addEventListener('afterprint', () => setRecorded(false), { once: true })
        print()
      }, setError)
      .finally(() => setBusy(false))
  }
  return { run, isBusy, error, mayPrint: !record || isRecorded }
}

/** A paper on A4 as it will be printed, with the button that prints it and the way back. */
export function PaperPage(props: PaperPageProps) {
  const { title, lines, back, also, margin, error, retry, reading, instead, signs, why, record, notYet, className } =
    props
  const say = useSay()
  const printing = usePrint(record)
  const view = printing.mayPrint ? 'paper-view' : 'paper-view paper-kept'
  const isReady = reading === undefined && !error && !instead
  return (
    <Page
      title={title}
      strip={[title]}
      margin={margin}
      foot={
        <>
          <RefusedNote error={printing.error} />
          {isReady && (
            <Button
              look={['primary', 'wide']}
              icon={Printer}
              disabled={printing.isBusy || notYet === true}
              onPress={printing.run}
            >
              {say('print-a4')}
            </Button>
          )}
          {record && isReady && <p className="small">{say('print-is-recorded')}</p>}
          {also}
          <Go className="exit" to={back.to}>
            {back.text}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} {...(retry && { retry })} />}
      {reading !== undefined && !error && <Loading what={reading} />}
      {reading === undefined && !error && instead}
      {isReady && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too
        <section className={view} aria-label={say('paper-view')} tabIndex={0}>
          {props.papers ?? (
            <Paper title={title} lines={lines} signs={signs} why={why} className={className}>
              {props.children}
            </Paper>
          )}
        </section>
      )}
      {isReady && !printing.mayPrint && <p className="paper-notice">{say('print-by-button')}</p>}
    </Page>
  )
}
