import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyServerOptions } from 'fastify'

/**
 * Fastify's own compilers of schemas, put off: the schema of a route is compiled at the first request that needs it.
 * To compile the schemas of all routes is a fourth of what a start costs.
 */

/** A validator, which leaves what it found in `errors`, or a serializer. */
type Compiled = { (...args: readonly unknown[]): unknown; errors?: unknown }
type Compile = (route: { readonly schema: object }) => Compiled
type SchemaController = NonNullable<FastifyServerOptions['schemaController']>

declare module 'fastify' {
  interface FastifyInstance {
    /** Compiles the schemas of all routes now. Throws at the first that is wrong; gives how many there are. */
    compileSchemas(): number
  }
}

function atFirstUse(compile: Compile, compilations: (() => Compiled)[]): Compile {
  return route => {
    let compiled: Compiled | undefined
    const compileOnce = () => {
      compiled ??= compile(route)
      return compiled
    }
    compilations.push(compileOnce)
    const run: Compiled = (...args) => {
      const own = compileOnce()
      const result = own(...args)
      run.errors = own.errors
      return result
    }
    return run
  }
}

/** `schemaController` is an option of a server; `compileSchemas` is to be its decorator of that name. */
export function compilersAtFirstUse(): { schemaController: SchemaController; compileSchemas(): number } {
  const compilations: (() => Compiled)[] = []
  const putOff = <Factory extends (...args: never[]) => unknown>(build: Factory) =>
    ((...args: Parameters<Factory>) => atFirstUse(build(...args) as Compile, compilations)) as unknown as Factory
  return {
    schemaController: {
      compilersFactory: { buildValidator: putOff(AjvCompiler()), buildSerializer: putOff(SerializerSelector()) },
    },
    compileSchemas() {
      for (const compile of compilations) compile()
      return compilations.length
    },
  }
}
