import { html } from '../platform/pages/html.ts'
import type { DemonstrationSignIn } from './demonstration.ts'
import type { Post } from './officer.ts'
import { framedPage, type StaffPageFrame } from './page-frame.ts'
import type { RecentOfficer } from './store-session.ts'
import { roleName } from './words.ts'

const hiddenField = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
const hiddenFields = ({ form, next }: HiddenFormFields) =>
  html`${hiddenField('form', form)}${hiddenField('return', next)}`
const alert = (text: string | undefined) => text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`

/** What each form carries: the token that makes it ours, and where to go afterwards. */
export type HiddenFormFields = { readonly form: string; readonly next: string }

export const firstPage = (frame: StaffPageFrame, { signedInAs }: { signedInAs?: string | undefined }) =>
  framedPage(
    frame,
    frame.say('who-are-you'),
    html`<ul class="ways">
<li><a href="${signedInAs ? '/console/' : '/sign-in'}"><strong>${frame.say('officer')}</strong>
<span>${signedInAs ? `${frame.say('to-console')} · ${signedInAs}` : frame.say('officer-hint')}</span></a></li>
<li><a href="/citizen/"><strong>${frame.say('citizen')}</strong><span>${frame.say('citizen-hint')}</span></a></li>
<li><a href="/citizen/check"><strong>${frame.say('no-account')}</strong>
<span>${frame.say('no-account-hint')}</span></a></li>
<li><a href="/developers/"><strong>${frame.say('developer')}</strong><span>${frame.say(
      'developer-hint',
    )}</span></a></li>
${
  frame.demonstration &&
  html`<li><a href="/demonstration"><strong>${frame.say(
    'demo-sign-ins',
  )}</strong><span>${frame.say('demo-hint')}</span></a></li>`
}
</ul>`,
  )

export const demonstrationPage = (
  frame: StaffPageFrame,
  {
    signIns,
    ...hidden
  }: HiddenFormFields & { readonly signIns: readonly (DemonstrationSignIn & { unitName: string })[] },
) =>
  framedPage(
    frame,
    frame.say('demo-sign-ins'),
    html`<p>${frame.say('demo-explained')}</p>
<form method="post" action="/demonstration/sign-in">${hiddenFields(hidden)}
<ul class="ways">${signIns.map(
      one => html`<li><button type="submit" name="login" value="${one.login}">
<strong>${roleName(one.role)[frame.language]}</strong><span>${one.unitName} · ${one.name}</span></button></li>`,
    )}</ul></form>
<p><a class="button plain" href="/demonstration/people">${frame.say('demo-people')}</a>
<a class="button plain" href="/demonstration/messages">${frame.say('demo-messages')}</a></p>
<details><summary>${frame.say('demo-passwords')}</summary>
<table>
<thead><tr><th scope="col">${frame.say('login')}</th><th scope="col">${frame.say('password')}</th></tr></thead>
<tbody>${signIns.map(
      one => html`<tr><td><code>${one.login}</code></td><td><code>${one.password}</code></td></tr>`,
    )}</tbody></table></details>`,
  )

type SignInPage = HiddenFormFields & {
  readonly login?: string | undefined
  readonly wrong?: string | undefined
  /** Officers of recent sign-ins in this browser, offered for a quick change. */
  readonly recent: readonly RecentOfficer[]
  readonly signedInAs?: string | undefined
}

const recentOfficerChoices = ({ say }: StaffPageFrame, recent: readonly RecentOfficer[], next: string) =>
  recent.length > 0 &&
  html`<h2>${say('change-officer')}</h2>
<p class="hint">${say('change-hint')}</p>
<ul class="ways">${recent.map(
    one =>
      html`<li><a href="/sign-in?as=${one.officerId}&amp;return=${encodeURIComponent(
        next,
      )}"><strong>${one.fullName}</strong><span>${one.login}</span></a></li>`,
  )}</ul>`

export const signInPage = (frame: StaffPageFrame, page: SignInPage) =>
  framedPage(
    frame,
    frame.say('sign-in'),
    html`${
      page.signedInAs &&
      html`<p class="hint">
      ${frame.say('signed-in-as')} <strong>${page.signedInAs}</strong></p>`
    }
<form method="post" action="/sign-in">
${hiddenFields(page)}
${alert(page.wrong)}
<label for="login">${frame.say('login')}</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="40"
value="${page.login ?? ''}"${page.login ? html`` : html` autofocus`}${
      page.wrong
        ? html`
aria-describedby="wrong"`
        : html``
    }>
<label for="password">${frame.say('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
maxlength="400"${page.login ? html` autofocus` : html``}>
<button class="button" type="submit">${frame.say('sign-in')}</button>
</form>
${recentOfficerChoices(frame, page.recent, page.next)}`,
  )

export const signOutPage = (frame: StaffPageFrame, { form, next }: HiddenFormFields) =>
  framedPage(
    frame,
    frame.say('sign-out'),
    html`<p>${frame.say('sign-out-explained')}</p>
<form method="post" action="/sign-out">${hiddenFields({ form, next })}
<button class="button" type="submit">${frame.say('sign-out-here')}</button>
<button class="button plain" type="submit" name="everywhere" value="yes">${frame.say('sign-out-everywhere')}</button>
</form>
<p><a href="${next}">${frame.say('back')}</a></p>`,
  )

/** A post as a form's value: the appointment, and the stand-in where there is one. */
const postValue = ({ appointmentId, standIn }: Post) => (standIn ? `${appointmentId} ${standIn.id}` : appointmentId)

export const choosePostPage = (
  frame: StaffPageFrame,
  page: HiddenFormFields & { readonly posts: readonly (Post & { unitName: string })[] },
) =>
  framedPage(
    frame,
    frame.say('choose-post'),
    html`<form method="post" action="/choose-post" class="ways">${hiddenFields(page)}
${page.posts.map(
  post => html`<button type="submit" name="post"
    value="${postValue(post)}"><strong>${roleName(post.role)[frame.language]}</strong>
<span>${post.unitName}${post.standIn && ` · ${frame.say('stands-in-for')} ${post.standIn.forName}`}</span></button>`,
)}
</form>`,
  )

export const changePasswordPage = (
  frame: StaffPageFrame,
  page: HiddenFormFields & {
    readonly mustChange: boolean
    readonly login: string
    readonly wrong?: string | undefined
  },
) =>
  framedPage(
    frame,
    frame.say('change-password'),
    html`${page.mustChange && html`<p>${frame.say('must-change')}</p>`}
<form method="post" action="/change-password">
${hiddenFields(page)}
${alert(page.wrong)}
<input class="unseen" name="login" autocomplete="username" value="${page.login}" readonly tabindex="-1"
aria-hidden="true">
<label for="current">${frame.say('current-password')}</label>
<input id="current" name="current" type="password" autocomplete="current-password" required maxlength="400" autofocus>
<label for="next">${frame.say('next-password')}</label>
<input id="next" name="next" type="password" autocomplete="new-password" required maxlength="400"
aria-describedby="next-hint${page.wrong ? ' wrong' : ''}">
<p class="hint" id="next-hint">${frame.say('next-hint')}</p>
<label for="again">${frame.say('again-password')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="400">
<button class="button" type="submit">${frame.say('save')}</button>
</form>`,
  )
