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

// The database: one row a link, under a hash of its address; what waits to be sent, each with its key and that hash.
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
const placeOf = async of => textOf(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`copy of ${of}`)))

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
    await forgetCopy()
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

const forgetCopy = () => run('copies', 'readwrite', store => store.delete(place))

/** What waited too long goes, of whatever link; of a link that has ended everything. Whoever tapped it is told. */
async function dropUnsent(isDropped) {
  const dropped = (await run('unsent', 'readonly', store => store.getAll())).filter(isDropped)
  for (const { key } of dropped) await run('unsent', 'readwrite', store => store.delete(key))
  if (dropped.length > 0) sessionStorage.setItem(lostUnder(), String(lostCount() + dropped.length))
}
/** What an earlier script kept under an address in clear goes under its hash. */
async function hideAddresses() {
  for (const { path: of, ...one } of await run('unsent', 'readonly', store => store.getAll())) {
    if (!of) continue
    const { form: _proof, ...fields } = one.fields
    const row = { ...one, place: await placeOf(of), action: one.action.slice(of.length), fields }
    await run('unsent', 'readwrite', store => store.put(row))
  }
}
const lostUnder = () => `lost ${place}`
const lostCount = () => Number(sessionStorage.getItem(lostUnder()) ?? 0)
/** Says how much was dropped, once, on a page that is not about to be left. */
function showLost() {
  const line = document.querySelector('[data-lost]')
  const count = lostCount()
  if (!line || count === 0) return
  line.textContent = line.dataset.lost.replace('{n}', String(count))
  line.hidden = false
  sessionStorage.removeItem(lostUnder())
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
  (await run('unsent', 'readonly', store => store.getAll())).filter(one => one.place === place)

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
  const form = document.querySelector('[data-kept] input[name="form"]')?.value ?? ''
  try {
    const answer = await fetch(`${path}${action}`, {
      method: 'POST',
      body: new URLSearchParams({ ...fields, form }),
      headers: { accept: 'text/html' },
    })
    if (answer.status >= 500 || answer.status === 429) return false
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  } catch {
    return false
  }
}

/** Sends what waits, in its order, each once: it has a key by which the house knows it again. */
async function sendAll() {
  if (!document.querySelector('[data-kept]')) return 'waits'
  let page
  try {
    while (true) {
      const [first] = (await unsentOfLink()).toSorted((a, b) => a.at - b.at)
      if (!first) break
      const answer = await post(first)
      if (!answer) return 'waits'
      // Without a session the page asks for the PIN: what waits is sent after it was typed.
      if (!answer.querySelector('[data-kept]')) return 'asks-pin'
      page = answer
      await run('unsent', 'readwrite', store => store.delete(first.key))
    }
  } finally {
    if (page) await show(page)
    await showUnsent()
  }
  return 'sent'
}
let queue = Promise.resolve()
/** One after the other, so that a later tap never overtakes an earlier one. */
const sendWaiting = () => {
  queue = queue.then(sendAll, sendAll)
  return queue
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
  // Neither the address nor what proves the form is kept: the page that sends has them.
  const { form: _proof, ...fields } = Object.fromEntries(new FormData(form))
  const action = new URL(form.action).pathname.slice(path.length)
  fields.outcome = submitter.value
  fields.key = keyFor()
  choose(form, submitter.value)
  try {
    await run('unsent', 'readwrite', store => store.put({ key: fields.key, place, action, fields, at: Date.now() }))
  } catch {
    // A browser that keeps nothing sends the form as it does without script.
    const outcome = document.createElement('input')
    Object.assign(outcome, { type: 'hidden', name: 'outcome', value: submitter.value })
    form.append(outcome)
    return form.submit()
  }
  if (navigator.onLine === false) return showUnsent()
  if ((await sendWaiting()) === 'asks-pin') location.assign(path)
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
  place = await placeOf(path)
  await hideAddresses()
  await dropUnsent(isOld)
  const offline = document.getElementById('offline')
  document.addEventListener('submit', event => void tap(event))
  addEventListener('online', () => void contact())
  if (offline) {
    showLost()
    return beginOffline(offline)
  }
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

const goesWith = { ended: true, 'pin-changed': true, unknown: true }

/**
 * At every contact: a link that has ended, or has another PIN, takes its copy with it; else what waits is sent. What
 * waits goes with a link that has ended alone: the next PIN sends it.
 */
async function contact() {
  const state = await askState()
  if (goesWith[state]) {
    const row = await run('copies', 'readonly', store => store.get(place))
    if (row?.body) await forgetCopy()
    if (state === 'ended') await dropUnsent(one => one.place === place)
    if (document.querySelector('[data-kept]')) location.replace(path)
    else showLost()
    return
  }
  if (state !== 'open') return showLost()
  // A link that another program opened comes without its cookie at first: the session is there all the same.
  if (document.querySelector('form[action$="/pin"]') && location.pathname === path && !sessionStorage.getItem(place)) {
    sessionStorage.setItem(place, 'tried')
    return location.replace(path)
  }
  showLost()
  await sendWaiting()
}

main().catch(begin)
