import type { ReactNode } from 'react'
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'

export type DialogProps = {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly grave?: boolean
}

export function Dialog({ open, title, onClose, children, grave }: DialogProps) {
  return (
    <ModalOverlay className="veil" isOpen={open} onOpenChange={next => next || onClose()} isDismissable={!grave}>
      <Modal className="dialog">
        <Box role={grave ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
        </Box>
      </Modal>
    </ModalOverlay>
  )
}

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
