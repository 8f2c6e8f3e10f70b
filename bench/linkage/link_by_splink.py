# The same two files by Splink (DuckDB, its documented settings), names folded for it too:
# link_by_splink.py REGISTER ROWS LINKS THREADS. Prints its version and its seconds, of the clock and of the processors,
# from reading to writing.
import json, resource, sys, time, unicodedata, warnings, logging

started = time.time()
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
import duckdb
import pandas
import splink
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

register, rows, links, threads = sys.argv[1:5]


def folded(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    return " ".join(plain.replace("đ", "d").split())


def read(path, day_first):
    table = pandas.read_csv(path, dtype=str, keep_default_na=False)
    for column in ("full_name", "father", "mother"):
        table[column] = table[column].map(folded)
    day = table.birth_date
    if day_first:
        table["birth_date"] = (day.str[6:] + "-" + day.str[3:5] + "-" + day.str[:2]).where(day != "")
    table["number"] = table.number.str.lstrip("0")
    return table.replace("", None).rename(columns={"id": "unique_id"})


database = DuckDBAPI(duckdb.connect(config={"threads": int(threads)}))
tables = [database.register(read(rows, True)), database.register(read(register, False))]
folding = time.time() - started
rules = [
    ("number",),
    ("full_name", "birth_date"),
    ("birth_date", "commune"),
    ("full_name", "commune"),
    ("phone",),
    ("mother", "father"),
]
settings = SettingsCreator(
    link_type="link_only",
    blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules],
    comparisons=[
        compare.JaroWinklerAtThresholds("full_name", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True),
        compare.DateOfBirthComparison(
            "birth_date", input_is_string=True, datetime_metrics=["month", "year"], datetime_thresholds=[1, 1]
        ),
        compare.ExactMatch("sex"),
        compare.DamerauLevenshteinAtThresholds("number", [1, 2]),
        compare.ExactMatch("commune").configure(term_frequency_adjustments=True),
        compare.JaroWinklerAtThresholds("father", [0.97, 0.9]),
        compare.JaroWinklerAtThresholds("mother", [0.97, 0.9]),
        compare.DamerauLevenshteinAtThresholds("phone", [1]),
    ],
)
linker = Linker(tables, settings)
training = linker.training
certain = [block_on("number"), block_on("full_name", "birth_date")]
training.estimate_probability_two_random_records_match(certain, recall=0.8)
training.estimate_u_using_random_sampling(max_pairs=5e6)
training.estimate_parameters_using_expectation_maximisation(block_on("full_name", "birth_date"))
training.estimate_parameters_using_expectation_maximisation(block_on("number"))
found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
with open(links, "w") as out:
    out.write("left_id,right_id,probability\n")
    for one, other, probability in zip(found.unique_id_l, found.unique_id_r, found.match_probability):
        left, right = (one, other) if one.startswith("r") else (other, one)
        out.write(f"{left},{right},{probability:.6f}\n")
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({
    "version": splink.__version__,
    "seconds": round(time.time() - started, 1),
    "folding": round(folding, 1),
    "cpu": round(used.ru_utime + used.ru_stime, 1),
    "peakMb": used.ru_maxrss // 1024,
}))
