import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { stringsOf } from "./strings/index.ts";

/** A field that may have to be mended. */
export interface Mendable {
	/** The name it is posted under. */
	readonly name: string;
	readonly label: string;
	readonly fault: FieldFault | undefined;
	/** The page's. */
	readonly language: Language;
}

/** The id of the control that a fault in `field` leads to. */
export function controlId(field: string): string {
	return `sign-up-${field}`;
}

/** Where to write an e-mail address. */
export function EmailField(props: Mendable & { readonly value: string }) {
	const { name, label, fault, language, value } = props;
	const id = controlId(name);
	return (
		<div class="field">
			<label for={id}>{label}</label>
			<FaultMessage id={`${id}-fault`} fault={fault} language={language} />
			<input
				id={id}
				type="email"
				name={name}
				value={value}
				autocomplete="email"
				spellcheck={false}
				maxlength={254}
				required
				aria-invalid={fault && "true"}
				aria-describedby={fault && `${id}-fault`}
			/>
		</div>
	);
}

/** One of the answers to a question. */
interface Choice {
	readonly value: string;
	readonly label: string;
	readonly hint?: string;
	/** The language of the label, where it is not the page's. */
	readonly language?: string;
}

interface ChoicesProps extends Mendable {
	readonly type: "checkbox" | "radio";
	readonly choices: readonly Choice[];
	readonly chosen: readonly string[];
}

/** A question with the answers to choose from. A fault leads to the first of them. */
export function Choices(props: ChoicesProps) {
	const { type, name, label, fault, language, choices, chosen } = props;
	const id = controlId(name);
	return (
		<fieldset aria-describedby={fault && `${id}-fault`}>
			<legend>{label}</legend>
			{/* Tells a form in which every box is unticked from one that has no boxes. */}
			{type === "checkbox" && <input type="hidden" name={name} value="" />}
			<FaultMessage id={`${id}-fault`} fault={fault} language={language} />
			{choices.map((choice, index) => (
				<label class="choice">
					<input
						id={index === 0 ? id : undefined}
						type={type}
						name={name}
						value={choice.value}
						checked={chosen.includes(choice.value)}
					/>
					<ChoiceWords {...choice} />
				</label>
			))}
		</fieldset>
	);
}

function ChoiceWords({ label, hint, language }: Choice) {
	return (
		<span>
			<span lang={language}>{label}</span>
			{hint !== undefined && <span class="hint">{hint}</span>}
		</span>
	);
}

type FaultMessageProps = Pick<Mendable, "fault" | "language"> & { readonly id: string };

/** What has to be mended in a field, before its control. */
export function FaultMessage({ id, fault, language }: FaultMessageProps) {
	if (fault === undefined) return null;
	return (
		<p id={id} class="fault">
			<span class="unseen">{stringsOf(language).faults.error} </span>
			{fault.detail}
		</p>
	);
}
