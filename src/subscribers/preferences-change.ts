import { IS_IN_FLIGHT } from "./hearing.ts";

/**
 * How many changes of preferences are remembered. Of those before, what was heard is told by the
 * preferences that came after.
 */
const MOST_EARLIER = 20;

/** What waits for them by the preferences they had: then the new ones begin before it. */
const BEFORE_PENDING = `(SELECT MIN(CASE WHEN first_sequence > heard_through THEN first_sequence
		ELSE sequence END) - 1 FROM releases
	WHERE sequence > heard_through AND first_sequence IS NOT NULL
		AND EXISTS (SELECT 1 FROM revisions WHERE release = releases.id
			AND instr(',' || subscribers.kinds || ',', ',' || revisions.kind || ','))
		AND instr(',' || languages || ',', ',' || releases.language || ','))`;

/**
 * Changes what an active subscriber gets (?1 the id, ?2 to ?5 kinds, languages, frequency, time zone).
 * Another choice of kinds or languages is good from now on, and not for what was published while the
 * cursor stood still because nothing was for them: it moves up to what waits for them, or to the
 * present. What they have heard so far stays known by the preferences of then.
 */
export const CHANGE_PREFERENCES = `WITH reader AS (
	SELECT id AS reader_id, kinds = ?2 AND languages = ?3 AS is_same,
		CASE WHEN (kinds = ?2 AND languages = ?3) OR ${IS_IN_FLIGHT} THEN heard_through
			ELSE MAX(heard_through, COALESCE(${BEFORE_PENDING},
				(SELECT COALESCE(MAX(sequence), 0) FROM releases))) END AS heard,
		CASE WHEN json_array_length(earlier) >= ${MOST_EARLIER} THEN json_remove(earlier, '$[1]')
			ELSE earlier END AS so_far
	FROM subscribers WHERE id = ?1)
UPDATE subscribers SET kinds = ?2, languages = ?3, frequency = ?4, time_zone = ?5,
	heard_through = heard,
	earlier = CASE WHEN is_same OR heard = (so_far ->> '$[#-1][0]') THEN earlier
		ELSE json_insert(so_far, '$[#]', json_array(heard, kinds, languages)) END
FROM reader WHERE id = reader_id AND status = 'active'`;
