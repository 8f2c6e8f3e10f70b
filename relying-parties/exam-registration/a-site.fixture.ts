import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from './database.ts'
import { type Exam, readExams } from './exam.ts'
import { makeSite, type Site } from './pages/site.ts'
import { makeServer } from './server.ts'
import { clientKey } from './sign-in/client-key.ts'
import { openProvider } from './sign-in/provider.ts'
import { type Holder, openTestIssuer, type TestIssuer } from './test-issuer.fixture.ts'

export const national = 'tot-nghiep-thpt-2023'
export const gradeTen = 'vao-lop-10-2023'

export const at = (time: string, day = '2023-05-13') => Date.parse(`${day}T${time}+07:00`)

export const freePort = () =>
  new Promise<number>(found => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** A synthetic pupil; the number's digits agree with sex, century and year (NĐ137/2015 Art. 7). */
export const aHolder = (
  n: number,
  { born = '2005-09-24', level = 2 as 1 | 2, name = `Phạm Ngọc Ánh ${n}`, gender = 'female' } = {},
): Holder => ({
  id: `pupil-${n}`,
  level,
  claims: {
    name,
    birthdate: born,
    gender,
    person_number: `022${gender === 'female' ? 3 : 2}${born.slice(2, 4)}${String(n).padStart(6, '0')}`,
    residence: 'Phường Hồng Hà, thành phố Hạ Long, tỉnh Quảng Ninh',
    phone_number: `+8490${String(1_000_000 + n).slice(-7)}`,
  },
})

export type Answer = {
  readonly status: number
  readonly text: string
  readonly location: string | null
  readonly headers: Headers
}

/** Somebody at a browser without script: cookies, forms, redirects within the site. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly origin: string
  constructor(origin: string) {
    this.origin = origin
  }

  async ask(
    path: string,
    form?: Record<string, string | readonly string[]>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body =
      form &&
      new URLSearchParams(
        Object.entries(form).flatMap(([name, value]) => [value].flat().map(one => [name, one] as [string, string])),
      )
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { origin: this.origin }),
        ...headers,
      },
      ...(body && { method: 'POST', body }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) this.cookies.set(name, decodeURIComponent(value))
      else this.cookies.delete(name)
    }
    return {
      status: response.status,
      text: await response.text(),
      location: response.headers.get('location'),
      headers: response.headers,
    }
  }

  /** Follows redirects as long as they stay on the site; gives the last answer, or the redirect that leaves it. */
  async follow(path: string, form?: Record<string, string | readonly string[]>): Promise<Answer> {
    let answer = await this.ask(path, form)
    for (let step = 0; step < 8 && answer.location !== null; step++) {
      if (/^https?:/.test(answer.location) && !answer.location.startsWith(`${this.origin}/`)) return answer
      answer = await this.ask(answer.location)
    }
    return answer
  }
}

/** The hidden field of a form in a page. */
export const hidden = (page: string, name: string) =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page)?.[1] ?? ''

export type ASite = {
  readonly origin: string
  readonly folder: string
  readonly issuer: TestIssuer
  readonly site: Site
  readonly db: Database
  /** Set on, time passes as where the site runs; set back, its clock was. */
  now: number
  /** Sets the clock on the wall, and no time passes. */
  setClock(now: number): void
  /** So many milliseconds pass in which the process stands still. */
  stand(milliseconds: number): void
  exam(id?: string): Exam
  visitor(): Visitor
  /** Signs in at the issuer, from the exam's door; gives the page that the person then sees. */
  signIn(visitor: Visitor, who: string, exam?: string): Promise<Answer>
  close(): Promise<void>
}

/** A real site with a real issuer, whose clock stands still where a test puts it. */
export async function aSite({
  holders = [aHolder(1)],
  now = at('16:00:00'),
  exams = readExams(),
}: {
  holders?: readonly Holder[]
  now?: number
  exams?: readonly Exam[]
} = {}): Promise<ASite> {
  const folder = await mkdtemp(join(tmpdir(), 'exam-registration-'))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const issuer = await openTestIssuer({ site: origin, holders })
  const db = openDatabase(folder)
  const provider = openProvider({
    issuer: issuer.url,
    clientId: 'exam-registration',
    origin,
    key: await clientKey(folder),
    say: () => {},
  })
  const time = { wall: now, running: 0 }
  const pass = (milliseconds: number) => {
    time.wall += milliseconds
    time.running += milliseconds
  }
  const house = {
    get now() {
      return time.wall
    },
    set now(next) {
      while (time.wall < next) {
        pass(Math.min(1_000, next - time.wall))
        site.now()
      }
      time.wall = next
    },
    setClock(next: number) {
      time.wall = next
    },
    stand: pass,
  }
  const site: Site = makeSite({ db, exams, clock: () => time.wall, running: () => time.running, provider, origin })
  const app = await makeServer(site, { log: false })
  await app.listen({ host: '127.0.0.1', port })
  while (!provider.isReady()) await new Promise(resolve => setTimeout(resolve, 10))

  return Object.assign(house, {
    origin,
    folder,
    issuer,
    site,
    db,
    exam(id = national) {
      const found = exams.find(exam => exam.id === id)
      if (!found) throw new Error(id)
      return found
    },
    visitor: () => new Visitor(origin),
    async signIn(visitor: Visitor, who: string, exam = national) {
      const away = await visitor.follow(`/exams/${exam}/enter`)
      if (!away.location) return away
      const back = new URL(await issuer.signIn(away.location, who))
      return visitor.follow(back.pathname + back.search)
    },
    async close() {
      provider.stop()
      await app.close()
      await issuer.close()
      db.close()
      await rm(folder, { recursive: true, force: true })
    },
  })
}

export const firstAnswers = { kind: 'pupil', school: '17-101' }
export const secondAnswers = { language: 'anh', combination: 'khtn', venue: 'ha-long' }

/** Fills in both steps; gives the page on which it is handed in. */
export async function fillIn(
  visitor: Visitor,
  {
    exam = national,
    first = firstAnswers as Record<string, string | string[]>,
    second = secondAnswers as Record<string, string | string[]>,
  } = {},
): Promise<Answer> {
  const token = hidden((await visitor.follow(`/exams/${exam}/form`)).text, 'token')
  await visitor.follow(`/exams/${exam}/form`, { token, ...first })
  return visitor.follow(`/exams/${exam}/form/papers`, { token, ...second })
}

/** What a hand-in page would send. */
export const handInOf = (page: string) =>
  Object.fromEntries(['token', 'key', 'revision', 'base'].map(name => [name, hidden(page, name)]))

export async function register(visitor: Visitor, choices: Parameters<typeof fillIn>[1] = {}): Promise<Answer> {
  const page = await fillIn(visitor, choices)
  return visitor.follow(`/exams/${choices.exam ?? national}/form/hand-in`, handInOf(page.text))
}

/** The code of a receipt, without its gaps. */
export const receiptCodeOf = (page: string) =>
  /class="code"><span class="groups">((?:<span>\w+<\/span>)+)/.exec(page)?.[1]?.replace(/<\/?span>/g, '') ?? ''
