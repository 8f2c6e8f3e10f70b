import { Search } from 'lucide-react'
import { Cap } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'

/** Part of a name, in any marks; it stands in no address. */
export function NameFilter({ part, onPart }: { part: string; onPart: (part: string) => void }) {
  const say = useSay()
  return (
    <label className="search">
      <span className="unseen">{say('filter-by-name')}</span>
      <Search size={16} aria-hidden />
      <input
        type="search"
        className="input"
        value={part}
        placeholder={say('filter-by-name')}
        onChange={event => onPart(event.target.value)}
      />
      <Cap>/</Cap>
    </label>
  )
}
