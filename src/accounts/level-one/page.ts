import { html } from '../../platform/pages/html.ts'
import * as staff from '../../staff/staff.ts'
import { type LevelOneTextKey, levelOneText } from './words.ts'

/** The pages on which a citizen requests level 1. They work without script. */

export type LevelOneFormEntry = { readonly number?: string; readonly phone?: string }

/** The field of a fault; other faults concern the whole form. */
const fieldOf = (fault: LevelOneTextKey | undefined) =>
  fault && (['number', 'phone', 'picture'] as const).find(field => fault.startsWith(`${field}-`))

export function levelOneFormPage(
  frame: staff.StaffPageFrame,
  { number = '', phone = '' }: LevelOneFormEntry = {},
  fault?: LevelOneTextKey,
): string {
  const tell = levelOneText(frame.language)
  const at = fieldOf(fault)
  const wrong = (field: string) =>
    at === field && fault ? html`<p class="wrong" id="${field}-wrong">${tell(fault)}</p>` : undefined
  const described = (field: string) =>
    at === field
      ? html` aria-invalid="true" aria-describedby="${field}-wrong ${field}-hint"`
      : html` aria-describedby="${field}-hint"`
  return staff.framedPage(
    frame,
    tell('title'),
    html`<p>${tell('for')}</p>
<p class="hint">${tell('level-two')}</p>
<p class="hint">${tell('children')} <a href="/citizen/children">${tell('children-page')}</a></p>
${fault && html`<p class="wrong" role="alert">${tell('wrong')}: ${tell(fault)}</p>`}
<form method="post" action="/account/request" enctype="multipart/form-data">
<label for="number">${tell('number')}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="off" required maxlength="20"
value="${number}"${described('number')}>
<p class="hint" id="number-hint">${tell('number-hint')}</p>${wrong('number')}
<label for="phone">${tell('phone')}</label>
<input id="phone" name="phone" type="tel" autocomplete="tel-national" required maxlength="20"
value="${phone}"${described('phone')}>
<p class="hint" id="phone-hint">${tell('phone-hint')}</p>${wrong('phone')}
<label for="picture">${tell('picture')}</label>
<input id="picture" name="picture" type="file" accept="image/jpeg,image/png" required${described('picture')}>
<p class="hint" id="picture-hint">${tell('picture-hint')}${fault && at !== 'picture' && html` ${tell('picture-again')}`}
</p>${wrong('picture')}
<p class="hint">${tell('use')}</p>
<button class="button" type="submit">${tell('send')}</button>
</form>`,
  )
}

/** The same page for every readable number and phone: it does not show who exists and who may have an account. */
export function levelOneTakenPage(frame: staff.StaffPageFrame): string {
  const tell = levelOneText(frame.language)
  return staff.framedPage(
    frame,
    tell('sent-title'),
    html`<p role="status">${tell('sent')}</p><p>${tell('sent-else')}</p><p class="hint">${tell('sent-wary')}</p>`,
  )
}
