import type { Child } from "hono/jsx";
import type { Language } from "../shared/language.ts";
import { pagePath } from "./addresses.ts";
import { stringsOf } from "./strings/index.ts";

interface SearchFormProps {
	readonly language: Language;
	readonly query?: string;
	/** What narrows the search, between the words and the button. */
	readonly children?: Child;
}

/** What is longer is no search. */
const LONGEST_QUERY = 200;

/** Where to write what to search for. */
export function SearchForm({ language, query = "", children }: SearchFormProps) {
	const strings = stringsOf(language);
	return (
		<search>
			<form class="search-form" action={pagePath(language, "search")}>
				<label for="search-query">{strings.search.label}</label>
				<div class="search-row">
					<input
						id="search-query"
						type="search"
						name="q"
						value={query}
						maxlength={LONGEST_QUERY}
						autocomplete="off"
					/>
					<button type="submit">{strings.search.button}</button>
				</div>
				{children}
			</form>
		</search>
	);
}
