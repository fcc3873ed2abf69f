/** SQL that sets the columns of failed messages to what they are where none has failed. */
export const NO_FAILURES = "failures = 0, first_failed_at = NULL, last_failed_at = NULL";
