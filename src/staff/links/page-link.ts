import { html } from '../../platform/pages/html.ts'
import { addressSecretScript } from '../../platform/pages/page-assets.ts'
import { framedPage, type StaffPageFrame } from '../page-frame.ts'
import { linkText } from './words.ts'

export type LinkForm = {
  /** The token that makes the form ours. */
  readonly form: string
  /** The secret of the link; empty where it is typed from paper. */
  readonly secret: string
  readonly wrong?: string | undefined
}

/** The form by which an officer chooses a password. */
export function choosePasswordPage(frame: StaffPageFrame, { form, secret, wrong }: LinkForm): string {
  const text = linkText(frame.language)
  return framedPage(
    frame,
    text('title'),
    html`<p>${text('explained')}</p>
<form method="post" action="/new-password">
<input type="hidden" name="form" value="${form}">
${wrong && html`<p class="wrong" role="alert" id="wrong">${wrong}</p>`}
${
  secret
    ? html`<input type="hidden" name="secret" value="${secret}">`
    : html`<label for="secret">${text('code')}</label>
<input id="secret" name="secret" autocomplete="off" autocapitalize="none" spellcheck="false" required maxlength="60">`
}
<label for="login">${text('login')}</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="40">
<label for="next">${frame.say('next-password')}</label>
<input id="next" name="next" type="password" autocomplete="new-password" required maxlength="400"
aria-describedby="next-hint${wrong ? ' wrong' : ''}">
<p class="hint" id="next-hint">${frame.say('next-hint')}</p>
<label for="again">${frame.say('again-password')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="400">
<button class="button" type="submit">${frame.say('save')}</button>
</form>
${!secret && addressSecretScript('secret')}`,
  )
}

/** A link that opens nothing. */
export const linkGonePage = (frame: StaffPageFrame): string => {
  const text = linkText(frame.language)
  return framedPage(frame, text('title'), html`<p class="wrong" role="alert">${text('gone')}</p>`)
}

export const passwordChosenPage = (frame: StaffPageFrame): string => {
  const text = linkText(frame.language)
  return framedPage(
    frame,
    text('title'),
    html`<p>${text('chosen')}</p>
<p><a class="button" href="/sign-in">${frame.say('sign-in')}</a></p>`,
  )
}
