import { KINDS, type Kind } from "../releases/kinds.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { pagePath } from "./addresses.ts";
import { Choices, EmailField } from "./fields.tsx";
import type { Publication } from "./publication.ts";
import { type Strings, stringsOf } from "./strings/index.ts";

/** How often a subscriber wants mail. */
export type Frequency = keyof Strings["frequencies"];

/** What somebody put into the form, right or wrong, to be shown again. */
export interface SignUpValues {
	readonly email: string;
	readonly kinds: readonly string[];
	readonly languages: readonly string[];
	readonly frequency: string;
}

interface SignUpFormProps {
	readonly publication: Publication;
	/** The page's. */
	readonly language: Language;
	readonly values?: SignUpValues;
	/** At most one for a field. */
	readonly faults?: readonly FieldFault[];
}

/**
 * The revision of what the form says, in every language. It is kept with each consent: raise it
 * whenever words of the form change, here or in the strings.
 */
export const SIGN_UP_FORM_REVISION = 1;

export const FREQUENCY_ORDER: readonly Frequency[] = ["immediate", "daily", "weekly"];
const USUAL_KINDS: readonly Kind[] = ["consultation", "meeting"];
const USUAL_FREQUENCY: Frequency = "daily";

/** The form to subscribe: filled in as usual, or with `values` and what is wrong with them. */
export function SignUpForm({ publication, language, values, faults = [] }: SignUpFormProps) {
	const { email, kinds, languages, frequency } = values ?? usualValues(language);
	const strings = stringsOf(language);
	const field = (name: string, label: string) => ({
		name,
		label,
		language,
		fault: faults.find((fault) => fault.field === name),
	});
	return (
		<form method="post" action="/subscriptions" class="sign-up">
			<FormLanguage language={language} />
			<EmailField {...field("email", strings.subscribe.email)} value={email} />
			<Choices
				{...field("kinds", strings.subscribe.kinds)}
				type="checkbox"
				choices={KINDS.map((kind) => ({
					value: kind,
					label: WORDS[language].kinds[kind].heading,
				}))}
				chosen={kinds}
			/>
			{publication.languages.length < 2 ? (
				<input type="hidden" name="languages" value={publication.languages[0]} />
			) : (
				<Choices
					{...field("languages", strings.subscribe.languages)}
					type="checkbox"
					choices={inOrder(publication.languages, language).map((value) => ({
						value,
						label: WORDS[value].name,
						language: value,
					}))}
					chosen={languages}
				/>
			)}
			<Choices
				{...field("frequency", strings.subscribe.frequency)}
				type="radio"
				choices={FREQUENCY_ORDER.map((value) => ({
					value,
					label: strings.frequencies[value].name,
					hint: strings.frequencies[value].hint,
				}))}
				chosen={[frequency]}
			/>
			<button type="submit">{strings.subscribe.button}</button>
			<p class="fine">{strings.subscribe.promise}</p>
		</form>
	);
}

/** The form with nothing to fill in but the address; it says what the rest is. */
export function ShortSignUpForm({ language }: { readonly language: Language }) {
	const strings = stringsOf(language);
	return (
		<form method="post" action="/subscriptions" class="sign-up">
			<FormLanguage language={language} />
			{USUAL_KINDS.map((kind) => (
				<input type="hidden" name="kinds" value={kind} />
			))}
			<input type="hidden" name="languages" value={language} />
			<input type="hidden" name="frequency" value={USUAL_FREQUENCY} />
			<p>{strings.subscribe.usual}</p>
			<EmailField
				name="email"
				label={strings.subscribe.email}
				language={language}
				fault={undefined}
				value=""
			/>
			<button type="submit">{strings.subscribe.button}</button>
			<p class="fine">{strings.subscribe.promise}</p>
			<p>
				<a href={pagePath(language, "subscribe")}>{strings.subscribe.choose}</a>
			</p>
		</form>
	);
}

/** Has the answer to a form speak the form's language. */
export function FormLanguage({ language }: { readonly language: Language }) {
	return <input type="hidden" name="form_language" value={language} />;
}

/** The page's language comes first: a form sends choices in its order, which is their preference. */
function inOrder(languages: readonly Language[], first: Language): Language[] {
	return [first, ...languages.filter((language) => language !== first)];
}

function usualValues(language: Language): SignUpValues {
	return { email: "", kinds: USUAL_KINDS, languages: [language], frequency: USUAL_FREQUENCY };
}
