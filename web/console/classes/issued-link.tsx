import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** What is shown once: the address of a new link, and apart from it the PIN. */
export type OnceShown = {
  readonly address?: string
  readonly pin: string
  readonly until?: string
  readonly holder: string
}

/** The address is copied or printed; the PIN is read out or written down, and stands on no paper with the address. */
export function IssuedLink({
  title,
  about,
  addressLabel,
  shown: { address, pin, until, holder },
  onClose,
}: {
  title: string
  about: string
  addressLabel: string
  shown: OnceShown
  onClose: () => void
}) {
  const say = useSay()
  const [copied, setCopied] = useState(false)
  return (
    <Dialog open title={title} onClose={onClose}>
      <div className="stack link-once">
        <p>
          {about}. {holder}
          {until && `, ${say('class-link-until', { day: dayText(until) })}`}
        </p>
        {address && (
          <>
            <p className="quiet">{addressLabel}</p>
            <p>
              <code>{address}</code>
            </p>
          </>
        )}
        <div className="unprinted">
          <p className="quiet">{say('class-link-pin')}</p>
          <p>
            <strong className="pin">{pin}</strong>
          </p>
          <p className="note">{say('class-link-shown-once')}</p>
        </div>
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
          {address && <Button onPress={() => print()}>{say('class-link-print')}</Button>}
          <Button look="text" onPress={onClose}>
            {say('close')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
