// The screen of a hall: asks every three seconds, shows what changed, and calls aloud. It moves nothing.
const body = document.body
const { lost, lostNone, spoken } = body.dataset
const part = name => document.querySelector(`[data-part="${name}"]`)
const every = 3000
const lostAfter = 15_000
const darkFor = 5000

let call = body.dataset.call
let calledAt = body.dataset.calledAt
let heardAt = Date.now()
let lit

/** Twice, in Vietnamese where the browser has such a voice; the digits one by one, as people say them. */
function speak(ticket, desk) {
  if (!('speechSynthesis' in window)) return
  const text = spoken.replace('{ticket}', ticket.split('').join(' ')).replace('{desk}', desk)
  const voice = speechSynthesis.getVoices().find(one => one.lang.replace('_', '-').startsWith('vi'))
  speechSynthesis.cancel()
  for (let times = 0; times < 2; times += 1) {
    const said = new SpeechSynthesisUtterance(text)
    said.lang = document.documentElement.lang === 'en' ? 'en-GB' : 'vi-VN'
    if (voice && said.lang === 'vi-VN') said.voice = voice
    said.rate = 0.9
    speechSynthesis.speak(said)
  }
}

function darken() {
  const left = part('left')
  left.classList.add('new')
  clearTimeout(lit)
  lit = setTimeout(() => left.classList.remove('new'), darkFor)
}

/** Takes over the parts of the page as the house draws it now; what is no part stays, and the screen never blinks. */
function show(page) {
  for (const name of ['left', 'right', 'lines', 'clock'])
    part(name).replaceChildren(...document.importNode(page.querySelector(`[data-part="${name}"]`), true).childNodes)
  part('lost').hidden = true
  const told = page.body.dataset
  calledAt = told.calledAt
  if (told.call && told.call !== call) {
    darken()
    speak(told.ticket, told.desk)
  }
  call = told.call
}

async function ask() {
  try {
    const answer = await fetch(location.pathname, { cache: 'no-store' })
    if (!answer.ok) throw new Error(String(answer.status))
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    heardAt = Date.now()
  } catch {
    if (Date.now() - heardAt > lostAfter) {
      part('lost').textContent = calledAt ? lost.replace('{time}', calledAt) : lostNone
      part('lost').hidden = false
    }
  }
  setTimeout(ask, every)
}

setTimeout(ask, every)
