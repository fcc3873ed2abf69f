-- What a run comes to is summed up from the index alone: a row, with the ids of its recipients, is fifty
-- times as long. An entry is written anew whenever the state changes, so its sums cost nothing more.
DROP INDEX batches_by_run;
CREATE INDEX batches_by_run
	ON batches (run, state, id, later, submitted, json_array_length(recipients));
