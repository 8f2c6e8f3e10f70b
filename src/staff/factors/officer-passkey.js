// Makes or uses a passkey, where the browser knows them; without this script the page says so, and the other ways on it
// work.
const bytesOf = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const textOf = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')
const descriptors = known => (known ?? []).map(one => ({ ...one, id: bytesOf(one.id) }))

const common = made => ({
  id: made.id,
  rawId: textOf(made.rawId),
  type: made.type,
  clientExtensionResults: made.getClientExtensionResults(),
})

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: descriptors(options.excludeCredentials),
    },
  })
  const { attestationObject, clientDataJSON } = made.response
  return {
    ...common(made),
    response: {
      attestationObject: textOf(attestationObject),
      clientDataJSON: textOf(clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  }
}

async function get(options) {
  const made = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: descriptors(options.allowCredentials),
    },
  })
  const { authenticatorData, clientDataJSON, signature, userHandle } = made.response
  return {
    ...common(made),
    response: {
      authenticatorData: textOf(authenticatorData),
      clientDataJSON: textOf(clientDataJSON),
      signature: textOf(signature),
      ...(userHandle && { userHandle: textOf(userHandle) }),
    },
  }
}

async function answer(form) {
  const field = name => form.elements.namedItem(name)
  const response = await fetch(form.dataset.options, {
    method: 'POST',
    body: new URLSearchParams({ form: field('form').value }),
  })
  if (!response.ok) throw new Error(`${response.status}`)
  const options = await response.json()
  const made = await (form.dataset.passkey === 'create' ? create(options) : get(options))
  field('challenge').value = options.challenge
  field('answer').value = JSON.stringify(made)
  form.submit()
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) break
  form.hidden = false
  const none = document.querySelector('[data-passkey-none]')
  if (none) none.hidden = true
  form.addEventListener('submit', event => {
    event.preventDefault()
    const failed = form.querySelector('[data-passkey-failed]')
    failed.hidden = true
    answer(form).catch(() => {
      failed.hidden = false
    })
  })
}
