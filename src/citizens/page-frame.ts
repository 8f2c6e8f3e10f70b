import type { FastifyReply, FastifyRequest } from 'fastify'
import { deviceOf } from '../platform/http/cookie-tokens.ts'
import { formToken } from '../platform/http/csrf.ts'
import { hostOf } from '../platform/pages/host.ts'
import { type Html, html, type Language, languageOf } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import type { Self } from './self.ts'
import { type CitizenTranslate, translatorFor } from './words.ts'
import { type AccessTranslate, accessTranslatorFor } from './words-access-log.ts'

/** What a page of one's own is drawn with. */
export type CitizenFrame = {
  readonly language: Language
  readonly tell: CitizenTranslate
  readonly tellLooks: AccessTranslate
  readonly demonstration: boolean
  readonly address: string
  readonly here: string
  /** What the page's forms carry. */
  readonly form: string
  readonly child?: string | undefined
}

export function frameOf(
  request: FastifyRequest,
  reply: FastifyReply,
  self: Self,
  demonstration: boolean,
): CitizenFrame {
  const language = languageOf(request.headers)
  return {
    language,
    tell: translatorFor(language, self.address),
    tellLooks: accessTranslatorFor(language, self.address),
    demonstration,
    address: hostOf(request),
    here: request.method === 'GET' ? request.url : '/citizen/',
    form: formToken(deviceOf(request, reply)),
    child: self.child?.name,
  }
}

export const hiddenInput = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}">`

/** A form that is one button: `step` says what it does. */
export const buttonForm = (
  { form }: CitizenFrame,
  { action, step, label, fields = {}, kind = 'link' }: ButtonForm,
): Html =>
  html`<form method="post" action="${action}">
    ${hiddenInput('form', form)}${hiddenInput(
      'step',
      step,
    )}${Object.entries(fields).map(([name, value]) => hiddenInput(name, value))}<button class="${kind}"
      type="submit">${label}</button></form>`

export type ButtonForm = {
  readonly action: string
  readonly step: string
  readonly label: string
  readonly fields?: Readonly<Record<string, string>>
  readonly kind?: 'link' | 'button' | 'button plain' | 'button grave'
}

export const alertHtml = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="wrong" role="alert" id="wrong">${text}</p>`
export const statusHtml = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="right" role="status">${text}</p>`

type FrameOptions = { readonly isFirst?: boolean; readonly width?: 'wide' | 'print' }

/**
 * A page of the house, with the way back and for whom one acts above its title, and at the foot what nobody asks a
 * person for.
 */
export const pageInFrame = (
  frame: CitizenFrame,
  title: string,
  body: Html,
  { isFirst = false, width }: FrameOptions = {},
): string =>
  staff.framedPage(frame, title, body, {
    above: html`${
      frame.child &&
      html`<p class="acting">
      ${frame.tell('acting-for')} <strong>${frame.child}</strong>
        <a href="/account/sign-in?child=yes&amp;return=/citizen/">${frame.tell('be-self')}</a></p>`
    }
${
  !isFirst &&
  html`<div class="back"><a href="/citizen/">${frame.tell('back')}</a>
<form method="post" action="/account/sign-out">${hiddenInput('form', frame.form)}<button class="link"
type="submit">${frame.tell('sign-out')}</button></form></div>`
}`,
    foot: frame.tell('nobody-asks'),
    sheet: width ? `own ${width}` : 'own',
    style: '/assets/citizen.css',
  })
