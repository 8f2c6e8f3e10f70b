import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Html, html, type Language, languageOf, page } from '../platform/pages.ts'
import { type Say, say } from './words.ts'

/** What a page of sign-in is drawn with. */
export type Frame = {
  readonly language: Language
  readonly say: Say
  readonly demonstration: boolean
  readonly address: string
  readonly here: string
}

/** `ui_locales` of a relying party counts where the person has chosen no language (OpenID Connect Core 3.1.2.1). */
export function languageFor(headers: FastifyRequest['headers'], wanted?: unknown): Language {
  const chosen = /(?:^|;\s*)language=(vi|en)\b/.test(headers.cookie ?? '')
  const first = typeof wanted === 'string' ? wanted.split(' ').find(tag => /^(vi|en)\b/i.test(tag)) : undefined
  return !chosen && first ? (first.toLowerCase().startsWith('en') ? 'en' : 'vi') : languageOf(headers)
}

export const frameOf = (
  { headers, host, url }: Pick<FastifyRequest, 'headers' | 'host' | 'url'>,
  { demonstration, wanted }: { demonstration: boolean; wanted?: unknown },
): Frame => {
  const language = languageFor(headers, wanted)
  return { language, say: say(language), demonstration, address: host, here: url }
}

/** Sign and name, the other language, who asks, the work; at the foot the true address, and what nobody asks for. */
export function framed(
  { language, say, demonstration, address, here }: Frame,
  title: string,
  body: Html,
  { above }: { above?: Html | false | undefined } = {},
): string {
  const other = language === 'vi' ? 'en' : 'vi'
  return page(
    language,
    `${title} · ${say('house')}`,
    html`<header class="top">
<a class="house" href="/"><img src="/assets/sign.svg" alt="" width="20" height="20">${say('house')}</a>
${demonstration && html`<span class="tag">${say('demonstration')}</span>`}
<a class="language" href="/language/${other}?return=${encodeURIComponent(here)}" lang="${other}" hreflang="${other}">${say('other-language')}</a>
</header>
<main class="sheet">
${above}
<h1>${title}</h1>
${body}
</main>
<footer class="foot">${say('true-address')} <strong>${address}</strong>. ${say('nobody-asks')}</footer>`,
  )
}

export const sendPage = (reply: FastifyReply, status: number, text: string) =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)
