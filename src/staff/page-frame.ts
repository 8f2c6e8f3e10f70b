import type { FastifyReply, FastifyRequest } from 'fastify'
import { hostOf } from '../platform/pages/host.ts'
import { type Html, html, type Language, languageOf, page } from '../platform/pages/html.ts'
import { type StaffText, say } from './words.ts'

/** What a page without script is drawn with. */
export type StaffPageFrame = {
  readonly language: Language
  readonly say: StaffText
  readonly demonstration: boolean
  readonly address: string
  readonly here: string
}

export const frameOf = (request: FastifyRequest, demonstration: boolean): StaffPageFrame => {
  const language = languageOf(request.headers)
  return { language, say: say(language), demonstration, address: hostOf(request), here: request.url }
}

type FrameParts = {
  /** Between the head and the title. */
  readonly above?: Html | false | undefined
  /** What nobody asks for. */
  readonly foot?: string
  /** What the sheet is beside a sheet, to the style. */
  readonly sheet?: string
  readonly style?: string
}

/**
 * A page of the house: sign and name, the other language, the work, and at the foot the true address and what nobody
 * asks for.
 */
export function framedPage(
  { language, demonstration, address, here }: Omit<StaffPageFrame, 'say'>,
  title: string,
  body: Html,
  { above, foot, sheet, style }: FrameParts = {},
): string {
  const other = language === 'vi' ? 'en' : 'vi'
  const words = say(language)
  return page(
    language,
    `${title} · ${words('house')}`,
    html`<header class="top">
<a class="house" href="/"><img src="/assets/sign.svg" alt="" width="20" height="20">${words('house')}</a>
${demonstration && html`<span class="tag">${words('demonstration')}</span>`}
<a class="language" href="/language/${other}?return=${encodeURIComponent(here)}" lang="${other}"
hreflang="${other}">${words('other-language')}</a>
</header>
<main class="sheet${sheet && html` ${sheet}`}">
${above}
<h1>${title}</h1>
${body}
</main>
<footer class="foot">${words('true-address')} <strong>${address}</strong>. ${foot ?? words('nobody-asks')}</footer>`,
    style === undefined ? {} : { style },
  )
}

export const sendPage = (reply: FastifyReply, status: number, text: string) =>
  reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)

/** A place of this house to go to next; anything that leads elsewhere becomes the console. */
export function safeNextPath(asked: string | undefined, otherwise = '/console/'): string {
  if (!asked || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) || asked.includes('\\')) return otherwise
  // Signing in to be signed out again helps nobody.
  return /^\/(?:sign-in|sign-out|change-officer)\b/.test(asked) ? otherwise : asked
}
