import type { FieldFault } from "../shared/fault.ts";
import { controlId } from "./fields.tsx";
import { FIELD_REMEDIES } from "./words.ts";

/** One fault for each field, said to a person rather than to a program. */
export function tellFaults(faults: readonly FieldFault[]): FieldFault[] {
	const told = faults.map(({ field, detail }) => ({
		field,
		detail: FIELD_REMEDIES[field] ?? detail,
	}));
	return [...new Map(told.map((fault) => [fault.field, fault])).values()];
}

/**
 * What has to be mended, each with a link to its field. It has the focus at once, so that a screen
 * reader begins with it.
 */
export function ErrorSummary({ faults }: { readonly faults: readonly FieldFault[] }) {
	return (
		<div class="error-summary" role="alert" tabindex={-1} autofocus>
			<h2>There is a problem</h2>
			<ul>
				{faults.map(({ field, detail }) => (
					<li key={field}>
						{field in FIELD_REMEDIES ? <a href={`#${controlId(field)}`}>{detail}</a> : detail}
					</li>
				))}
			</ul>
		</div>
	);
}
