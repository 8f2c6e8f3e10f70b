import { ClipboardPaste } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { useDraftState } from '../base/drafts.ts'
import { useSay } from '../base/language.tsx'

/** Cells that were copied from a spreadsheet or a letter: sent as a text file, and read as one. */
export function PasteRoll({ onFile }: { onFile: (file: File) => void }) {
  const say = useSay()
  const [text, setText] = useDraftState('pasted roll', '')
  const [wasTyped] = useState(text !== '')
  const lines = text.split('\n').filter(line => line.trim() !== '').length
  return (
    <details className="paste-roll" open={wasTyped}>
      <summary>{say('paste-roll')}</summary>
      <Field label={say('paste-roll-label')} hint={say('paste-roll-hint')} value={text} onChange={setText} rows={6} />
      <Button
        icon={ClipboardPaste}
        {...(lines === 0 && { disabled: true })}
        onPress={() => onFile(new File([text], say('paste-roll-file'), { type: 'text/plain' }))}
      >
        {say('paste-roll-send', { n: lines })}
      </Button>
    </details>
  )
}
