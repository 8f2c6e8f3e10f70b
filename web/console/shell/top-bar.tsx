import { Link } from '@tanstack/react-router'
import { ChevronDown, CircleUserRound, Search } from 'lucide-react'
import { Menu, MenuItem, MenuTrigger, Popover, Button as Press } from 'react-aria-components'
import { Cap } from '../../parts/button.tsx'
import { Sign } from '../../parts/sign.tsx'
import { dropDrafts } from '../base/drafts.ts'
import { useKeySettings } from '../base/keys.tsx'
import { useLanguage, useSay } from '../base/language.tsx'
import { placeAbove, placesFor } from '../base/navigation.ts'
import { useBegins } from '../beginning/use-begins.ts'
import { firstDayAt } from '../first-day/first-day.ts'
import { useHelp } from '../help/help-state.tsx'
import { NoticesLink } from '../notices/notices-link.tsx'
import { useRoleName, useSession, useUnitName } from './session.tsx'

export function TopBar({ current, onSearch }: { current: string; onSearch: () => void }) {
  const say = useSay()
  const session = useSession()
  const begins = useBegins()
  const shown = placesFor(session.rights, begins)
  const isAt = (path: string) => current.startsWith(path) || path === placeAbove(current, shown)
  return (
    <header className="bar">
      <Link to="/hom-nay" className="name">
        <Sign />
        {say('house')}
        {session.demonstration && <span className="tag">{say('demonstration')}</span>}
      </Link>
      <nav className="places" aria-label={say('places')}>
        {shown.map(({ name, path }) => (
          <Link key={path} to={path} {...(isAt(path) && { 'aria-current': 'page' as const })}>
            {say(name)}
          </Link>
        ))}
      </nav>
      <div className="end">
        <button
          type="button"
          onClick={onSearch}
          aria-label={say('search')}
          aria-keyshortcuts="/"
          aria-haspopup="dialog"
        >
          <Search size={16} aria-hidden />
          <span aria-hidden>
            <Cap>/</Cap>
          </span>
        </button>
        <NoticesLink />
        <OfficerMenu />
      </div>
    </header>
  )
}

function OfficerMenu() {
  const { say, language, speak } = useLanguage()
  const { name: officer } = useSession()
  const unit = useUnitName()
  const role = useRoleName()
  const keys = useKeySettings()
  const help = useHelp()
  return (
    <MenuTrigger>
      <Press aria-label={`${unit} ${officer}. ${say('officer-menu')}`}>
        <span className="who">
          {unit} <strong>{officer}</strong>
        </span>
        <CircleUserRound className="who-sign" size={24} aria-hidden />
        <ChevronDown size={16} aria-hidden />
      </Press>
      <Popover className="menu" placement="bottom end">
        <p className="who-whole">
          <strong>{officer}</strong>
          <span>{[role, unit].filter(Boolean).join(', ')}</span>
        </p>
        <Menu aria-label={say('officer-menu')}>
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
  )
}
