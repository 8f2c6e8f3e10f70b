import { Megaphone } from 'lucide-react'
import { useSay } from '../base/language.tsx'
import { Go } from '../parts/place-link.tsx'
import { useMay } from '../shell/session.tsx'
import { directivesAt } from './directive.ts'

/** The way from the campaign to what was ordered, for those who are given orders or give them. */
export function DirectivesLink() {
  const say = useSay()
  if (!useMay('directives.answer')) return null
  return (
    <Go className="exit" to={directivesAt()}>
      <Megaphone size={16} aria-hidden />
      {say('directives')}
    </Go>
  )
}
