import type { ReactNode } from 'react'
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components'

export type DialogProps = {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly grave?: boolean
}

/** A dialog that is open: what is below it is neither seen by readers nor reached by the Tab key. */
export function DialogBox({ open, title, onClose, children, grave }: DialogProps) {
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
