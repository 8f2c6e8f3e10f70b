import { acknowledgeDuties, showFirstDay } from '../../../src/inspection/first-day/contract.ts'
import { citedIn } from '../../../src/platform/pages/law-mark.ts'
import { Button } from '../../parts/button.tsx'
import { instantText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import type { FirstDay } from './first-day.ts'

/** What whoever handles personal data must and must not do, with its article; confirmed once, and recorded. */
export function Duties({ duties: { codes, basis, readAt }, paper }: { duties: FirstDay['duties']; paper?: boolean }) {
  const { say, isWord, language } = useLanguage()
  const agree = useDo(acknowledgeDuties, [showFirstDay])
  return (
    <section className="part duties" id="duties" aria-label={say('privacy-duties')}>
      <h2>{say('privacy-duties')}</h2>
      <p className="small quiet">{say('privacy-duties-basis', { basis: citedIn(basis, language) })}</p>
      <ul className="prose">
        {codes.map(code => {
          const key = `duty-${code}`
          return <li key={code}>{isWord(key) ? say(key) : code}</li>
        })}
      </ul>
      {readAt && <p>{say('privacy-duties-agreed', instantText(readAt))}</p>}
      {!readAt && !paper && (
        <div className="buttons">
          <Button onPress={() => agree.mutate({ body: { basis } })} disabled={agree.isPending}>
            {say('privacy-duties-agree')}
          </Button>
        </div>
      )}
      <RefusedNote error={agree.error} />
    </section>
  )
}
