import type { FastifyReply, FastifyRequest } from 'fastify'
import { deviceOf, formToken } from '../platform/http/csrf.ts'
import { type Html, html, type Language, languageOf } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import type { Self } from './self.ts'
import { saidTo, type Tell } from './words.ts'
import { saidOfLooks, type TellLooks } from './words-looks.ts'

/** What a page of one's own is drawn with. */
export type Frame = {
  readonly language: Language
  readonly tell: Tell
  readonly tellLooks: TellLooks
  readonly demonstration: boolean
  readonly address: string
  readonly here: string
  /** What the page's forms carry. */
  readonly form: string
  readonly child?: string | undefined
}

export function frameOf(request: FastifyRequest, reply: FastifyReply, self: Self, demonstration: boolean): Frame {
  const language = languageOf(request.headers)
  return {
    language,
    tell: saidTo(language, self.address),
    tellLooks: saidOfLooks(language, self.address),
    demonstration,
    address: request.host,
    here: request.method === 'GET' ? request.url : '/citizen/',
    form: formToken(deviceOf(request, reply)),
    child: self.child?.name,
  }
}

export const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`

/** A form that is one button: `step` says what it does. */
export const oneButton = ({ form }: Frame, { action, step, label, fields = {}, kind = 'link' }: OneButton): Html =>
  html`<form method="post" action="${action}">${hidden('form', form)}${hidden('step', step)}${Object.entries(fields).map(([name, value]) => hidden(name, value))}<button class="${kind}" type="submit">${label}</button></form>`

export type OneButton = {
  readonly action: string
  readonly step: string
  readonly label: string
  readonly fields?: Readonly<Record<string, string>>
  readonly kind?: 'link' | 'button' | 'button plain' | 'button grave'
}

export const alert = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="wrong" role="alert" id="wrong">${text}</p>`
export const status = (text: string | undefined): Html | undefined =>
  text === undefined ? undefined : html`<p class="right" role="status">${text}</p>`

type How = { readonly isFirst?: boolean; readonly width?: 'wide' | 'print' }

/**
 * A page of the house, with the way back and for whom one acts above its title, and at the foot what nobody asks a
 * person for.
 */
export const framed = (frame: Frame, title: string, body: Html, { isFirst = false, width }: How = {}): string =>
  staff.framed(frame, title, body, {
    above: html`${frame.child && html`<p class="acting">${frame.tell('acting-for')} <strong>${frame.child}</strong> <a href="/account/sign-in?child=yes&amp;return=/citizen/">${frame.tell('be-self')}</a></p>`}
${!isFirst && html`<p class="back"><a href="/citizen/">${frame.tell('back')}</a></p>`}`,
    foot: frame.tell('nobody-asks'),
    sheet: width ? `own ${width}` : 'own',
    style: '/assets/citizen.css',
  })
