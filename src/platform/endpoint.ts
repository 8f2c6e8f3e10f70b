import type { Static, TSchema } from 'typebox'
import type { Id } from './ids.ts'
import type { RateId } from './rate.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: a right (checked in the actor's unit), anyone signed in, or anyone at all. */
export type Right = string

export const anyone = 'anyone'
export const signedIn = 'signed-in'

/** An endpoint of the API as a value: the server serves it, the console calls it, OpenAPI describes it. */
export type Endpoint<
  Params extends TSchema | undefined = TSchema | undefined,
  Query extends TSchema | undefined = TSchema | undefined,
  Body extends TSchema | undefined = TSchema | undefined,
  Reply extends TSchema | undefined = TSchema | undefined,
> = {
  readonly method: Method
  /** Below /api, parameters as `:name`. Never a number, a name or a phone. */
  readonly path: `/${string}`
  /** Paths that it had before. They answer alike for one release, with headers that name the path of today. */
  readonly formerly?: readonly `/${string}`[]
  /** Members of query and body that had another name before: old name → name. Both are taken for one release. */
  readonly formerFields?: Readonly<Record<string, string>>
  /** Values of members of query and body that were others before: member → old value → value. */
  readonly formerValues?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly summary: string
  readonly right: Right
  /** Approves what another officer began, or sends lists of people out, by a right of daily work (staff/role.ts). */
  readonly needsFreshFactor?: true
  /** Why it reads personal data, a code of docs/privacy.md; 'none' where it reads none. */
  readonly purpose: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Left out where a file is sent back (see `Download`). */
  readonly reply?: Reply
  /**
   * Takes one file as multipart/form-data, field `file`, beside the fields of `body`. It is scanned for viruses before
   * the handler has it; not where it is `sealed`: who opens it has what is in it scanned.
   */
  readonly upload?: { readonly maxBytes: number; readonly sealed?: true }
  /** Bytes of the body, where they are not those that its shape needs (http/body-limit.ts). */
  readonly bodyLimit?: number
  /**
   * Opens works of its own, so that the same request may land twice: a browser that got no answer leaves it to the
   * person to send it again (http/answered-once.ts).
   */
  readonly sentAgain?: 'by-hand'
  /** Asks by POST what must not stand in an address, and changes nothing: no key is kept for it, and no answer. */
  readonly onlyReads?: true
  /** Takes in `If-Match` the version of the thing that its reply or a list gave, and refuses one that is past. */
  readonly decides?: true
  /** Changes the post in which the officer acts; a page of any of their posts may ask for it. */
  readonly choosesPost?: true
  /** Answers while the body comes, at the pace of the answers: it may take as long as law.ts of http says. */
  readonly streams?: true
  /**
   * Only counts or lists, by GET, and may be asked with others in one work (platform/together): with those that are
   * quick to count, or with those that take long where there are many people.
   */
  readonly together?: 'quick' | 'slow'
  /** The row of its requests a minute (limits/limits.ts), where it is not the general one. */
  readonly rate?: RateId
  /** The problem codes that this endpoint may refuse with, for OpenAPI. */
  readonly problems?: readonly string[]
}

type SchemaInput<Schema> = Schema extends TSchema ? Static<Schema> : undefined

export type InputOf<E extends Endpoint> =
  E extends Endpoint<infer Params, infer Query, infer Body, infer _Reply>
    ? { readonly params: SchemaInput<Params>; readonly query: SchemaInput<Query>; readonly body: SchemaInput<Body> }
    : never

/** Ids of every kind as the text that is sent. */
type WithIdsAsText<Value> =
  Value extends Id<string>
    ? string
    : Value extends string
      ? Value
      : Value extends object
        ? { readonly [Key in keyof Value]: WithIdsAsText<Value[Key]> }
        : Value

/** What a caller sends: `InputOf` before the server has read it. */
export type SentInput<E extends Endpoint> = WithIdsAsText<InputOf<E>>

export type ReplyOf<E extends Endpoint> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer Reply>
    ? Reply extends TSchema
      ? Static<Reply>
      : Download
    : never

/** A file sent to the browser. `name` holds nothing personal. */
export type Download = {
  readonly name: string
  readonly type: string
  readonly content: NodeJS.ReadableStream | Buffer | string
}

/** An uploaded file, kept on disk until the request ends. */
export type Upload = { readonly name: string; readonly path: string; readonly bytes: number }

export const endpoint = <
  Params extends TSchema | undefined = undefined,
  Query extends TSchema | undefined = undefined,
  Body extends TSchema | undefined = undefined,
  Reply extends TSchema | undefined = undefined,
>(
  door: Endpoint<Params, Query, Body, Reply>,
): Endpoint<Params, Query, Body, Reply> => door
