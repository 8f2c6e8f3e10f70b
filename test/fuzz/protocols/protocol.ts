import { faultOfAnswer } from '../doors/fuzz-doors.ts'
import type { ServedHouse } from '../doors/open-served.ts'
import type { Caller, ServedToFuzz } from '../doors/served.ts'
import type { Random } from '../random.ts'

/**
 * Requests that follow one another, of somebody who has the right keys: a party, a station, an authenticator. One place
 * is bent, before it is signed or after, so that what stands behind the signature is reached.
 */
export type Protocol = {
  readonly name: string
  /** Does once what every run begins with; gives one run. */
  open(house: ProtocolHouse): Promise<(random: Random) => Promise<void>>
}

export type ProtocolHouse = {
  readonly served: ServedToFuzz
  readonly origin: string
  /** Looks at an answer as at every other. Gives it back. */
  watch(answer: Response, route: string): Promise<Response>
  ask(asked: Asked): Promise<Response>
  /** All sessions anew. */
  signIn(): Promise<readonly Caller[]>
  /** A finding where it does not hold. */
  promise(holds: boolean, what: string): void
  /** What this run bent, for whoever reads of a finding. */
  note(what: string): void
}

export type Asked = {
  readonly method: string
  /** As the table of routes has it. */
  readonly route: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData
  /** Asks as somebody who has this right, signed in anew where the session was ended meanwhile. */
  readonly by?: string
}

export const asJson = (value: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

/** Opens what a protocol asks of a house; `add` takes findings. */
export function protocolHouse(
  house: ServedHouse,
  { add, note, status }: { add(fault: string): void; note(what: string): void; status(code: number): void },
): ProtocolHouse {
  const { served } = house
  const origin = `http://localhost:${served.port}`
  let callers: readonly Caller[] = served.callers
  const whoMay = (right: string) => {
    const found = callers.find(({ rights }) => rights.includes(right))
    if (!found) throw new Error(`nobody may ${right}`)
    return found
  }
  async function watch(answer: Response, named: string): Promise<Response> {
    status(answer.status)
    const [method = '', url = ''] = named.split(' ')
    const route = served.routes.find(one => one.method === method && one.url === url)
    const body = Buffer.from(await answer.clone().arrayBuffer())
    const type = answer.headers.get('content-type') ?? ''
    const fault = faultOfAnswer(
      route,
      { status: answer.status, type, body, requestId: answer.headers.get('x-request-id') ?? '' },
      served,
    )
    if (fault) add(`${named} ${fault}`)
    return answer
  }
  return {
    served,
    origin,
    watch,
    async ask({ method, route, path = route, headers, body, by }) {
      const send = () =>
        fetch(`${origin}${path}`, {
          method,
          redirect: 'manual',
          headers: { ...(by && whoMay(by).headers), ...headers },
          ...(body !== undefined && { body }),
        })
      const answer = await send()
      if (!by || answer.status !== 401) return watch(answer, `${method} ${route}`)
      callers = await house.signIn()
      return watch(await send(), `${method} ${route}`)
    },
    signIn: house.signIn,
    promise(holds, what) {
      if (!holds) add(`broken promise: ${what}`)
    },
    note,
  }
}
