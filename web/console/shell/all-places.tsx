import { Link } from '@tanstack/react-router'
import { useSay } from '../base/language.tsx'
import { placesFor } from '../base/navigation.ts'
import { useBegins } from '../beginning/use-begins.ts'
import { State } from '../parts/page-state.tsx'
import { Page } from './page.tsx'
import { useSession, useUnitName } from './session.tsx'

/** All places that the officer's rights open; also where someone without any learns what to do. */
export function AllPlaces() {
  const say = useSay()
  const { rights } = useSession()
  const unit = useUnitName()
  const open = placesFor(rights, useBegins())
  return (
    <Page title={say('open-places')} standing={unit} strip={[unit]}>
      {open.length === 0 && <State so={say('no-places')} todo={say('no-places-todo')} />}
      <nav className="all-places" aria-label={say('open-places')}>
        {open.map(({ name, path }) => (
          <p key={path}>
            <Link to={path}>{say(name)}</Link>
          </p>
        ))}
      </nav>
    </Page>
  )
}
