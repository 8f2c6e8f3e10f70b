-- Tables that came after the first merges, whose rows move with a person too (src/person-columns.ts).
grant delete on out_of_school.pursuit to dinhdanh_maintenance;
