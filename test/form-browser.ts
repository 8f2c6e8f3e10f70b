import type { FastifyInstance } from 'fastify'

/** A browser without script, for tests: keeps cookies, reads the form's token from the page, sends forms. */
export class FormBrowser {
  readonly cookies = new Map<string, string>()
  readonly #app: () => FastifyInstance
  readonly #address: string

  /** `address`: where its requests come from. */
  constructor(app: () => FastifyInstance, address = '127.0.0.1') {
    this.#app = app
    this.#address = address
  }

  async get(url: string, headers: Record<string, string> = {}) {
    return this.#keep(
      await this.#app().inject({
        url,
        remoteAddress: this.#address,
        cookies: Object.fromEntries(this.cookies),
        headers: { accept: 'text/html', ...headers },
      }),
    )
  }

  async post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.#keep(
      await this.#app().inject({
        method: 'POST',
        url,
        remoteAddress: this.#address,
        cookies: Object.fromEntries(this.cookies),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
        payload: new URLSearchParams(fields).toString(),
      }),
    )
  }

  /** Opens a page and sends its form with the token and the place to go that stand in it. */
  async fill(page: string, fields: Record<string, string>, to = page.split('?')[0] ?? page) {
    return this.send(to, await this.get(page), fields)
  }

  /** Sends the form of a page that was opened. */
  send(to: string, { body }: { readonly body: string }, fields: Record<string, string>) {
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1]
    const next = field('return')
    return this.post(to, { form: field('form') ?? '', ...(next !== undefined && { return: next }), ...fields })
  }

  async call(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, headers: Record<string, string> = {}) {
    return this.#keep(
      await this.#app().inject({
        method,
        url: `/api${path}`,
        remoteAddress: this.#address,
        cookies: Object.fromEntries(this.cookies),
        headers,
        ...(payload && { payload }),
      }),
    )
  }

  #keep<Answer extends { cookies: { name: string; value: string }[] }>(answer: Answer): Answer {
    for (const { name, value } of answer.cookies)
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    return answer
  }
}
