import type { Endpoint, ReplyOf } from '../../src/platform/endpoint.ts'
import { addressOf, askedAgain, NoAnswer, officerHeaders, Refusal } from './call.ts'

type Fields = Readonly<Record<string, string | undefined>>
type Uploading = {
  /** How many bytes have gone out. */
  readonly onSent: (bytes: number) => void
  readonly fields?: Fields
  readonly signal?: AbortSignal
}

function sendFile<E extends Endpoint>(door: E, file: File, { onSent, fields = {}, signal }: Uploading) {
  return new Promise<ReplyOf<E>>((answer, fail) => {
    const request = new XMLHttpRequest()
    request.open(door.method, addressOf(door))
    for (const [name, value] of Object.entries(officerHeaders())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onerror = () => fail(new NoAnswer(undefined))
    request.onabort = () => fail(new DOMException('the upload was stopped', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.onload = () => {
      const body: unknown = request.response
      if (request.status < 300) return answer(body as ReplyOf<E>)
      const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
      fail(new Refusal(request.status, told, request.getResponseHeader('x-request-id')))
    }
    const form = new FormData()
    // The fields go before the file, so that they are known when the file has been kept.
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value)
    form.append('file', file, file.name)
    request.send(form)
  })
}

/**
 * Sends a large file through a door that takes one, telling how far it is: fetch does not tell. Where the session has
 * ended that is mended over the page, and the file is sent once more. Throws a Refusal, or NoAnswer.
 */
export const upload = <E extends Endpoint>(door: E, file: File, uploading: Uploading): Promise<ReplyOf<E>> =>
  askedAgain(door, () => sendFile(door, file, uploading))
