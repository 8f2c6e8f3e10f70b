import { html } from '../platform/pages/html.ts'
import { alert, type Frame, framed, hidden } from './page-frame.ts'

export function lockPage(frame: Frame, { wrong }: { readonly wrong?: string | undefined } = {}): string {
  const { tell, form } = frame
  return framed(
    frame,
    tell('go-lock'),
    html`${alert(wrong)}<p>${tell('lock-what')}</p><p>${tell('lock-undo')}</p><p class="hint">${tell('lock-card')}</p>
<form method="post" action="/citizen/lock">${hidden('form', form)}${hidden('step', 'lock')}
<label class="choice"><input type="checkbox" name="sure" value="yes" required${wrong && html` aria-describedby="wrong" aria-invalid="true"`}><span>${tell('lock-sure')}</span></label>
<button class="button grave" type="submit">${tell('lock-go')}</button></form>
<p><a class="button plain" href="/citizen/">${tell('lock-no')}</a></p>`,
  )
}

/** Nobody is signed in any more when this is read. */
export function lockedPage(frame: Frame): string {
  const { tell } = frame
  return framed(frame, tell('lock-done'), html`<p>${tell('lock-undo')}</p><p>${tell('lock-card')}</p>`, {
    isFirst: true,
  })
}
