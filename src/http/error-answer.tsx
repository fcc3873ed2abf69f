import type { Context } from "hono";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { ErrorPage } from "../site/error.tsx";
import { bestLanguage } from "../site/negotiation.ts";
import type { Publication } from "../site/publication.ts";
import { problemResponse, toProblem } from "./problem.ts";

/** What can go wrong where somebody may be reading. */
export type PageFault = Extract<Fault, { kind: "not-found" | "unavailable" | "internal" }>;

/** A fault as a page for people and as a problem document for programs. */
export function errorAnswer(
	context: Context,
	publication: Publication,
	fault: PageFault,
): Response {
	const isForPeople =
		!context.req.path.startsWith("/api/") &&
		(context.req.header("Accept") ?? "").includes("text/html");
	if (!isForPeople) return problemResponse(fault);
	const { status } = toProblem(fault);
	const page = (
		<ErrorPage
			publication={publication}
			language={languageOf(context, publication)}
			status={status}
			kind={fault.kind}
		/>
	);
	return new Response(page.toString(), {
		status,
		headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
	});
}

/** The language that the address begins with, else the one that suits the reader. */
function languageOf({ req }: Context, { languages }: Publication): Language {
	const first = req.path.split("/")[1];
	const named = languages.find((language) => language === first);
	return named ?? bestLanguage(req.header("Accept-Language"), languages);
}
