import type { FactKind } from '../fact.ts'

/**
 * What a message says in one language. `{name}` stands for a fact; `{card}` for what a card is called on the day
 * (../every-message.ts).
 */
export type Wording = {
  readonly subject: string
  /** Of an e-mail, by paragraphs; the link comes after them. */
  readonly text: readonly string[]
  /** Of a phone's text: written with marks here, sent without them. */
  readonly phone: string
}

/** What a template is besides its words. */
export type MessageTraits = {
  /** Somebody waits for it, as for a code: it goes before others, and at any hour. */
  readonly urgent?: true
  /** It may be refused (../../law.ts): nothing of a procedure depends on it. */
  readonly refusable?: true
  readonly facts: object
}

export type Template = MessageTraits & {
  /** One that says `minutes` is worth nothing after them, and is not tried again. */
  readonly facts: Readonly<Record<string, FactKind>>
  readonly vi: Wording
  readonly en: Wording
}

export type Templates = Readonly<Record<string, Template>>
