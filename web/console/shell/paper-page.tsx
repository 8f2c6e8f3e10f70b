import { Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { Failed, Loading } from '../parts/page-state.tsx'
import { Go } from '../parts/place-link.tsx'
import { Page } from './page.tsx'
import { PrintedBy } from './printed-by.tsx'

type PaperPageProps = {
  readonly title: string
  /** What the list is of, as of when: beside it on the screen, above it on paper. */
  readonly lines: readonly string[]
  readonly back: { readonly to: string; readonly text: string }
  /** Another button of the foot, such as to read on. */
  readonly also?: ReactNode
  readonly error: Error | null
  readonly retry?: () => void
  /** What is still being read; the paper is there once nothing is. */
  readonly reading?: string | undefined
  readonly children: ReactNode
}

/** A list on A4, with its head, a button that prints it and the way back to the list. */
export function PaperPage({ title, lines, back, also, error, retry, reading, children }: PaperPageProps) {
  const say = useSay()
  return (
    <Page
      title={title}
      standing={lines.map(line => <p key={line}>{line}</p>)}
      foot={
        <>
          <Button look={['primary', 'wide']} icon={Printer} onPress={() => print()}>
            {say('print-a4')}
          </Button>
          {also}
          <Go className="exit" to={back.to}>
            {back.text}
          </Go>
        </>
      }
    >
      {error && <Failed error={error} {...(retry && { retry })} />}
      {reading !== undefined && !error && <Loading what={reading} />}
      {reading === undefined && (
        <>
          <PrintedBy title={title} lines={lines} />
          {children}
        </>
      )}
    </Page>
  )
}
