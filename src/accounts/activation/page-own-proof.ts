import { html } from '../../platform/pages/html.ts'
import { type ProofKind, proofKinds } from './own-proof.ts'
import {
  type ActivationSheet,
  activationField,
  activationForm,
  activationPage,
  alertBox,
  stepList,
  submitButton,
} from './page-parts.ts'

/** The page on which the holder of an account that was opened before proves something of their own. */
export const ownProofPage = (
  sheet: ActivationSheet,
  {
    wrong,
    notice,
    kind,
    bySlip,
    withMessage,
  }: {
    readonly wrong?: string
    readonly notice?: string
    readonly kind?: ProofKind
    readonly bySlip: boolean
    readonly withMessage: boolean
  },
): string => {
  const { text: tell } = sheet
  const kinds = proofKinds.filter(one => withMessage || one !== 'message')
  return activationPage(
    sheet,
    'own-proof',
    html`${stepList(sheet, 'step-proof')}
<p>${tell('own-proof-lead')}</p>
${notice && html`<p class="said" role="status">${notice}</p>`}
${alertBox(wrong)}
${withMessage && activationForm(sheet, '/activate/own/message', submitButton(tell('own-proof-send'), 'plain'))}
${activationForm(
  sheet,
  '/activate/own',
  html`<fieldset class="choices"><legend>${tell('own-proof-kind')}</legend>
${kinds.map(
  (one, at) =>
    html`<label class="choice"><input type="radio" name="kind" value="${one}" required${
      (kind ?? kinds[0]) === one && html` checked`
    }${at === 0 && wrong && html` aria-describedby="wrong"`}><span>${tell(`own-proof-${one}`)}</span></label>`,
)}</fieldset>
${activationField({ name: 'proof', label: tell('own-proof-value'), kind: 'secret' })}
${submitButton(tell('continue'))}`,
)}
<p>${tell(bySlip ? 'own-proof-officer' : 'own-proof-slip')}</p>
<p><a href="/activate">${tell('own-proof-look')}</a></p>`,
  )
}
