import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import { directiveReminders } from '../../../src/campaign/directives/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useLanguage } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'

/**
 * The text that names who still owes what, to be pasted into the command group; in sight, so that one sees what will be
 * said.
 */
export function Reminder({ id }: { id: string }) {
  const { say, language } = useLanguage()
  const { data } = useAsk(directiveReminders, { query: { directive: id } })
  const [copied, setCopied] = useState(false)
  const text = data?.texts.find(one => one.directiveId === id)?.[language]
  if (!text) return null
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      // The browser does not let it; the text is in sight, to be copied by hand.
      () => setCopied(false),
    )
  return (
    <section className="part reminder" aria-label={say('directive-reminder')}>
      <h2>{say('directive-reminder')}</h2>
      <pre>{text}</pre>
      <div className="buttons" aria-live="polite">
        <Button icon={ClipboardCopy} onPress={() => void copy()}>
          {say('directive-remind')}
        </Button>
        {copied && <span className="small">{say('directive-reminded')}</span>}
      </div>
    </section>
  )
}
