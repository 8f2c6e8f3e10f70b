/** Answers by a passkey, as WebAuthn level 3 writes requests and answers in JSON (section 5). */

type Descriptor = { readonly id: string; readonly type: 'public-key'; readonly transports?: AuthenticatorTransport[] }

/** PublicKeyCredentialRequestOptionsJSON, as far as it is used here. */
export type PasskeyRequest = {
  readonly challenge: string
  readonly rpId?: string
  readonly timeout?: number
  readonly userVerification?: UserVerificationRequirement
  readonly allowCredentials?: readonly Descriptor[]
}

const bytesOf = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0))
const textOf = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '')

/** Whether this browser knows passkeys. */
export const knowsPasskeys = () => 'PublicKeyCredential' in window

/** Has the browser sign a challenge. Throws what the browser throws, also where the person closes its dialog. */
export async function answerByPasskey({
  challenge,
  allowCredentials = [],
  ...request
}: PasskeyRequest): Promise<unknown> {
  const made = await navigator.credentials.get({
    publicKey: {
      ...request,
      challenge: bytesOf(challenge),
      allowCredentials: allowCredentials.map(one => ({ ...one, id: bytesOf(one.id) })),
    },
  })
  if (!(made instanceof PublicKeyCredential)) throw new Error('the browser gave no passkey')
  const { authenticatorData, clientDataJSON, signature, userHandle } = made.response as AuthenticatorAssertionResponse
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      authenticatorData: textOf(authenticatorData),
      clientDataJSON: textOf(clientDataJSON),
      signature: textOf(signature),
      ...(userHandle && { userHandle: textOf(userHandle) }),
    },
  }
}
