import type { Child } from "hono/jsx";
import type { Language } from "../shared/language.ts";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";

interface MessageProps {
	readonly publication: Publication;
	readonly language: Language;
	readonly title: string;
	readonly children?: Child;
}

/** A page that says one thing, and is not for search engines. */
export function Message({ publication, language, title, children }: MessageProps) {
	return (
		<Layout publication={publication} language={language} title={title}>
			<div class="frame message">
				<h1>{title}</h1>
				{children}
			</div>
		</Layout>
	);
}
