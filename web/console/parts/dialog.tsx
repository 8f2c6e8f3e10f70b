import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { part } from '../base/lazy-page.tsx'
import type { DialogProps } from './dialog-box.tsx'

const DialogBox = part(() => import('./dialog-box.tsx'), 'DialogBox')

export const Dialog = (props: DialogProps) => (props.open ? <DialogBox {...props} /> : null)

export type DeedDialogProps = Omit<DialogProps, 'grave'> & {
  /** The deed, as the button says it: the verb and the object. */
  readonly deed: string
  readonly onDo: () => void
  readonly busy?: boolean
}

/** An irreversible deed asks once; the button repeats the deed. */
export function DeedDialog({ deed, onDo, busy, children, ...rest }: DeedDialogProps) {
  const say = useSay()
  return (
    <Dialog {...rest} grave>
      {children}
      <div className="buttons">
        <Button look="grave" onPress={onDo} {...(busy && { disabled: true })}>
          {deed}
        </Button>
        <Button onPress={rest.onClose} autoFocus>
          {say('leave-it')}
        </Button>
      </div>
    </Dialog>
  )
}
