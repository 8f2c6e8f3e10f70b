import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { goToLinkPapers, type LinkPaper } from './link-papers.ts'

type IssuedLinkProps = {
  readonly title: string
  readonly about: string
  readonly addressLabel: string
  readonly paper: LinkPaper
  readonly onClose: () => void
}

/** What is shown once: the address, and apart from it the PIN. They are printed on two papers. */
export function IssuedLink({ title, about, addressLabel, paper, onClose }: IssuedLinkProps) {
  const say = useSay()
  const [copied, setCopied] = useState(false)
  const { address, pin, until, holder } = paper
  return (
    <Dialog open title={title} onClose={onClose}>
      <div className="stack link-once">
        <p>
          {about}. {holder}, {say('class-link-until', { day: dayText(until) })}
        </p>
        {address && (
          <>
            <p className="quiet">{addressLabel}</p>
            <p>
              <code>{address}</code>
            </p>
          </>
        )}
        <p className="quiet">{say('class-link-pin')}</p>
        <p>
          <strong className="pin">{pin}</strong>
        </p>
        <p className="note">{say('class-link-shown-once')}</p>
        <div className="buttons">
          {address && (
            <Button
              look="primary"
              onPress={() =>
                void navigator.clipboard.writeText(address).then(
                  () => setCopied(true),
                  () => setCopied(false),
                )
              }
            >
              {say(copied ? 'class-link-copied' : 'class-link-copy')}
            </Button>
          )}
          <Button onPress={() => goToLinkPapers([paper])}>{say('class-link-print')}</Button>
          <Button look="text" onPress={onClose}>
            {say('close')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
