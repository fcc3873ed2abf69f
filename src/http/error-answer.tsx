import type { Context } from "hono";
import type { Fault } from "../shared/fault.ts";
import { ErrorPage } from "../site/error.tsx";
import type { Publication } from "../site/publication.ts";
import { problemResponse, toProblem } from "./problem.ts";

/** A fault as a page for people and as a problem document for programs. */
export function errorAnswer(context: Context, publication: Publication, fault: Fault): Response {
	const isForPeople =
		!context.req.path.startsWith("/api/") &&
		(context.req.header("Accept") ?? "").includes("text/html");
	if (!isForPeople) return problemResponse(fault);
	const { status, title, detail } = toProblem(fault);
	const page = (
		<ErrorPage publication={publication} status={status} title={title} detail={detail} />
	);
	return new Response(page.toString(), {
		status,
		headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
	});
}
