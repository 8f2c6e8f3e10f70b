import type { FastifyReply, FastifyRequest } from 'fastify'
import { deviceOf, formToken } from '../platform/form.ts'
import { type Html, html, type Language, languageOf, page } from '../platform/pages.ts'
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

/** Sign and name, the other language, the way back, for whom one acts, the work; at the foot the true address, and what nobody asks for. */
export function framed(
  { language, tell, demonstration, address, here, child }: Frame,
  title: string,
  body: Html,
  { isFirst = false, width }: How = {},
): string {
  const other = language === 'vi' ? 'en' : 'vi'
  return page(
    language,
    `${title} · ${tell('house')}`,
    html`<header class="top">
<a class="house" href="/"><img src="/assets/sign.svg" alt="" width="20" height="20">${tell('house')}</a>
${demonstration && html`<span class="tag">${tell('demonstration')}</span>`}
<a class="language" href="/language/${other}?return=${encodeURIComponent(here)}" lang="${other}" hreflang="${other}">${tell('other-language')}</a>
</header>
<main class="sheet own${width && html` ${width}`}">
${child && html`<p class="acting">${tell('acting-for')} <strong>${child}</strong> <a href="/account/sign-in?child=yes&amp;return=/citizen/">${tell('be-self')}</a></p>`}
${!isFirst && html`<p class="back"><a href="/citizen/">${tell('back')}</a></p>`}
<h1>${title}</h1>
${body}
</main>
<footer class="foot">${tell('true-address')} <strong>${address}</strong>. ${tell('nobody-asks')}</footer>`,
    { style: '/assets/citizen.css' },
  )
}

export const sendPage = (reply: FastifyReply, code: number, text: string) =>
  reply.code(code).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)
