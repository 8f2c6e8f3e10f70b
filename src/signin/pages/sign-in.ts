import { type Html, html } from '../../platform/pages/html.ts'
import type { AssuranceLevel } from '../assurance.ts'
import type { SignInFrame } from '../page-frame.ts'
import { framedPage } from '../page-frame.ts'
import type { SecondFactor } from '../sessions/second-factors.ts'

/** Who requests the sign-in: a relying party, or our own page. */
export type RequestingParty = {
  readonly name: string
  readonly level?: AssuranceLevel | undefined
  readonly sandbox?: boolean
}

const hiddenField = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
const alertBox = (text: string | undefined) => text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`
const describedBy = (wrong: string | undefined) =>
  wrong ? html` aria-describedby="wrong" aria-invalid="true"` : html``

/** A square with the first letters of a party. */
const invalidMark = (name: string) => html`<span class="mark" aria-hidden="true">${name.slice(0, 3).trim()}</span>`

const requestLine = ({ text: say }: SignInFrame, asker: RequestingParty | undefined): Html =>
  asker
    ? html`<p class="asker">${invalidMark(asker.name)}<span><strong>${asker.name}</strong> ${
        asker.sandbox &&
        html`<span
      class="tag">${say('sandbox-mark')}</span> `
      }${say('invites')} ${asker.level && say(`needs-level-${asker.level}`)}</span></p>`
    : html`<p class="asker"><span>${say('to-own-page')}</span></p>`

export type SignInPageState = {
  readonly form: string
  readonly asker?: RequestingParty | undefined
  readonly number?: string | undefined
  readonly wrong?: string | undefined
  /** The page posts to itself. */
  readonly action: string
  readonly why?: RepeatReason | undefined
}

/**
 * Why a signed-in person is asked again: the party requests a fresh sign-in or another account, or the person is about
 * to change what they sign in by.
 */
export type RepeatReason = 'again' | 'another' | 'fresh'

export const signInPage = (frame: SignInFrame, { form, asker, number, wrong, action, why }: SignInPageState) => {
  const { text: say } = frame
  return framedPage(
    frame,
    say(why === 'fresh' ? 'prove-again' : 'sign-in'),
    html`${why === 'fresh' && html`<p class="hint">${say('why-fresh')}</p>`}
${why && why !== 'fresh' && asker && html`<p class="hint">${asker.name} ${say(`why-${why}`)}</p>`}
<form method="post" action="${action}" class="sign-in">
${hiddenField('form', form)}${hiddenField('step', 'passcode')}
${alertBox(wrong)}
<label for="number">${say('number')} <span class="hint">${say('number-hint')}</span></label>
<input id="number" name="number" class="digits" inputmode="numeric" autocomplete="username" required maxlength="20"
value="${number ?? ''}"${number ? html`` : html` autofocus`}${describedBy(wrong)}>
<label for="passcode">${say('passcode')}</label>
<input id="passcode" name="passcode" class="digits" type="password" inputmode="numeric" autocomplete="current-password"
required maxlength="6" pattern="[0-9]{6}"${number ? html` autofocus` : html``}>
<label class="choice"><input type="checkbox" name="for-child" value="yes"><span>${say('for-child')}</span></label>
<button class="button" type="submit">${say('go')}</button>
</form>
<ul class="ways">
<li hidden data-passkey><button type="button"
data-passkey-action="${action}"><strong>${say('passkey')}</strong><span>${say('passkey-hint')}</span></button></li>
<li><a href="/account/forgotten"><strong>${say('forgotten')}</strong></a></li>
<li><a href="/activate"><strong>${say('activate')}</strong></a></li>
${
  !asker &&
  html`<li><a href="/citizen/check"><strong>${say('without-account')}</strong>
<span>${say('without-account-hint')}</span></a></li>`
}
</ul>
${asker && leaveForm(frame, { form, action, name: asker.name })}
<script src="/assets/passkey-sign-in.js" defer></script>`,
    { above: requestLine(frame, asker) },
  )
}

const leaveForm = (
  { text: say }: SignInFrame,
  { form, action, name }: { form: string; action: string; name: string },
) =>
  html`<form method="post" action="${action}">
    ${hiddenField('form', form)}${hiddenField('step', 'leave')}<button class="link"
      type="submit">${say('leave')} ${name}</button></form>`

export type SecondPageState = {
  readonly form: string
  readonly asker?: RequestingParty | undefined
  readonly action: string
  readonly why: 'new-device' | 'strength'
  readonly ways: readonly SecondFactor[]
  /** The second factor that is asked for now; absent if the person has to choose. */
  readonly way?: SecondFactor | undefined
  /** The last three digits of the phone. */
  readonly phone?: string | undefined
  readonly wrong?: string | undefined
  readonly sent?: boolean
}

const wayName: Record<SecondFactor, 'by-sms' | 'by-totp' | 'by-recovery'> = {
  sms: 'by-sms',
  totp: 'by-totp',
  'recovery-code': 'by-recovery',
}
const codeName: Record<SecondFactor, 'code-sms' | 'code-totp' | 'code-recovery'> = {
  sms: 'code-sms',
  totp: 'code-totp',
  'recovery-code': 'code-recovery',
}

export const secondPage = (
  frame: SignInFrame,
  { form, asker, action, why, ways, way, phone, wrong, sent }: SecondPageState,
) => {
  const { text: say } = frame
  const others = ways.filter(one => one !== way)
  const field =
    way === 'recovery-code'
      ? html`autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"`
      : html`class="digits" inputmode="numeric" autocomplete="one-time-code" maxlength="6" pattern="[0-9]{6}"`
  return framedPage(
    frame,
    say('second-title'),
    html`<p>${
      why === 'strength' && asker ? html`<strong>${asker.name}</strong> ${say('why-strength')}` : say('why-new-device')
    }</p>
${ways.length === 0 && html`<p class="wrong" role="alert">${say('nothing-second')}</p>`}
${
  way &&
  html`<form method="post" action="${action}">
${hiddenField('form', form)}${hiddenField('step', 'code')}${hiddenField('way', way)}
${alertBox(wrong)}
${sent && !wrong && phone && html`<p role="status">${say('sms-sent')} <strong>${phone}</strong>.</p>`}
<label for="code">${say(codeName[way])}</label>
<input id="code" name="code" ${field} required autofocus${describedBy(wrong)}>
<button class="button" type="submit">${say('go')}</button>
</form>`
}
${!way && alertBox(wrong)}
${
  (others.length > 0 || way === 'sms') &&
  html`<form method="post" action="${action}" class="ways">${hiddenField('form', form)}${hiddenField('step', 'way')}
${way === 'sms' && html`<button type="submit" name="way" value="sms"><strong>${say('sms-again')}</strong></button>`}
${others.map(
  one =>
    html`<button type="submit" name="way"
      value="${one}"><strong>${say(wayName[one])}</strong>${
        one === 'sms' && phone && html`<span>${say('by-sms-hint')} ${phone}</span>`
      }</button>`,
)}</form>`
}
<form method="post" action="${action}">${hiddenField('form', form)}${hiddenField('step', 'start')}<button class="link"
type="submit">${say('start')}</button></form>`,
    { above: requestLine(frame, asker) },
  )
}

/** The account has level 1 and level 2 is required. The level is never lowered silently. */
export const levelPage = (
  frame: SignInFrame,
  { form, asker, action }: { form: string; asker: RequestingParty; action: string },
) => {
  const { text: say } = frame
  return framedPage(
    frame,
    say('level-title'),
    html`<p><strong>${asker.name}</strong> ${say('level-why')}</p>
<p>${say('level-how')}</p>
<form method="post" action="${action}">${hiddenField('form', form)}${hiddenField('step', 'leave')}<button class="button"
type="submit">${say('go-back-to')} ${asker.name}</button></form>
<form method="post" action="${action}">${hiddenField('form', form)}${hiddenField('step', 'start')}<button class="link"
type="submit">${say('start')}</button></form>`,
  )
}

const provinceTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** After a reset by slip: what asks for level 2, or for two ways of confirming, waits. */
export const heldPage = (
  frame: SignInFrame,
  {
    heldUntil,
    leave,
  }: {
    readonly heldUntil: Date
    readonly leave?: { readonly form: string; readonly asker: RequestingParty; readonly action: string }
  },
) => {
  const { text: say } = frame
  const until = provinceTime.format(heldUntil).replace(',', '')
  return framedPage(
    frame,
    say('held-title'),
    html`<p>${say('held-why')} <strong>${until}</strong>.</p>
<p>${say('held-how')}</p>
<p><a href="/account/stop">${say('held-stop')}</a></p>
${
  leave
    ? html`<form method="post" action="${leave.action}">${hiddenField('form', leave.form)}${hiddenField(
        'step',
        'leave',
      )}<button class="button" type="submit">${say('go-back-to')} ${leave.asker.name}</button></form>`
    : html`<p><a class="button" href="/citizen/">${say('own-page')}</a></p>`
}`,
  )
}

export type ChildChoice = { readonly id: string; readonly name: string; readonly born: string }

export const childPage = (
  frame: SignInFrame,
  {
    form,
    asker,
    action,
    self,
    children,
  }: {
    form: string
    asker?: RequestingParty | undefined
    action: string
    self: string
    children: readonly ChildChoice[]
  },
) => {
  const { text: say } = frame
  return framedPage(
    frame,
    say('for-child-title'),
    html`<form method="post" action="${action}" class="ways">${hiddenField('form', form)}${hiddenField('step', 'child')}
<button type="submit" name="child" value=""><strong>${self}</strong><span>${say('for-self')}</span></button>
${children.map(
  ({ id, name, born }) => html`<button type="submit" name="child"
value="${id}"><strong>${name}</strong><span>${born} · ${say('for-child-hint')}</span></button>`,
)}
</form>`,
    { above: requestLine(frame, asker) },
  )
}
