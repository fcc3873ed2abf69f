import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";
import { Footer } from "./footer.tsx";
import { Head } from "./head.tsx";
import { Header } from "./header.tsx";
import { frameLanguage, type Publication } from "./publication.ts";
import type { SocialTag } from "./social.ts";
import { stringsOf } from "./strings/index.ts";
import type { PageVersion } from "./versions.ts";

/** What the main menu leads to. */
export type Section = "home" | "releases" | "coming" | "search" | "subscribe" | "about";

/** What a page hands to the frame around it. */
export interface LayoutProps {
	readonly publication: Publication;
	/** What the page is about; the publication's title is put behind it. */
	readonly title: string;
	/** The language of what is in the page. */
	readonly language: Language;
	/** Where the page stands for good. Pages without one are not for search engines. */
	readonly path?: string;
	/** The page in the languages that it is to be had in; this one may be among them. */
	readonly versions?: readonly PageVersion[];
	readonly section?: Section;
	/** The kind whose feeds go with the page. */
	readonly kind?: Kind | undefined;
	/** One sentence for search engines and link previews. */
	readonly description?: string;
	/** What link previews show; by default what every page has. */
	readonly social?: readonly SocialTag[];
	/** JSON-LD, safe to stand inside a `script` element. */
	readonly structured?: string;
	readonly children?: Child;
}

/** A whole HTML document: head, header, `children` as the main part, footer. */
export function Layout(props: LayoutProps) {
	const { publication, language, versions = [], section, children } = props;
	const frame = frameLanguage(publication, language);
	return html`<!doctype html>${(
		<html lang={frame}>
			<Head {...props} frame={frame} />
			<body>
				<a class="skip" href="#main">
					{stringsOf(frame).frame.skip}
				</a>
				<Header publication={publication} language={frame} versions={versions} section={section} />
				<main id="main" tabindex={-1} lang={language === frame ? undefined : language}>
					{children}
				</main>
				<Footer language={frame} />
			</body>
		</html>
	)}`;
}
