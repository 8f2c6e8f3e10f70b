import { Link } from '@tanstack/react-router'
import { Inbox } from 'lucide-react'
import { myNotices } from '../../../src/inspection/notices/contract.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'

const everyTwoMinutes = 120_000

/** In the top bar: how much is new since the officer last looked. Quiet: no sound, no colour where there is nothing. */
export function NoticesLink() {
  const say = useSay()
  const { data } = useAsk(myNotices, {}, { every: everyTwoMinutes })
  const count = data?.count ?? 0
  return (
    <Link to="/hom-nay/moi-den" aria-label={say('notices-bar', { n: numberText(count) })} className="notices-link">
      <Inbox size={16} aria-hidden />
      {count > 0 && (
        <span className="figures" aria-hidden>
          {numberText(count)}
        </span>
      )}
    </Link>
  )
}
