/** The outcome of something that can fail for a reason the caller has to handle. */
export type Result<Value, Failure> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly error: Failure };

export function ok<Value>(value: Value): Result<Value, never> {
	return { ok: true, value };
}

export function err<Failure>(error: Failure): Result<never, Failure> {
	return { ok: false, error };
}
