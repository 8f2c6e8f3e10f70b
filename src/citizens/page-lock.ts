import { html } from '../platform/pages/html.ts'
import { alertHtml, type CitizenFrame, hiddenInput, pageInFrame } from './page-frame.ts'

export function lockPage(frame: CitizenFrame, { wrong }: { readonly wrong?: string | undefined } = {}): string {
  const { tell, form } = frame
  return pageInFrame(
    frame,
    tell('go-lock'),
    html`${alertHtml(wrong)}<p>${tell('lock-what')}</p><p>${tell('lock-undo')}</p>
      <p class="hint">${tell('lock-card')}</p>
<form method="post" action="/citizen/lock">${hiddenInput('form', form)}${hiddenInput('step', 'lock')}
<label class="choice"><input type="checkbox" name="sure" value="yes"
required${wrong && html` aria-describedby="wrong" aria-invalid="true"`}><span>${tell('lock-sure')}</span></label>
<button class="button grave" type="submit">${tell('lock-go')}</button></form>
<p><a class="button plain" href="/citizen/">${tell('lock-no')}</a></p>`,
  )
}

/** Nobody is signed in any more when this is read. */
export function lockedPage(frame: CitizenFrame): string {
  const { tell } = frame
  return pageInFrame(frame, tell('lock-done'), html`<p>${tell('lock-undo')}</p><p>${tell('lock-card')}</p>`, {
    isFirst: true,
  })
}
