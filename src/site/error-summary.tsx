import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { controlId } from "./fields.tsx";
import { type Strings, stringsOf } from "./strings/index.ts";

type FieldName = keyof Strings["faults"]["fields"];

/** One fault for each field, said to a person rather than to a program. */
export function tellFaults(faults: readonly FieldFault[], language: Language): FieldFault[] {
	const strings = stringsOf(language);
	const told = faults.map(({ field }) => ({
		field,
		detail: isField(field) ? strings.faults.fields[field] : strings.faults.other,
	}));
	return [...new Map(told.map((fault) => [fault.detail, fault])).values()];
}

interface ErrorSummaryProps {
	readonly faults: readonly FieldFault[];
	readonly language: Language;
}

/**
 * What has to be mended, each with a link to its field. It has the focus at once, so that a screen
 * reader begins with it.
 */
export function ErrorSummary({ faults, language }: ErrorSummaryProps) {
	return (
		<div class="error-summary" role="alert" tabindex={-1} autofocus>
			<h2>{stringsOf(language).faults.heading}</h2>
			<ul>
				{faults.map(({ field, detail }) => (
					<li key={field}>
						{isField(field) ? <a href={`#${controlId(field)}`}>{detail}</a> : detail}
					</li>
				))}
			</ul>
		</div>
	);
}

/** Whether the form has a field of that name. */
function isField(name: string): name is FieldName {
	return Object.hasOwn(stringsOf("en").faults.fields, name);
}
