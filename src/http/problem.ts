import type { Fault } from "../shared/fault.ts";

/** Problem details as RFC 9457 has them, with our extension members. */
export interface Problem {
	readonly type: string;
	readonly title: string;
	readonly status: number;
	readonly detail: string;
	readonly [extension: string]: unknown;
}

const KINDS: Readonly<Record<Fault["kind"], { status: number; title: string }>> = {
	malformed: { status: 400, title: "The request could not be read" },
	unauthorized: { status: 401, title: "A publisher's key is needed" },
	"not-signed": { status: 401, title: "This is not from whom it should be" },
	forbidden: { status: 403, title: "This key may not do that" },
	"not-found": { status: 404, title: "There is nothing here" },
	"method-not-allowed": { status: 405, title: "Not by this method" },
	"not-acceptable": { status: 406, title: "Not in a type that the request accepts" },
	gone: { status: 410, title: "This is here no longer" },
	conflict: { status: 409, title: "This cannot be done as things stand" },
	changed: { status: 412, title: "It has changed meanwhile" },
	"condition-needed": { status: 428, title: "Say which state you have seen" },
	"too-many": { status: 429, title: "Too many requests" },
	duplicate: { status: 409, title: "This text is published already" },
	"too-large": { status: 413, title: "The request is too large" },
	"unsupported-type": { status: 415, title: "The content type is not supported" },
	invalid: { status: 422, title: "Something has to be mended" },
	unavailable: { status: 503, title: "The service cannot answer now" },
	internal: { status: 500, title: "Something went wrong on our side" },
};

/** The one place where a fault becomes a status. */
export function toProblem(fault: Fault): Problem {
	const { status, title } = KINDS[fault.kind];
	const base = { type: "about:blank", title, status, detail: fault.detail };
	if (fault.kind === "invalid") return { ...base, errors: fault.faults };
	if (fault.kind === "duplicate") return { ...base, existing: fault.existing };
	if (fault.kind === "changed") return { ...base, current: fault.current };
	return base;
}

/** A fault as an answer: `application/problem+json` (RFC 9457, section 3). */
export function problemResponse(fault: Fault): Response {
	const problem = toProblem(fault);
	const headers = new Headers({
		"Content-Type": "application/problem+json; charset=utf-8",
		"Cache-Control": "no-store",
	});
	// RFC 9110, section 15.5.2: a 401 names the scheme that is wanted.
	if (fault.kind === "unauthorized") headers.set("WWW-Authenticate", 'Bearer realm="publisher"');
	if (fault.kind === "not-signed") headers.set("WWW-Authenticate", 'Basic realm="webhooks"');
	// RFC 9110, section 15.5.6: a 405 names the methods that are taken.
	if (fault.kind === "method-not-allowed") headers.set("Allow", fault.allow);
	if (fault.kind === "too-many") headers.set("Retry-After", String(fault.retryAfterSeconds));
	return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
