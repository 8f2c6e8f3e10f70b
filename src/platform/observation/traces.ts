import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Span, SpanOptions } from '@opentelemetry/api'
import ipaddr from 'ipaddr.js'
import type { ActivityNotes } from '../activity.ts'
import type { Log } from '../log.ts'
import type { RequestRecord } from './observation.ts'

/** A request that is traced or, where chance left it out, is not. */
export type RequestTrace = {
  /** Begins a part of it; absent where nothing is recorded. */
  readonly begin?: ActivityNotes['trace']
  end(record: RequestRecord): void
}

/**
 * Traces of OpenTelemetry: a span for each request and job, and one for each work in it, with the route's pattern, the
 * kind of actor, the purpose and the number of statements. No statement, no value, no address, no id but the request's.
 */
export type Traces = {
  beginRequest(request: Pick<IncomingMessage, 'method' | 'headers' | 'socket'>): RequestTrace
  /** Begins the trace of a job. */
  beginJob(name: string): {
    readonly begin?: ActivityNotes['trace']
    end(told: { statements: number; fault?: unknown }): void
  }
  close(): Promise<void>
}

export type TracesOptions = {
  /** Where they go: an address of OTLP over HTTP, such as `http://127.0.0.1:4318/v1/traces`. */
  readonly to: string
  /** How many in a hundred requests are traced. */
  readonly percent: number
  /** Addresses and networks whose `traceparent` is believed; a stranger would choose what is recorded. */
  readonly callers: readonly string[]
  readonly release: string
  readonly log: Pick<Log, 'warn'>
}

/** Whether an address is one of those named, or of a network that is. */
export function isAmong(named: readonly string[], address: string | undefined): boolean {
  if (!address || !ipaddr.isValid(address)) return false
  const found = ipaddr.process(address)
  return named.some(one => {
    if (!one.includes('/')) return ipaddr.process(one).toString() === found.toString()
    const [network, bits] = ipaddr.parseCIDR(one)
    return network.kind() === found.kind() && found.match([network, bits] as [ipaddr.IPv4, number])
  })
}

/** The kind of an error, never its message. */
const kindOf = (fault: unknown) => (fault instanceof Error ? fault.name : typeof fault)

/** Spans that wait to be sent, those of one message, and for how long; in milliseconds. */
const batches = { maxQueueSize: 4_096, maxExportBatchSize: 512, scheduledDelayMillis: 5_000 } as const
const [sendingTimeout, closingTimeout] = [3_000, 1_500]

/** Loads the library and opens the way to the collector; where `tracesTo` is empty, nothing of it is loaded. */
export async function openTraces({ to, percent, callers, release, log }: TracesOptions): Promise<Traces> {
  const [api, { parseTraceParent }, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/core'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  let warned = 0
  // What a collector that is away says comes once a minute at most.
  api.diag.setLogger(
    {
      ...{ verbose() {}, debug() {}, info() {}, warn() {} },
      error() {
        const minute = Math.floor(performance.now() / 60_000)
        if (warned !== minute) log.warn({}, 'traces were not taken by the collector')
        warned = minute
      },
    },
    api.DiagLogLevel.ERROR,
  )
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'dinhdanh', 'service.version': release }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(percent / 100) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(new OTLPTraceExporter({ url: to, timeoutMillis: sendingTimeout }), batches),
    ],
  })
  const tracer = provider.getTracer('dinhdanh')

  function contextOf({ traceparent }: IncomingHttpHeaders, address: string | undefined) {
    const told = typeof traceparent === 'string' && isAmong(callers, address) ? parseTraceParent(traceparent) : null
    return told ? api.trace.setSpanContext(api.ROOT_CONTEXT, { ...told, isRemote: true }) : api.ROOT_CONTEXT
  }

  const begun = (span: Span): ActivityNotes['trace'] | undefined => {
    if (!span.isRecording()) return undefined
    const within = api.trace.setSpan(api.ROOT_CONTEXT, span)
    return (name, about) => {
      const part = tracer.startSpan(name, { attributes: { ...about } } satisfies SpanOptions, within)
      return {
        end({ statements, fault }) {
          part.setAttribute('dinhdanh.statements', statements)
          if (fault !== undefined) {
            part.setAttribute('error.type', kindOf(fault))
            part.setStatus({ code: api.SpanStatusCode.ERROR })
          }
          part.end()
        },
      }
    }
  }

  return {
    beginRequest({ method = 'GET', headers, socket }) {
      const span = tracer.startSpan(method, { kind: api.SpanKind.SERVER }, contextOf(headers, socket?.remoteAddress))
      const begin = begun(span)
      return {
        ...(begin && { begin }),
        end({ method, route, status, id, actor, purpose, statements, waited, code, fault }) {
          span.updateName(`${method} ${route}`)
          span.setAttributes({
            'http.request.method': method,
            'http.route': route,
            'http.response.status_code': status,
            'dinhdanh.request': id,
            'dinhdanh.statements': statements,
            ...(actor && { 'dinhdanh.actor': actor }),
            ...(purpose && { 'dinhdanh.purpose': purpose }),
            ...(waited !== undefined && { 'dinhdanh.waited_ms': waited }),
            ...(code && { 'dinhdanh.refusal': code }),
            ...(fault && { 'error.type': fault.error }),
          })
          if (status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    beginJob(name) {
      const span = tracer.startSpan(`job ${name}`, { kind: api.SpanKind.CONSUMER }, api.ROOT_CONTEXT)
      const begin = begun(span)
      return {
        ...(begin && { begin }),
        end({ statements, fault }) {
          span.setAttribute('dinhdanh.statements', statements)
          if (fault !== undefined) {
            span.setAttribute('error.type', kindOf(fault))
            span.setStatus({ code: api.SpanStatusCode.ERROR })
          }
          span.end()
        },
      }
    },
    async close() {
      // A collector that is away does not keep an installation from stopping.
      await Promise.race([
        provider.shutdown().catch(() => undefined),
        setTimeout(closingTimeout, undefined, { ref: false }),
      ])
    },
  }
}
