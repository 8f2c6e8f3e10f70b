import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { Dialog } from '../parts/dialog.tsx'

/** A first password, shown once. */
export function FirstPassword({ password, onClose }: { password: string; onClose: () => void }) {
  const say = useSay()
  return (
    <Dialog open title={say('first-password')} onClose={onClose} grave>
      <p className="password">{password}</p>
      <p className="quiet">{say('first-password-todo')}</p>
      <div className="buttons">
        <Button look="primary" onPress={onClose}>
          {say('close')}
        </Button>
      </div>
    </Dialog>
  )
}
