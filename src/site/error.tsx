import type { Language } from "../shared/language.ts";
import { homePath, pagePath } from "./addresses.ts";
import { Message } from "./message.tsx";
import type { Publication } from "./publication.ts";
import { fill, stringsOf } from "./strings/index.ts";

interface ErrorPageProps {
	readonly publication: Publication;
	readonly language: Language;
	readonly status: number;
	/** What went wrong. */
	readonly kind: "not-found" | "too-many" | "unavailable" | "internal";
}

/** The page for a request that could not be answered. */
export function ErrorPage({ publication, language, status, kind }: ErrorPageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.errors[kind].title}>
			<p class="lead">{strings.errors[kind].detail}</p>
			<ul class="onward">
				<li>
					<a href={homePath(language)}>{strings.errors.home}</a>
				</li>
				<li>
					<a href={pagePath(language, "search")}>{strings.errors.search}</a>
				</li>
			</ul>
			<p class="fine">{fill(strings.errors.number, { status })}</p>
		</Message>
	);
}
