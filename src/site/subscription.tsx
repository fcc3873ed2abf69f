import type { Kind } from "../releases/kinds.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { homePath, pagePath } from "./addresses.ts";
import { ErrorSummary, tellFaults } from "./error-summary.tsx";
import { Fact } from "./fact.tsx";
import { Layout } from "./layout.tsx";
import { Message } from "./message.tsx";
import type { Publication } from "./publication.ts";
import { FormLanguage, type Frequency, SignUpForm, type SignUpValues } from "./sign-up-form.tsx";
import { fill, stringsOf } from "./strings/index.ts";

interface PageProps {
	readonly publication: Publication;
	/** The page's; one of the publication's. */
	readonly language: Language;
}

/** The answer to every sign-up, whether the address was known or not. */
export function SignUpReceivedPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.received.title}>
			<p class="lead">{strings.received.lead}</p>
			<h2>{strings.received.heading}</h2>
			<ul>
				<li>{strings.received.wait}</li>
				<li>{strings.received.check}</li>
			</ul>
			<p>
				<a href={pagePath(language, "subscribe")}>{strings.received.again}</a>
			</p>
		</Message>
	);
}

interface SignUpInvalidProps extends PageProps {
	readonly faults: readonly FieldFault[];
	readonly values: SignUpValues;
}

/** The form again, as it was filled in, with what has to be mended. Its status is 422. */
export function SignUpInvalidPage({ publication, language, faults, values }: SignUpInvalidProps) {
	const strings = stringsOf(language);
	const told = tellFaults(faults, language);
	const title = fill(strings.faults.title, { title: strings.subscribe.title });
	return (
		<Layout publication={publication} language={language} title={title} section="subscribe">
			<div class="frame message">
				<ErrorSummary faults={told} language={language} />
				<h1>{strings.subscribe.title}</h1>
				<SignUpForm publication={publication} language={language} values={values} faults={told} />
			</div>
		</Layout>
	);
}

interface ConfirmProps extends PageProps {
	/** Where the one button posts to. */
	readonly action: string;
	readonly kinds: readonly Kind[];
	readonly languages: readonly Language[];
	readonly frequency: Frequency;
}

/** Asks for the press of a button, so that no link scanner can confirm. */
export function ConfirmPage(props: ConfirmProps) {
	const { publication, language, action, kinds, languages, frequency } = props;
	const strings = stringsOf(language);
	const headings = kinds.map((kind) => WORDS[language].kinds[kind].heading);
	return (
		<Message publication={publication} language={language} title={strings.confirm.title}>
			<p class="lead">{fill(strings.confirm.lead, { publication: publication.title })}</p>
			<dl class="facts">
				<Fact term={strings.confirm.kinds}>{headings.join(", ")}</Fact>
				<Fact term={strings.confirm.languages}>
					<LanguageNames languages={languages} />
				</Fact>
				<Fact term={strings.confirm.frequency}>
					{strings.frequencies[frequency].name}
					<span class="hint">{strings.frequencies[frequency].hint}</span>
				</Fact>
			</dl>
			<form method="post" action={action}>
				<FormLanguage language={language} />
				<button type="submit">{strings.confirm.button}</button>
			</form>
			<p class="fine">{strings.confirm.ignore}</p>
		</Message>
	);
}

function LanguageNames({ languages }: { languages: readonly Language[] }) {
	return (
		<>
			{languages.map((language, index) => (
				<>
					{index > 0 && ", "}
					<span lang={language}>{WORDS[language].name}</span>
				</>
			))}
		</>
	);
}

/** The answer to a confirmation, also to a repeated one. */
export function ConfirmedPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.confirmed.title}>
			<p class="lead">{strings.confirmed.lead}</p>
			<p>{strings.confirmed.leaving}</p>
			<p class="onward">
				<a href={homePath(language)}>{strings.confirmed.onward}</a>
			</p>
		</Message>
	);
}

interface UnsubscribeProps extends PageProps {
	/** Where the one button posts to. */
	readonly action: string;
}

/** Asks for the press of a button, so that no link scanner can unsubscribe. */
export function UnsubscribePage({ publication, language, action }: UnsubscribeProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.unsubscribe.title}>
			<p class="lead">{fill(strings.unsubscribe.lead, { publication: publication.title })}</p>
			<form method="post" action={action}>
				<FormLanguage language={language} />
				<button type="submit">{strings.unsubscribe.button}</button>
			</form>
			<p class="fine">{strings.unsubscribe.stay}</p>
		</Message>
	);
}

/** The answer to an unsubscription, also to a repeated one. */
export function UnsubscribedPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.unsubscribed.title}>
			<p class="lead">{strings.unsubscribed.lead}</p>
			<p>{strings.unsubscribed.open}</p>
			<ul class="onward">
				<li>
					<a href={homePath(language)}>{strings.unsubscribed.onward}</a>
				</li>
				<li>
					<a href={pagePath(language, "subscribe")}>{strings.unsubscribed.again}</a>
				</li>
			</ul>
		</Message>
	);
}

/** The answer to an unsubscription by a mail to an address that the subscriber has left for another. */
export function FormerAddressPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.formerAddress.title}>
			<p class="lead">{strings.formerAddress.lead}</p>
		</Message>
	);
}

/** The answer to a link with a token that is broken or too old. */
export function LinkInvalidPage({ publication, language }: PageProps) {
	const strings = stringsOf(language);
	return (
		<Message publication={publication} language={language} title={strings.linkInvalid.title}>
			<p class="lead">{strings.linkInvalid.lead}</p>
			<ul>
				<li>{strings.linkInvalid.broken}</li>
				<li>{strings.linkInvalid.confirm}</li>
				<li>{strings.linkInvalid.unsubscribe}</li>
			</ul>
			<p class="onward">
				<a href={pagePath(language, "subscribe")}>{strings.linkInvalid.again}</a>
			</p>
		</Message>
	);
}
