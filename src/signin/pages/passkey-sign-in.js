// Offers the passkey if the browser has one; without this script people sign in by number and passcode.
const offer = document.querySelector('[data-passkey]')
const form = document.querySelector('form.sign-in')

const bytesOf = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const textOf = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')

async function signIn() {
  const asked = await fetch('/account/passkey/options', { method: 'POST' })
  const { options, challenge } = await asked.json()
  const credential = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: (options.allowCredentials ?? []).map(one => ({ ...one, id: bytesOf(one.id) })),
    },
  })
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response
  const answer = {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      authenticatorData: textOf(authenticatorData),
      clientDataJSON: textOf(clientDataJSON),
      signature: textOf(signature),
      ...(userHandle && { userHandle: textOf(userHandle) }),
    },
  }
  const fields = { step: 'passkey', challenge, passkey: JSON.stringify(answer), number: '', passcode: '' }
  const sent = document.createElement('form')
  sent.method = 'post'
  sent.action = form.getAttribute('action')
  for (const [name, value] of Object.entries({
    form: form.elements.namedItem('form').value,
    'for-child': form.elements.namedItem('for-child').checked ? 'yes' : '',
    ...fields,
  })) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    sent.append(field)
  }
  document.body.append(sent)
  sent.submit()
}

if (offer && form && window.PublicKeyCredential) {
  offer.hidden = false
  // A person who closes the browser's dialog continues with number and passcode.
  offer.querySelector('button').addEventListener('click', () => void signIn().catch(() => undefined))
}
