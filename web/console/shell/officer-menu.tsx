import { useState } from 'react'
import { useSay } from '../base/language.tsx'
import { part } from '../base/lazy-page.tsx'
import { OfficerName } from './officer-name.tsx'
import { useSession, useUnitName } from './session.tsx'

const OpenMenu = part(() => import('./officer-menu-open.tsx'), 'OfficerMenuOpen')

/** The officer's menu: a button until it is pressed, so that no page waits for the code of a menu. */
export function OfficerMenu() {
  const say = useSay()
  const { name: officer } = useSession()
  const unit = useUnitName()
  const [wasPressed, setPressed] = useState(false)
  const [isHere, setHere] = useState(false)
  const label = `${unit} ${officer}. ${say('officer-menu')}`
  const bring = () => {
    setPressed(true)
    void OpenMenu.preload().then(() => setHere(true))
  }
  if (wasPressed && isHere) return <OpenMenu label={label} />
  return (
    <button type="button" aria-label={label} aria-haspopup="true" aria-expanded={false} onClick={bring}>
      <OfficerName />
    </button>
  )
}
