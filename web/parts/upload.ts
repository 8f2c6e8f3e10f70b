import type { Endpoint, ReplyOf } from '../../src/platform/endpoint.ts'
import { addressOf, NoAnswer, Refusal } from './call.ts'

/**
 * Sends a large file through a door that takes one, telling how far it is: fetch does not tell. Throws a Refusal, or
 * NoAnswer.
 */
export function upload<E extends Endpoint>(door: E, file: File, onSent: (bytes: number) => void): Promise<ReplyOf<E>> {
  return new Promise((answer, fail) => {
    const request = new XMLHttpRequest()
    request.open(door.method, addressOf(door))
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => onSent(loaded)
    request.onerror = () => fail(new NoAnswer(undefined))
    request.onload = () => {
      const body: unknown = request.response
      if (request.status < 300) return answer(body as ReplyOf<E>)
      const told = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
      fail(new Refusal(request.status, told, request.getResponseHeader('x-request-id')))
    }
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}
