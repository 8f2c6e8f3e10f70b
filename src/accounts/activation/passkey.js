// Asks the device for a passkey, or for an answer by one. The only script of these pages; without it they show nothing
// of this.
const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const text = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const withIds = list => list?.map(one => ({ ...one, id: bytes(one.id) }))

async function create(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: withIds(options.excludeCredentials) ?? [],
  }
  const { response, ...made } = await read(await navigator.credentials.create({ publicKey }))
  return { ...made, response }
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: withIds(options.allowCredentials) ?? [],
  }
  return read(await navigator.credentials.get({ publicKey }))
}

function read({ id, rawId, type, response, authenticatorAttachment }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const told = Object.fromEntries(parts.filter(part => response[part]).map(part => [part, text(response[part])]))
  return {
    id,
    rawId: text(rawId),
    type,
    authenticatorAttachment,
    clientExtensionResults: {},
    response: { ...told, ...(response.getTransports && { transports: response.getTransports() }) },
  }
}

async function ask(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

const place = document.querySelector('[data-passkey]')
if (place && window.PublicKeyCredential) {
  const { passkey, form, options, answer, then, wait, done, failed } = place.dataset
  const [button, said] = [place.querySelector('button'), place.querySelector('[role=status]')]
  place.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    said.textContent = wait
    try {
      const response = await (passkey === 'create' ? create : get)(await ask(options, { form }))
      await ask(answer, { form, response })
      said.textContent = done
      button.remove()
      if (then) location.assign(then)
    } catch {
      said.textContent = failed
      button.disabled = false
    }
  })
}
