import { Link } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { useSay } from '../base/language.tsx'
import { placesFor } from '../base/navigation.ts'
import { useBegins } from '../beginning/use-begins.ts'
import { useSession } from './session.tsx'

/** Below 1024 px: the first three places, and the way to all. */
export function NarrowNavigation({ current }: { current: string }) {
  const say = useSay()
  const { rights } = useSession()
  const first = placesFor(rights, useBegins()).slice(0, 3)
  return (
    <nav className="bottom" aria-label={say('places')}>
      {first.map(({ name, path, icon: Icon }) => (
        <Link key={path} to={path} {...(current.startsWith(path) && { 'aria-current': 'page' as const })}>
          <Icon size={22} aria-hidden />
          {say(name)}
        </Link>
      ))}
      <Link
        to="/tat-ca"
        {...(!first.some(({ path }) => current.startsWith(path)) && { 'aria-current': 'page' as const })}
      >
        <MenuIcon size={22} aria-hidden />
        {say('all-places')}
      </Link>
    </nav>
  )
}
