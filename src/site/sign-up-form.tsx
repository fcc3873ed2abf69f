import { KINDS, type Kind } from "../releases/release.ts";
import type { FieldFault } from "../shared/fault.ts";
import { WORDS } from "../shared/words/index.ts";
import { Choices, EmailField } from "./fields.tsx";
import type { Publication } from "./publication.ts";
import { FREQUENCIES, type Frequency, KIND_PLURALS } from "./words.ts";

/** What somebody put into the form, right or wrong, to be shown again. */
export interface SignUpValues {
	readonly email: string;
	readonly kinds: readonly string[];
	readonly languages: readonly string[];
	readonly frequency: string;
}

interface SignUpFormProps {
	readonly publication: Publication;
	readonly values?: SignUpValues;
	/** At most one for a field. */
	readonly faults?: readonly FieldFault[];
}

const FREQUENCY_ORDER: readonly Frequency[] = ["immediate", "daily", "weekly"];
const USUAL_KINDS: readonly Kind[] = ["consultation", "meeting"];

/** The form to subscribe: filled in as usual, or with `values` and what is wrong with them. */
export function SignUpForm({ publication, values, faults = [] }: SignUpFormProps) {
	const { email, kinds, languages, frequency } = values ?? usualValues(publication);
	const faultOf = (name: string) => faults.find(({ field }) => field === name);
	return (
		<form method="post" action="/subscriptions" class="sign-up">
			<EmailField name="email" label="E-mail address" value={email} fault={faultOf("email")} />
			<Choices
				type="checkbox"
				name="kinds"
				label="What about"
				choices={KINDS.map((kind) => ({ value: kind, label: KIND_PLURALS[kind] }))}
				chosen={kinds}
				fault={faultOf("kinds")}
			/>
			<Languages publication={publication} chosen={languages} fault={faultOf("languages")} />
			<Choices
				type="radio"
				name="frequency"
				label="How often"
				choices={FREQUENCY_ORDER.map((value) => ({
					value,
					label: FREQUENCIES[value].name,
					hint: FREQUENCIES[value].hint,
				}))}
				chosen={[frequency]}
				fault={faultOf("frequency")}
			/>
			<button type="submit">Subscribe</button>
			<p class="fine">
				We send you one message to confirm; nothing more comes until you do. Leaving takes one click
				in any message.
			</p>
		</form>
	);
}

function usualValues({ languages }: Publication): SignUpValues {
	return { email: "", kinds: USUAL_KINDS, languages, frequency: "daily" };
}

interface LanguagesProps {
	readonly publication: Publication;
	readonly chosen: readonly string[];
	readonly fault: FieldFault | undefined;
}

function Languages({ publication: { languages }, chosen, fault }: LanguagesProps) {
	if (languages.length < 2) return <input type="hidden" name="languages" value={languages[0]} />;
	return (
		<Choices
			type="checkbox"
			name="languages"
			label="In which languages"
			choices={languages.map((value) => ({
				value,
				label: WORDS[value].name,
				language: value,
			}))}
			chosen={chosen}
			fault={fault}
		/>
	);
}
