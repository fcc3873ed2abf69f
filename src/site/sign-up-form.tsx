import type { Child } from "hono/jsx";
import { KINDS, type Kind } from "../releases/release.ts";
import type { FieldFault } from "../shared/fault.ts";
import { WORDS } from "../shared/words/index.ts";
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
	readonly faults?: readonly FieldFault[];
}

const FREQUENCY_ORDER: readonly Frequency[] = ["immediate", "daily", "weekly"];
const USUAL_KINDS: readonly Kind[] = ["consultation", "meeting"];

/** The form to subscribe: filled in as usual, or with `values` and what is wrong with them. */
export function SignUpForm({ publication, values, faults = [] }: SignUpFormProps) {
	const chosen = values ?? usualValues(publication);
	return (
		<form method="post" action="/subscriptions" class="sign-up">
			<EmailField value={chosen.email} fault={faultOf(faults, "email")} />
			<Choices name="kinds" legend="What about" fault={faultOf(faults, "kinds")}>
				{KINDS.map((kind) => (
					<Choice
						type="checkbox"
						name="kinds"
						value={kind}
						label={KIND_PLURALS[kind]}
						checked={chosen.kinds.includes(kind)}
					/>
				))}
			</Choices>
			<Languages publication={publication} chosen={chosen} fault={faultOf(faults, "languages")} />
			<Choices name="frequency" legend="How often" fault={faultOf(faults, "frequency")}>
				{FREQUENCY_ORDER.map((frequency) => (
					<Choice
						type="radio"
						name="frequency"
						value={frequency}
						label={FREQUENCIES[frequency].name}
						hint={FREQUENCIES[frequency].hint}
						checked={chosen.frequency === frequency}
					/>
				))}
			</Choices>
			<button type="submit">Subscribe</button>
			<p class="fine">
				We send you one message to confirm; nothing more comes until you do. Leaving takes one click
				in any message.
			</p>
		</form>
	);
}

/** The id of the control that a fault in `field` is about. */
export function controlId(field: string): string {
	return `sign-up-${field}`;
}

function usualValues({ languages }: Publication): SignUpValues {
	return { email: "", kinds: USUAL_KINDS, languages, frequency: "daily" };
}

function faultOf(faults: readonly FieldFault[], field: string): FieldFault | undefined {
	return faults.find((fault) => fault.field === field);
}

type Faulty = { readonly fault: FieldFault | undefined };

function EmailField({ value, fault }: Faulty & { value: string }) {
	const id = controlId("email");
	return (
		<div class="field">
			<label for={id}>E-mail address</label>
			<FaultMessage id={`${id}-fault`} fault={fault} />
			<input
				id={id}
				type="email"
				name="email"
				value={value}
				autocomplete="email"
				autocapitalize="none"
				spellcheck={false}
				maxlength={254}
				required
				aria-invalid={fault && "true"}
				aria-describedby={fault && `${id}-fault`}
			/>
		</div>
	);
}

type LanguagesProps = Faulty & { publication: Publication; chosen: SignUpValues };

function Languages({ publication, chosen, fault }: LanguagesProps) {
	const [first, ...others] = publication.languages;
	if (others.length === 0) return <input type="hidden" name="languages" value={first} />;
	return (
		<Choices name="languages" legend="In which languages" fault={fault}>
			{publication.languages.map((language) => (
				<Choice
					type="checkbox"
					name="languages"
					value={language}
					label={WORDS[language].name}
					language={language}
					checked={chosen.languages.includes(language)}
				/>
			))}
		</Choices>
	);
}

type ChoicesProps = Faulty & { name: string; legend: string; children?: Child };

function Choices({ name, legend, fault, children }: ChoicesProps) {
	const id = controlId(name);
	return (
		<fieldset id={id} tabindex={-1} aria-describedby={fault && `${id}-fault`}>
			<legend>{legend}</legend>
			<FaultMessage id={`${id}-fault`} fault={fault} />
			{children}
		</fieldset>
	);
}

interface ChoiceProps {
	readonly type: "checkbox" | "radio";
	readonly name: string;
	readonly value: string;
	readonly label: string;
	readonly hint?: string;
	readonly language?: string;
	readonly checked: boolean;
}

function Choice({ type, name, value, label, hint, language, checked }: ChoiceProps) {
	return (
		<label class="choice">
			<input type={type} name={name} value={value} checked={checked} />
			<span>
				<span lang={language}>{label}</span>
				{hint !== undefined && <span class="hint">{hint}</span>}
			</span>
		</label>
	);
}

function FaultMessage({ id, fault }: Faulty & { id: string }) {
	if (fault === undefined) return null;
	return (
		<p id={id} class="fault">
			<span class="unseen">Error: </span>
			{fault.detail} {fault.remedy}
		</p>
	);
}
