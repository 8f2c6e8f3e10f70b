import { ClipboardCopy } from 'lucide-react'
import { useState } from 'react'
import { quickExport } from '../../../src/statistics/contract.ts'
import { Button } from '../../parts/button.tsx'
import { call } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { asQuery, type Campaign, type CampaignSearch } from './search.ts'

/**
 * Puts the evening text on the clipboard; where the browser does not let it, the text is shown to be copied by hand.
 */
export function EveningText({ campaign, search, big }: { campaign: Campaign; search: CampaignSearch; big?: boolean }) {
  const say = useSay()
  const [copied, setCopied] = useState(false)
  const [text, setText] = useState<string>()
  const [error, setError] = useState<unknown>()
  const copy = async () => {
    setError(undefined)
    try {
      const query = { ...asQuery(search, campaign.metrics), as: 'text' as const }
      const { content } = await call(quickExport, { params: { id: campaign.id }, query })
      const written = await content.text()
      await navigator.clipboard.writeText(written).then(
        () => setCopied(true),
        () => setText(written),
      )
    } catch (refused) {
      setError(refused)
    }
  }
  return (
    <div className="evening-text" aria-live="polite">
      <Button look={big ? ['primary', 'wide', 'large'] : 'wide'} icon={ClipboardCopy} onPress={() => void copy()}>
        {say(copied ? 'evening-copied' : 'evening-copy')}
      </Button>
      <RefusedNote error={error} />
      <Dialog open={text !== undefined} title={say('evening-by-hand')} onClose={() => setText(undefined)}>
        <textarea className="input by-hand" rows={8} readOnly value={text ?? ''} aria-label={say('evening-by-hand')} />
        <div className="buttons">
          <Button look="primary" onPress={() => setText(undefined)}>
            {say('close')}
          </Button>
        </div>
      </Dialog>
    </div>
  )
}
