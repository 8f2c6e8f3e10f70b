import { sayDeed } from '../../../src/inspection/words-deed.ts'
import type { Refusal } from '../../parts/call.ts'
import { instantText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'

/** What somebody else, or the officer in another tab, did since the page was opened: the page shows it as it is now. */
export function ChangedNote({ title, refusal: { facts, code } }: { title: string; refusal: Refusal }) {
  const { language, say } = useLanguage()
  const { deed, by, at } = facts
  const when = typeof at === 'string' ? instantText(at) : undefined
  const what = [
    typeof deed === 'string' && deed !== '' ? sayDeed(language)(deed) : undefined,
    typeof by === 'string' ? by : undefined,
    when && `${when.time} ${when.day}`,
  ].filter(part => part !== undefined)
  return (
    <div className="note waiting" role="alert">
      <p>
        <strong>{title}.</strong> {what.length > 0 && say('changed-what', { what: what.join(', ') })}{' '}
        {say('changed-todo')} <span className="small">{code}</span>
      </p>
    </div>
  )
}
