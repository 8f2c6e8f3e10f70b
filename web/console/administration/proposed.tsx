import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** What was proposed waits for another officer, until a moment. */
export function Proposed({ expiresAt, onClose }: { expiresAt: string; onClose: () => void }) {
  const say = useSay()
  return (
    <Dialog open title={say('proposed')} onClose={onClose}>
      <p>{say('proposed-means', instantText(expiresAt))}</p>
      <div className="buttons">
        <Button look="primary" onPress={onClose} autoFocus>
          {say('close')}
        </Button>
      </div>
    </Dialog>
  )
}
