import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { Cap } from '../../parts/button.tsx'
import { Sign } from '../../parts/sign.tsx'
import { useSay } from '../base/language.tsx'
import { placeAbove, placesFor } from '../base/navigation.ts'
import { useBegins } from '../beginning/use-begins.ts'
import { NoticesLink } from '../notices/notices-link.tsx'
import { OfficerMenu } from './officer-menu.tsx'
import { useSession } from './session.tsx'

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
