import type { Language } from "../shared/language.ts";
import { pagePath } from "./addresses.ts";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";
import { SignUpForm } from "./sign-up-form.tsx";
import { fill, stringsOf } from "./strings/index.ts";
import { versionsOf } from "./versions.ts";

interface SubscribeProps {
	readonly publication: Publication;
	readonly language: Language;
}

/** The form to subscribe, with all its choices. */
export function SubscribePage({ publication, language }: SubscribeProps) {
	const strings = stringsOf(language);
	return (
		<Layout
			publication={publication}
			language={language}
			title={strings.subscribe.title}
			path={pagePath(language, "subscribe")}
			versions={versionsOf(publication, (other) => pagePath(other, "subscribe"))}
			section="subscribe"
			description={fill(strings.subscribe.description, { publication: publication.title })}
		>
			<div class="frame message">
				<h1>{strings.subscribe.title}</h1>
				<p class="lead">{strings.subscribe.lead}</p>
				<SignUpForm publication={publication} language={language} />
				<p class="onward">
					<a href={pagePath(language, "about")}>{strings.subscribe.otherWays}</a>
				</p>
			</div>
		</Layout>
	);
}
