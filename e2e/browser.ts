import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Result } from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** A real browser for journeys, and pages that fail a test on anything the house promises never to do. */

export const desktop = { width: 1366, height: 768 } as const
export const phone = { width: 390, height: 844 } as const
export type Viewport = { readonly width: number; readonly height: number }

/** A program to start, and what it needs in its environment. */
type Program = { readonly path: string; readonly environment: Record<string, string> }

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome-headless-shell',
] as const

async function onPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter(folder => folder && !folder.includes('node_modules')))
    for (const name of names) {
      const path = join(folder, name)
      if (
        await access(path, constants.X_OK).then(
          () => true,
          () => false,
        )
      )
        return path
    }
  return undefined
}

/**
 * Unpacks the packaged Chromium into a folder of this user and this release. The package itself unpacks to fixed names
 * in the common temporary folder, where two tests at once, or another user's file, would break it.
 */
async function unpacked(): Promise<string> {
  const bin = join(import.meta.dirname, '../node_modules/@sparticuz/chromium/bin')
  const release = JSON.parse(await readFile(join(bin, '../package.json'), 'utf8')) as { version: string }
  const home = join(tmpdir(), `dinhdanh-chromium-${process.getuid?.() ?? 'me'}-${release.version}`)
  if (existsSync(join(home, 'chromium'))) return home
  const beside = `${home}-${randomUUID().slice(0, 8)}`
  await mkdir(beside, { mode: 0o755 })
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = beside
  try {
    const { inflate } = await import('@sparticuz/chromium')
    for (const pack of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'])
      await inflate(join(bin, pack))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  await rename(beside, home).catch(() => rm(beside, { recursive: true, force: true }))
  return home
}

/** The libraries that the package brings are used only where the machine has none of its own. */
function packaged(home: string): Program {
  const path = join(home, 'chromium')
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(home, 'fonts') }
  const runs = (environment: Record<string, string>) =>
    spawnSync(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...environment }, timeout: 30_000 })
      .status === 0
  const own = {
    ...fonts,
    LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
  }
  const environment = [fonts, own].find(runs)
  if (!environment) throw new Error(`${path} does not run here; set CHROME_PATH to a Chromium that does`)
  return { path, environment }
}

async function program(): Promise<Program> {
  const named = process.env['CHROME_PATH'] ?? (await onPath())
  return named ? { path: named, environment: {} } : packaged(await unpacked())
}

/** What a page did that no page of the house may do. */
export type Trespass = { readonly kind: 'console' | 'policy' | 'foreign' | 'fault'; readonly text: string }

export type WatchedPage = Page & {
  readonly trespasses: readonly Trespass[]
  /**
   * Throws with everything that was seen: console errors, violations of the content policy, requests to another host,
   * thrown errors.
   */
  assertClean(): void
}

export type TestBrowser = {
  readonly browser: Browser
  /** A page of its own context: no cookie is shared, unless `context` is given. */
  newPage(viewport?: Viewport, options?: { context?: BrowserContext; language?: 'vi' | 'en' }): Promise<WatchedPage>
  /** Fails on what any page did, then closes them all. */
  close(): Promise<void>
}

const isLocal = (url: URL) =>
  !/^https?:$|^wss?:$/.test(url.protocol) || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

/** Where the line may be cut, a browser says so for each request. */
const isNoLine = (text: string) =>
  /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|NETWORK_CHANGED|SOCKET_NOT_CONNECTED)/.test(text)

/** Hosts that a page may speak with: those that it has been opened on, and nothing else. */
function watch(
  page: Page,
  hosts: ReadonlySet<string>,
  { line = 'stands' as 'stands' | 'may-be-cut' } = {},
): WatchedPage {
  const trespasses: Trespass[] = []
  const note = (kind: Trespass['kind'], text: string) => trespasses.push({ kind, text })
  page.on('console', message => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const text = message.text()
    if (line === 'may-be-cut' && isNoLine(text)) return
    // A driver of a graphics card that is none tells how slow it is; no page can help that.
    if (/^\[\.WebGL-.*GL Driver Message/.test(text)) return
    // The library that finds faces says that it has none, and does without.
    if (/^(Error: WebGL is not supported|Initialization of backend webgl failed)/.test(text)) return
    // The station asks a hundred ports of its own machine for devices: that most are silent is no fault.
    if (/ERR_CONNECTION_REFUSED/.test(text) && /^http:\/\/127\.0\.0\.1:4[56]\d\d\//.test(message.location().url)) return
    // A page that goes on to another place, or a machine that is busy, uses late what was brought early.
    if (/was preloaded using link preload but not used within a few seconds/.test(text)) return
    if (/content security policy/i.test(text)) note('policy', text)
    // An answer of 4xx that the page shows as a refusal is told by the browser as an error of its own.
    else if (!/^Failed to load resource: the server responded with a status of 4\d\d/.test(text)) note('console', text)
  })
  page.on('pageerror', error => note('fault', error.stack ?? error.message))
  page.on('request', request => {
    const url = new URL(request.url())
    if (/^https?:$|^wss?:$/.test(url.protocol) && !hosts.has(url.host) && !isLocal(url)) note('foreign', request.url())
  })
  const assertClean = () => {
    if (trespasses.length)
      throw new Error(
        `the page at ${page.url()} trespassed:\n${trespasses.map(({ kind, text }) => `  ${kind}: ${text}`).join('\n')}`,
      )
  }
  return Object.assign(page, { trespasses, assertClean })
}

/**
 * How long a page is waited for, in ms: a machine that runs other tests beside this one, and is slow today, needs long
 * for what takes two seconds.
 */
const patience = 60_000

/** What every browser of the tests is started with: there is no graphics card, and to look for one costs work. */
const usualArgs = ['--font-render-hinting=none', '--disable-dev-shm-usage', '--disable-gpu']

/**
 * Opens the browser: CHROME_PATH, else a Chromium on the PATH, else the one from the package. `hosts` may be spoken
 * with beside localhost; `args` are given to the program (a camera made of a file); `line`: whether it may be cut.
 */
export async function openBrowser({
  hosts = [] as readonly string[],
  args = [] as readonly string[],
  line = 'stands' as 'stands' | 'may-be-cut',
} = {}): Promise<TestBrowser> {
  const { path, environment } = await program()
  const browser = await chromium.launch({
    executablePath: path,
    env: { ...(process.env as Record<string, string>), ...environment },
    args: [...usualArgs, ...args],
  })
  const pages: WatchedPage[] = []
  return {
    browser,
    async newPage(viewport = desktop, { context, language = 'vi' } = {}) {
      const own =
        context ??
        (await browser.newContext({
          viewport,
          locale: language === 'vi' ? 'vi-VN' : 'en-GB',
          timezoneId: 'Asia/Ho_Chi_Minh',
          deviceScaleFactor: 1,
        }))
      own.setDefaultTimeout(patience)
      const page = watch(await own.newPage(), new Set(hosts), { line })
      if (context) await page.setViewportSize(viewport)
      pages.push(page)
      return page
    },
    async close() {
      await browser.close()
      for (const page of pages) page.assertClean()
    },
  }
}

export type KeptBrowser = {
  readonly args: readonly string[]
  readonly hosts?: readonly string[]
  /**
   * It asks this one first, as if it had met it before: other tests of this machine have scanners of their own, some of
   * which take fingers badly.
   */
  readonly scanner?: { readonly port: number }
}

/**
 * A browser that keeps what it stores in a folder, as one that is closed and opened again does. It has a camera that
 * shows a moving pattern.
 */
export async function openKeptBrowser(
  folder: string,
  { args, hosts = [], scanner }: KeptBrowser,
): Promise<{ context: BrowserContext; page: WatchedPage }> {
  const { path, environment } = await program()
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: path,
    env: { ...(process.env as Record<string, string>), ...environment },
    args: [...usualArgs, ...args],
    viewport: desktop,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    deviceScaleFactor: 1,
    acceptDownloads: true,
  })
  context.setDefaultTimeout(patience)
  if (scanner)
    await context.addInitScript(`if (isSecureContext) localStorage.setItem('sbi-port-finger', '${scanner.port}')`)
  const page = watch(context.pages()[0] ?? (await context.newPage()), new Set(hosts), { line: 'may-be-cut' })
  return { context, page }
}

/** The small edition: each page that is opened anew has to read it whole. */
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const axeRun = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}

/** Whether nothing is wider than the screen. */
export const isWithin = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth')

/** What axe finds on a page that stands: it has its heading, and waits for nothing. */
async function violationsOf(page: Page): Promise<readonly Result[]> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  // Not by a function of the page: its policy lets no text be run, once it has to be looked at twice.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource)
  return page.evaluate<Result[]>(`axe.run(document, ${JSON.stringify(axeRun)}).then(run => run.violations)`)
}

/**
 * WCAG 2.2 AA as far as axe can tell: throws with each rule, where it is broken and why. Our pages hold no frame of
 * another origin, so axe runs in the page itself, which keeps it until it is left.
 */
export async function assertAccessible(page: Page): Promise<void> {
  let violations = await violationsOf(page)
  // The address changes before its page comes: what was looked at may have been between two pages.
  if (violations.length) violations = await violationsOf(page)
  if (!violations.length) return
  const told = violations.map(
    ({ id, help, nodes }) =>
      `  ${id}: ${help}\n${nodes
        .slice(0, 5)
        .map(({ html, failureSummary }) => `    ${html.slice(0, 160)}\n      ${failureSummary?.replaceAll('\n', ' ')}`)
        .join('\n')}`,
  )
  throw new Error(`axe found ${violations.length} at ${page.url()}:\n${told.join('\n')}`)
}

/** A picture of what is seen, `<name>.png` in the folder that SHOTS names; without SHOTS nothing is drawn. */
export async function shot(page: Page, name: string, folder = process.env['SHOTS']): Promise<void> {
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
