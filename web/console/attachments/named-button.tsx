import type { LucideIcon } from 'lucide-react'
import { Button as Press } from 'react-aria-components'

type NamedButtonProps = {
  readonly icon: LucideIcon
  /** What it does and with which paper, for whoever does not see the row. */
  readonly name: string
  readonly look?: 'text'
  readonly children: string
  readonly onPress: () => void
}

/** A button of one of several rows. */
export const NamedButton = ({ icon: Icon, name, look, children, onPress }: NamedButtonProps) => (
  <Press className={look ? `button ${look}` : 'button'} aria-label={name} onPress={onPress}>
    <Icon size={16} aria-hidden />
    {children}
  </Press>
)
