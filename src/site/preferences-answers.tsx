import type { Language } from "../shared/language.ts";
import { homePath, pagePath } from "./addresses.ts";
import { Message } from "./message.tsx";
import { DataSection } from "./preferences.tsx";
import type { Publication } from "./publication.ts";
import { fill, stringsOf } from "./strings/index.ts";

interface PageProps {
	readonly publication: Publication;
	/** The page's; one of the publication's. */
	readonly language: Language;
}

/** Says to whom has left that they have, and how to come back. */
export function EndedPage({ publication, language, path }: PageProps & { readonly path: string }) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.ended.title}>
			<p class="lead">{fill(strings.ended.lead, { publication: publication.title })}</p>
			<p class="onward">
				<a href={pagePath(language, "subscribe")}>{strings.unsubscribed.again}</a>
			</p>
			<DataSection language={language} path={path} />
		</Message>
	);
}

interface EraseProps extends PageProps {
	/** Where the one button posts to. */
	readonly action: string;
	/** Where the page of preferences stands. */
	readonly back: string;
}

/** Asks once more before everything is erased. */
export function ErasePage({ publication, language, action, back }: EraseProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.erase.title}>
			<p class="lead">{strings.erase.lead}</p>
			<p>{strings.erase.remains}</p>
			<form method="post" action={action}>
				<button type="submit">{strings.erase.button}</button>
			</form>
			<p class="onward">
				<a href={back}>{strings.erase.back}</a>
			</p>
		</Message>
	);
}

/** The answer to an erasure. */
export function ErasedPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.erased.title}>
			<p class="lead">{strings.erased.lead}</p>
			<p class="onward">
				<a href={homePath(language)}>{strings.confirmed.onward}</a>
			</p>
		</Message>
	);
}

/** Asks for the press of a button at the new address, so that no link scanner can confirm it. */
export function MovePage({
	publication,
	language,
	action,
}: PageProps & { readonly action: string }) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.move.title}>
			<p class="lead">{fill(strings.move.lead, { publication: publication.title })}</p>
			<form method="post" action={action}>
				<button type="submit">{strings.move.button}</button>
			</form>
			<p class="fine">{strings.move.ignore}</p>
		</Message>
	);
}

interface MovedProps extends PageProps {
	/** Where the page of preferences stands now. */
	readonly managePath: string;
}

/** The answer to a confirmed change of address, also to a repeated one. */
export function MovedPage({ publication, language, managePath }: MovedProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.moved.title}>
			<p class="lead">{strings.moved.lead}</p>
			<p class="onward">
				<a href={managePath}>{strings.erase.back}</a>
			</p>
		</Message>
	);
}
