import { DocumentMissing } from "../releases/store.ts";
import type { Fault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { log } from "../shared/log.ts";
import { ErrorPage } from "../site/error.tsx";
import { bestLanguage } from "../site/negotiation.ts";
import type { Publication } from "../site/publication.ts";
import { problemResponse, toProblem } from "./problem.ts";

/** What can go wrong where somebody may be reading. */
export type PageFault = Extract<Fault, { kind: "not-found" | "unavailable" | "internal" }>;

/** A fault as a page for people and as a problem document for programs. */
export function errorAnswer(
	{ url, headers }: Request,
	publication: Publication,
	fault: PageFault,
): Response {
	const { pathname } = new URL(url);
	const isForPeople =
		!pathname.startsWith("/api/") && (headers.get("Accept") ?? "").includes("text/html");
	if (!isForPeople) return problemResponse(fault);
	const { status } = toProblem(fault);
	const page = (
		<ErrorPage
			publication={publication}
			language={languageOf(pathname, headers, publication)}
			status={status}
			kind={fault.kind}
		/>
	);
	return new Response(page.toString(), {
		status,
		headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
	});
}

/** The same for what was thrown, which the log tells whole. */
export function answerThrown(request: Request, publication: Publication, thrown: Error): Response {
	const isPassing = thrown instanceof DocumentMissing;
	log(isPassing ? "warn" : "error", "request-failed", { fault: thrown.stack ?? String(thrown) });
	const fault: PageFault = isPassing
		? { kind: "unavailable", detail: "This is being published. Try again in a minute." }
		: {
				kind: "internal",
				detail: "The fault is ours and is logged. Try again; doing it twice does no harm.",
			};
	return errorAnswer(request, publication, fault);
}

/** The language that the address begins with, else the one that suits the reader. */
function languageOf(path: string, headers: Headers, { languages }: Publication): Language {
	const first = path.split("/")[1];
	const named = languages.find((language) => language === first);
	return named ?? bestLanguage(headers.get("Accept-Language") ?? undefined, languages);
}
