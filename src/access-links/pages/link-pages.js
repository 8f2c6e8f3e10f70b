// Pages behind a link, with script: the page is kept in the phone, sealed, to be read without a line; what is tapped
// without one waits and is sent by itself; a text is copied by one tap. Without this script everything else works.
//
// The copy is sealed to a key pair of this browser. Its private half is sealed by a key that is derived from the PIN and
// kept nowhere, so that only who types the PIN reads the copy. Six digits can be tried out by whoever takes the phone
// apart: the copy therefore goes after some days, and at the next contact after the link has ended.
const { kind, days } = document.currentScript.dataset
const keptDays = Number(days)
const token = location.pathname.split('/')[2] ?? ''
const path = `/${kind}/${token}`
const rounds = 600_000

// The database: one row a link, under a hash of its address; what waits to be sent, each with its key.
const opened = new Promise((resolve, reject) => {
  const asked = indexedDB.open('dinhdanh-links', 1)
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore('copies')
    asked.result.createObjectStore('unsent', { keyPath: 'key' })
  }
  asked.onsuccess = () => resolve(asked.result)
  asked.onerror = () => reject(asked.error)
})
const run = async (store, mode, step) => {
  const database = await opened
  return new Promise((resolve, reject) => {
    const asked = step(database.transaction(store, mode).objectStore(store))
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
}
const textOf = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
const placeOf = async () => textOf(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`copy of ${path}`)))

async function keyOfPin(pin, salt) {
  const raw = new TextEncoder().encode(pin.replace(/\D/g, ''))
  const base = await crypto.subtle.importKey('raw', raw, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}
const pair = { name: 'ECDH', namedCurve: 'P-256' }
const sharedKey = (publicKey, privateKey, use) =>
  crypto.subtle.deriveKey({ name: 'ECDH', public: publicKey }, privateKey, { name: 'AES-GCM', length: 256 }, false, [
    use,
  ])
const nonce = () => crypto.getRandomValues(new Uint8Array(12))

/** Makes the keys of a copy when the PIN is typed; the copy itself comes with the page. */
async function prepare(pin) {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const pinKey = await keyOfPin(pin, salt)
  const { publicKey, privateKey } = await crypto.subtle.generateKey(pair, true, ['deriveKey'])
  const iv = nonce()
  const secret = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    pinKey,
    await crypto.subtle.exportKey('pkcs8', privateKey),
  )
  const known = await run('copies', 'readonly', store => store.get(place))
  const row = { ...known, next: { salt, iv, secret, publicKey } }
  await run('copies', 'readwrite', store => store.put(row, place))
}

/** Keeps the page as it stands, sealed to the keys of the PIN that opened it. */
async function keep() {
  const part = document.querySelector('[data-kept]')
  const known = await run('copies', 'readonly', store => store.get(place))
  const keys = known?.next ?? known?.keys
  if (!part || !keys) return
  const content = JSON.stringify({
    title: document.querySelector('h1').textContent,
    head: document.querySelector('.head-line')?.textContent ?? '',
    html: new XMLSerializer().serializeToString(part),
  })
  // A pair of its own for each copy: what it shares with the browser's pair seals this copy alone.
  const once = await crypto.subtle.generateKey(pair, false, ['deriveKey'])
  const iv = nonce()
  const dataKey = await sharedKey(keys.publicKey, once.privateKey, 'encrypt')
  const body = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, dataKey, new TextEncoder().encode(content))
  const row = { keys, iv, body, once: once.publicKey, at: Date.now() }
  await run('copies', 'readwrite', store => store.put(row, place))
}

const isOld = ({ at }) => Date.now() - at > keptDays * 86_400_000

/** Opens the copy by the PIN; undefined where the PIN is another. */
async function openCopy(pin) {
  const row = await run('copies', 'readonly', store => store.get(place))
  if (!row?.body) return 'none'
  if (isOld(row)) {
    await forget()
    return 'none'
  }
  try {
    const pinKey = await keyOfPin(pin, row.keys.salt)
    const secret = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.keys.iv }, pinKey, row.keys.secret)
    const privateKey = await crypto.subtle.importKey('pkcs8', secret, pair, false, ['deriveKey'])
    const dataKey = await sharedKey(row.once, privateKey, 'decrypt')
    const body = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, dataKey, row.body)
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}

/** The copy goes, and what waited to be sent with it. */
async function forget() {
  await run('copies', 'readwrite', store => store.delete(place))
  for (const { key, path: of } of await run('unsent', 'readonly', store => store.getAll()))
    if (of === path) await run('unsent', 'readwrite', store => store.delete(key))
}

/** Asks whether the link is still in force; whoever has no line is told nothing. */
async function askState() {
  try {
    const answer = await fetch(`${path}/state`, { headers: { accept: 'application/json' } })
    if (!answer.ok) return 'no-line'
    return (await answer.json()).state
  } catch {
    return 'no-line'
  }
}

// What waits to be sent
// ---------------------------------------------------------------------------------------------------------

const unsentOfLink = async () =>
  (await run('unsent', 'readonly', store => store.getAll())).filter(one => one.path === path)

async function showUnsent() {
  const line = document.querySelector('.unsent')
  if (!line) return
  const { length } = await unsentOfLink()
  line.hidden = length === 0
  line.textContent = (line.dataset.text ?? '').replace('{n}', String(length))
}

/** The row looks as it will once it is sent. */
function choose(form, outcome) {
  for (const button of form.querySelectorAll('button')) {
    const isChosen = button.value === outcome
    button.classList.toggle('chosen', isChosen)
    button.setAttribute('aria-pressed', String(isChosen))
    button.querySelector('span')?.remove()
    if (!isChosen) continue
    const mark = document.createElement('span')
    mark.setAttribute('aria-hidden', 'true')
    mark.textContent = '✓'
    button.prepend(mark)
  }
}

const keyFor = () => crypto.randomUUID()

/** Gives the page as it is after the change, where it was sent; false where there is no line. */
async function post({ action, fields }) {
  try {
    const answer = await fetch(action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { accept: 'text/html' },
    })
    if (answer.status >= 500 || answer.status === 429) return false
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    return false
  }
}

let sending = false
/** Sends what waits, in its order, each once: it has a key by which the house knows it again. */
async function sendWaiting() {
  if (sending || !document.querySelector('[data-kept]')) return
  sending = true
  try {
    let page
    for (const one of (await unsentOfLink()).toSorted((a, b) => a.at - b.at)) {
      const answer = await post(one)
      // Without a session the page asks for the PIN: what waits is sent after it was typed.
      if (!answer?.querySelector('[data-kept]')) break
      page = answer
      await run('unsent', 'readwrite', store => store.delete(one.key))
    }
    if (page) await show(page)
  } finally {
    sending = false
    await showUnsent()
  }
}

/** Puts the changed part of a page in the place of the one that is shown. */
async function show(page) {
  const [now, then] = [document.querySelector('[data-kept]'), page.querySelector('[data-kept]')]
  if (!now || !then) return location.reload()
  now.replaceWith(document.importNode(then, true))
  begin()
  await keep()
  await showUnsent()
}

async function tap(event) {
  const form = event.target.closest('form')
  const { submitter } = event
  if (!form?.matches('.pupil') || !submitter?.value) return
  event.preventDefault()
  const fields = Object.fromEntries(new FormData(form))
  const action = new URL(form.action).pathname
  fields.outcome = submitter.value
  fields.key = keyFor()
  choose(form, submitter.value)
  const page = navigator.onLine === false ? false : await post({ action, fields })
  if (page) return page.querySelector('[data-kept]') ? show(page) : location.assign(path)
  await run('unsent', 'readwrite', store => store.put({ key: fields.key, path, action, fields, at: Date.now() }))
  await showUnsent()
}

// What the page begins with
// ---------------------------------------------------------------------------------------------------------

function beginCopying() {
  const [text, hint] = [document.getElementById('message'), document.querySelector('[data-copy]')]
  if (!text || !hint || !navigator.clipboard) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link'
  button.textContent = hint.dataset.copy
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text.value)
    button.textContent = hint.dataset.copied
  })
  hint.replaceChildren(button)
}

function begin() {
  beginCopying()
}

/** Without a line: the PIN opens what is kept. */
function beginOffline(part) {
  const wrong = document.getElementById('wrong')
  const tell = text => {
    wrong.textContent = text
    wrong.hidden = false
  }
  document.getElementById('offline-pin').addEventListener('submit', async event => {
    event.preventDefault()
    const copy = await openCopy(document.getElementById('pin').value)
    if (copy === undefined) return tell(part.dataset.wrong)
    if (copy === 'none') return tell(part.dataset.none)
    document.querySelector('h1').textContent = copy.title
    const kept = new DOMParser().parseFromString(copy.html, 'text/html').querySelector('[data-kept]')
    const head = document.createElement('p')
    head.className = 'head-line'
    head.textContent = copy.head
    part.replaceWith(head, document.importNode(kept, true))
    document.querySelector('main').classList.add('link-sheet', 'no-line')
    begin()
    await showUnsent()
  })
}

let place
async function main() {
  if (!crypto.subtle) return begin()
  place = await placeOf()
  const offline = document.getElementById('offline')
  document.addEventListener('submit', event => void tap(event))
  addEventListener('online', () => void contact())
  if (offline) return beginOffline(offline)
  begin()
  const pin = document.querySelector('form[action$="/pin"]')
  if (pin)
    pin.addEventListener('submit', async event => {
      event.preventDefault()
      await prepare(document.getElementById('pin').value).catch(() => undefined)
      pin.submit()
    })
  await contact()
  if (!document.querySelector('[data-kept]')) return
  await keep()
  await showUnsent()
  await navigator.serviceWorker?.register(`/${kind}/link-worker.js`, { scope: `/${kind}/` }).catch(() => undefined)
}

/** At every contact: a link that has ended takes its copy with it; else what waits is sent. */
async function contact() {
  const state = await askState()
  if (state === 'ended' || state === 'unknown') {
    const row = await run('copies', 'readonly', store => store.get(place))
    if (row?.body) await forget()
    if (document.querySelector('[data-kept]')) location.replace(path)
    return
  }
  if (state !== 'open') return
  // A link that another program opened comes without its cookie at first: the session is there all the same.
  if (document.querySelector('form[action$="/pin"]') && location.pathname === path && !sessionStorage.getItem(path)) {
    sessionStorage.setItem(path, 'tried')
    return location.replace(path)
  }
  await sendWaiting()
}

main().catch(begin)
