# The same templates by numpy, or by faiss (IndexFlatL2, range_search), on one thread: seconds of clock and processor,
# memory, and whom it finds. others.py FILE LENGTH ROUNDS SQUARED_LIMIT numpy|faiss
import json, resource, sys, time
import numpy
file, length, rounds, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
name = sys.argv[5]
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
templates = numpy.fromfile(file, dtype=numpy.float32).reshape(-1, length)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began, began_cpu = time.perf_counter(), cpu()
if name == "faiss":
    import faiss
    faiss.omp_set_num_threads(1)
    index = faiss.IndexFlatL2(length)
    index.add(templates)
    version = faiss.__version__
    def search(probe):
        limits, distances, ids = index.range_search(probe.reshape(1, -1), limit)
        return ids[numpy.argsort(distances, kind="stable")]
else:
    norms = (templates * templates).sum(axis=1)
    version = numpy.__version__
    def search(probe):
        squared = norms - 2 * (templates @ probe) + (probe * probe).sum()
        found = numpy.nonzero(squared <= limit)[0]
        return found[numpy.argsort(squared[found], kind="stable")]
insert, insert_cpu = time.perf_counter() - began, cpu() - began_cpu
walls, cpus, found = [], [], []
for nth in range(rounds):
    probe = templates[nth * (len(templates) // rounds)].copy()
    began, began_cpu = time.perf_counter(), cpu()
    ids = search(probe)
    walls.append(time.perf_counter() - began); cpus.append(cpu() - began_cpu)
    found.append([int(i) for i in ids[:10]])
print(json.dumps({"version": version, "insert": insert, "insertCpu": insert_cpu, "walls": walls, "cpus": cpus,
  "found": found, "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
