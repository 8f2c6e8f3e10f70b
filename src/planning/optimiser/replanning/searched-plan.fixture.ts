import { type PlanInstance, planFormat } from '../instance.ts'
import { instanceHash } from '../instance-hash.ts'
import type { Plan } from '../plan.ts'
import { compile } from '../solving/compile.ts'
import { Search } from '../solving/search.ts'
import { writePlan } from '../solving/write-plan.ts'

/** A plan to begin with, of so many steps of the search, without threads and without a bound. */
export function searchedPlan(instance: PlanInstance, steps: number): Plan {
  const given = compile(instance)
  const search = new Search(given, 1)
  search.fill(() => 0)
  search.run({ progress: done => done / steps })
  return {
    format: planFormat,
    instance: { name: instance.name, sha256: instanceHash(instance) },
    made: { seed: 1, work: steps, seconds: 0, stopped: false },
    ...writePlan(given, search.best, { reasons: true }),
  }
}
