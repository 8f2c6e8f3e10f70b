// Adds a passkey on this device, where the browser knows them; without this script the page says so, and everything
// else on it works.
const form = document.querySelector('form[data-passkey]')

const bytesOf = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const textOf = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')

async function make() {
  const field = name => form.elements.namedItem(name)
  const asked = await fetch('/citizen/passkey-options', {
    method: 'POST',
    body: new URLSearchParams({ form: field('form').value }),
  })
  // Two ways of confirming come first: the page itself leads there.
  if (asked.status === 403) return form.submit()
  const { options, challenge } = await asked.json()
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: (options.excludeCredentials ?? []).map(one => ({ ...one, id: bytesOf(one.id) })),
    },
  })
  const { attestationObject, clientDataJSON } = made.response
  field('challenge').value = challenge
  field('made').value = JSON.stringify({
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      attestationObject: textOf(attestationObject),
      clientDataJSON: textOf(clientDataJSON),
      transports: made.response.getTransports?.() ?? [],
    },
  })
  form.submit()
}

if (form && window.PublicKeyCredential) {
  form.hidden = false
  document.querySelector('[data-passkey-none]').hidden = true
  form.addEventListener('submit', event => {
    event.preventDefault()
    form.querySelector('[data-passkey-failed]').hidden = true
    make().catch(() => {
      form.querySelector('[data-passkey-failed]').hidden = false
    })
  })
}
