import { html } from '../platform/pages/html.ts'
import type { DemonstrationSignIn } from './demonstration.ts'
import type { Post } from './officer.ts'
import { type Frame, framed } from './page-frame.ts'
import type { Recent } from './store-session.ts'
import { roleName } from './words.ts'

const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
const carried = ({ form, next }: Carried) => html`${hidden('form', form)}${hidden('return', next)}`
const alert = (text: string | undefined) => text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`

/** What each form carries: the token that makes it ours, and where to go afterwards. */
export type Carried = { readonly form: string; readonly next: string }

export const firstPage = (frame: Frame, { signedInAs }: { signedInAs?: string | undefined }) =>
  framed(
    frame,
    frame.say('who-are-you'),
    html`<ul class="ways">
<li><a href="${signedInAs ? '/console/' : '/sign-in'}"><strong>${frame.say('officer')}</strong>
<span>${signedInAs ? `${frame.say('to-console')} · ${signedInAs}` : frame.say('officer-hint')}</span></a></li>
<li><a href="/citizen/"><strong>${frame.say('citizen')}</strong><span>${frame.say('citizen-hint')}</span></a></li>
<li><a href="/developers/"><strong>${frame.say('developer')}</strong><span>${frame.say('developer-hint')}</span></a></li>
${frame.demonstration && html`<li><a href="/demonstration"><strong>${frame.say('demo-sign-ins')}</strong><span>${frame.say('demo-hint')}</span></a></li>`}
</ul>`,
  )

export const demonstrationPage = (frame: Frame, signIns: readonly (DemonstrationSignIn & { unitName: string })[]) =>
  framed(
    frame,
    frame.say('demo-sign-ins'),
    html`<p>${frame.say('demo-explained')}</p>
<table>
<thead><tr><th scope="col">${frame.say('role')}, ${frame.say('unit').toLowerCase()}</th>
<th scope="col">${frame.say('login')}, ${frame.say('password').toLowerCase()}</th></tr></thead>
<tbody>${signIns.map(
      one => html`<tr><td>${roleName(one.role)[frame.language]}<br><span class="hint">${one.unitName}</span></td>
<td><code>${one.login}</code><br><code>${one.password}</code></td></tr>`,
    )}</tbody></table>
<p><a class="button" href="/sign-in">${frame.say('sign-in')}</a> <a class="button plain" href="/demonstration/people">${frame.say('demo-people')}</a></p>`,
  )

type SignInPage = Carried & {
  readonly login?: string | undefined
  readonly wrong?: string | undefined
  /** Officers of recent sign-ins in this browser, offered for a quick change. */
  readonly recent: readonly Recent[]
  readonly signedInAs?: string | undefined
}

const choices = ({ say }: Frame, recent: readonly Recent[], next: string) =>
  recent.length > 0 &&
  html`<h2>${say('change-officer')}</h2>
<p class="hint">${say('change-hint')}</p>
<ul class="ways">${recent.map(
    one =>
      html`<li><a href="/sign-in?as=${one.officerId}&amp;return=${encodeURIComponent(next)}"><strong>${one.fullName}</strong><span>${one.login}</span></a></li>`,
  )}</ul>`

export const signInPage = (frame: Frame, given: SignInPage) =>
  framed(
    frame,
    frame.say('sign-in'),
    html`${given.signedInAs && html`<p class="hint">${frame.say('signed-in-as')} <strong>${given.signedInAs}</strong></p>`}
<form method="post" action="/sign-in">
${carried(given)}
${alert(given.wrong)}
<label for="login">${frame.say('login')}</label>
<input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="40" value="${given.login ?? ''}"${given.login ? html`` : html` autofocus`}${given.wrong ? html` aria-describedby="wrong"` : html``}>
<label for="password">${frame.say('password')}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required maxlength="400"${given.login ? html` autofocus` : html``}>
<button class="button" type="submit">${frame.say('sign-in')}</button>
</form>
${choices(frame, given.recent, given.next)}`,
  )

export const signOutPage = (frame: Frame, { form, next }: Carried) =>
  framed(
    frame,
    frame.say('sign-out'),
    html`<p>${frame.say('sign-out-explained')}</p>
<form method="post" action="/sign-out">${carried({ form, next })}
<button class="button" type="submit">${frame.say('sign-out-here')}</button>
<button class="button plain" type="submit" name="everywhere" value="yes">${frame.say('sign-out-everywhere')}</button>
</form>
<p><a href="${next}">${frame.say('back')}</a></p>`,
  )

/** A post as a form's value: the appointment, and the stand-in where there is one. */
const postValue = ({ appointmentId, standIn }: Post) => (standIn ? `${appointmentId} ${standIn.id}` : appointmentId)

export const choosePostPage = (
  frame: Frame,
  given: Carried & { readonly posts: readonly (Post & { unitName: string })[] },
) =>
  framed(
    frame,
    frame.say('choose-post'),
    html`<form method="post" action="/choose-post" class="ways">${carried(given)}
${given.posts.map(
  post => html`<button type="submit" name="post" value="${postValue(post)}"><strong>${roleName(post.role)[frame.language]}</strong>
<span>${post.unitName}${post.standIn && ` · ${frame.say('stands-in-for')} ${post.standIn.forName}`}</span></button>`,
)}
</form>`,
  )

export const changePasswordPage = (
  frame: Frame,
  given: Carried & { readonly mustChange: boolean; readonly login: string; readonly wrong?: string | undefined },
) =>
  framed(
    frame,
    frame.say('change-password'),
    html`${given.mustChange && html`<p>${frame.say('must-change')}</p>`}
<form method="post" action="/change-password">
${carried(given)}
${alert(given.wrong)}
<input class="unseen" name="login" autocomplete="username" value="${given.login}" readonly tabindex="-1" aria-hidden="true">
<label for="current">${frame.say('current-password')}</label>
<input id="current" name="current" type="password" autocomplete="current-password" required maxlength="400" autofocus>
<label for="next">${frame.say('next-password')}</label>
<input id="next" name="next" type="password" autocomplete="new-password" required maxlength="400" aria-describedby="next-hint${given.wrong ? ' wrong' : ''}">
<p class="hint" id="next-hint">${frame.say('next-hint')}</p>
<label for="again">${frame.say('again-password')}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required maxlength="400">
<button class="button" type="submit">${frame.say('save')}</button>
</form>`,
  )
