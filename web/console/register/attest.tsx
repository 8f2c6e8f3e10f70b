import { useState } from 'react'
import { inForceToday } from '../../../src/platform/law-of-texts.ts'
import { showPerson } from '../../../src/register/contract.ts'
import { attestCorrection, listCorrections, showCorrection } from '../../../src/register/corrections/contract.ts'
import { formsOfPages } from '../../../src/register/law.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { EvidenceFields, isPaperNamed, noPaper } from './evidence-fields.tsx'

/** The form on which the family signs; its version stands on the correction for good. */
const form = () => inForceToday(formsOfPages).correction

/** What a school's roll proposed is a question until an officer has the papers at hand. */
export function Attest({ correction }: { correction: Answer<typeof showCorrection> }) {
  const say = useSay()
  const may = useMay('register.propose')
  const attest = useDo(attestCorrection, [showCorrection, listCorrections, showPerson])
  const [paper, setPaper] = useState(noPaper)
  if (!may) return null
  return (
    <section className="part">
      <h2>{say('attest')}</h2>
      <p className="prose">{say('from-roll-about')}</p>
      <div className="form">
        <EvidenceFields paper={paper} onChange={setPaper} />
        <RefusedNote error={attest.error} />
        <div className="buttons">
          <Button
            look="primary"
            {...((attest.isPending || !isPaperNamed(paper)) && { disabled: true })}
            onPress={() =>
              attest.mutate({
                params: { id: correction.id },
                body: { form: form(), papers: paper },
                seen: correction.version,
              })
            }
          >
            {say('attest-send')}
          </Button>
        </div>
      </div>
    </section>
  )
}
