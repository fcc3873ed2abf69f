import type { Child } from "hono/jsx";

interface FactProps {
	readonly term: string;
	readonly children?: Child;
}

/** One line of a list of facts. */
export function Fact({ term, children }: FactProps) {
	return (
		<div class="fact">
			<dt>{term}</dt>
			<dd>{children}</dd>
		</div>
	);
}
