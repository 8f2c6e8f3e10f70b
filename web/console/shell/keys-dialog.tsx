import { Button, Cap } from '../../parts/button.tsx'
import { useKeySettings } from '../base/keys.tsx'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** Keys that have no letter, as they stand on the keyboard. */
const signs: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→' }

/** All keys that do something on the page that is open. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const say = useSay()
  const { known, on, turn } = useKeySettings()
  const once = new Map((open ? known() : []).map(deed => [deed.key, deed]))
  return (
    <Dialog open={open} title={say('keys-title')} onClose={onClose}>
      <ul className="rows">
        {[...once.values()].map(({ key, said }) => (
          <li key={key}>
            {said} <Cap>{signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)}</Cap>
          </li>
        ))}
      </ul>
      <p className="quiet">{say('keys-typing')}</p>
      <div className="buttons">
        <Button look="primary" onPress={onClose}>
          {say('close')}
        </Button>
        <Button onPress={() => turn(!on)}>{say(on ? 'keys-off' : 'keys-on')}</Button>
      </div>
    </Dialog>
  )
}
