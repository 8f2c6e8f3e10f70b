import { isEndState } from '../../../src/enrolment/application.ts'
import { type PaperKind, paperKinds, showPaper } from '../../../src/enrolment/papers/contract.ts'
import { call } from '../../parts/call.ts'
import { useSay } from '../base/language.tsx'
import { PaperExit } from '../parts/paper-exit.tsx'
import type { Application } from './search.ts'

/** Of which applications there is a paper; the house has the last word. */
const isFor: Readonly<Record<PaperKind, (application: Application) => boolean>> = {
  form: ({ capture }) => capture === 'here',
  receipt: ({ capture, state }) => capture === 'here' && !isEndState(state),
  refusal: ({ state }) => state === 'refused',
}

/** What is printed of an application for its file and for the citizen. */
export function Papers({ application }: { application: Application }) {
  const say = useSay()
  const { id } = application
  return paperKinds
    .filter(paper => isFor[paper](application))
    .map(paper => (
      <PaperExit key={paper} take={() => call(showPaper, { params: { id, paper } })}>
        {say(`application-paper-${paper}`)}
      </PaperExit>
    ))
}
