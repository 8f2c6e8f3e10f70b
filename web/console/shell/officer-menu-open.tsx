import { useState } from 'react'
import {
  RouterProvider as LinkProvider,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Button as Press,
} from 'react-aria-components'
import { Cap } from '../../parts/button.tsx'
import { dropDrafts } from '../base/drafts.ts'
import { useKeySettings } from '../base/keys.tsx'
import { useLanguage } from '../base/language.tsx'
import { go } from '../base/router-handle.ts'
import { firstDayAt } from '../first-day/first-day.ts'
import { useHelp } from '../help/help-state.tsx'
import { OfficerName } from './officer-name.tsx'
import { useRoleName, useSession, useUnitName } from './session.tsx'

/** The menu itself, open when it comes. */
export function OfficerMenuOpen({ label }: { label: string }) {
  const { say, language, speak } = useLanguage()
  const { name: officer } = useSession()
  const unit = useUnitName()
  const role = useRoleName()
  const keys = useKeySettings()
  const help = useHelp()
  const [isOpen, setOpen] = useState(true)
  return (
    <LinkProvider navigate={go}>
      <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Press aria-label={label}>
          <OfficerName />
        </Press>
        <Popover className="menu" placement="bottom end">
          <p className="who-whole">
            <strong>{officer}</strong>
            <span>{[role, unit].filter(Boolean).join(', ')}</span>
          </p>
          <Menu aria-label={say('officer-menu')} autoFocus="first">
            <MenuItem className="entry" onAction={() => speak(language === 'vi' ? 'en' : 'vi')}>
              {say('change-language')}
            </MenuItem>
            <MenuItem className="entry" href={firstDayAt()}>
              {say('first-day')}
            </MenuItem>
            <MenuItem className="entry" onAction={help.open}>
              {say('help')} <Cap>?</Cap>
            </MenuItem>
            <MenuItem className="entry" onAction={() => keys.turn(!keys.on)}>
              {say(keys.on ? 'keys-off' : 'keys-on')}
            </MenuItem>
            <MenuItem className="entry" href="/second-factor/mine">
              {say('my-factors')}
            </MenuItem>
            <MenuItem className="entry" href="/change-password">
              {say('my-password')}
            </MenuItem>
            <MenuItem className="entry" href="/change-officer" onAction={dropDrafts}>
              {say('change-officer')}
            </MenuItem>
            <MenuItem className="entry" href="/sign-out" onAction={dropDrafts}>
              {say('sign-out')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
    </LinkProvider>
  )
}
