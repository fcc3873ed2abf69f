import type { Child } from "hono/jsx";
import type { Kind } from "../releases/release.ts";
import type { FieldFault } from "../shared/fault.ts";
import type { Language } from "../shared/language.ts";
import { WORDS } from "../shared/words/index.ts";
import { ErrorSummary, tellFaults } from "./error-summary.tsx";
import { Layout } from "./layout.tsx";
import { Message } from "./message.tsx";
import type { Publication } from "./publication.ts";
import { SignUpForm, type SignUpValues } from "./sign-up-form.tsx";
import { FREQUENCIES, type Frequency, KIND_PLURALS, listInWords } from "./words.ts";

interface PageProps {
	readonly publication: Publication;
}

/** The answer to every sign-up, whether the address was known or not. */
export function SignUpReceivedPage({ publication }: PageProps) {
	return (
		<Message publication={publication} title="Check your mail">
			<p class="lead">
				We are writing to the address you gave. Open the link in that message and confirm; only then
				do you get any news.
			</p>
			<h2>If nothing comes</h2>
			<ul>
				<li>Wait a few minutes, and look among spam or junk mail.</li>
				<li>
					Check the address: if it had a slip, <a href="/#subscribe">sign up again</a>.
				</li>
			</ul>
		</Message>
	);
}

interface SignUpInvalidProps extends PageProps {
	readonly faults: readonly FieldFault[];
	readonly values: SignUpValues;
}

/** The form again, as it was filled in, with what has to be mended. Its status is 422. */
export function SignUpInvalidPage({ publication, faults, values }: SignUpInvalidProps) {
	const told = tellFaults(faults);
	return (
		<Layout publication={publication} title="Error: Subscribe by e-mail">
			<div class="frame message">
				<ErrorSummary faults={told} />
				<h1>Subscribe by e-mail</h1>
				<SignUpForm publication={publication} values={values} faults={told} />
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
	const { publication, action, kinds, languages, frequency } = props;
	const { name, hint } = FREQUENCIES[frequency];
	return (
		<Message publication={publication} title="Confirm your subscription">
			<p class="lead">Press the button to get e-mail from {publication.title}.</p>
			<dl class="facts">
				<Fact term="What about">{listInWords(kinds.map((kind) => KIND_PLURALS[kind]))}</Fact>
				<Fact term="Languages">
					<LanguageNames languages={languages} />
				</Fact>
				<Fact term="How often">
					{name}: {hint.toLowerCase()}
				</Fact>
			</dl>
			<form method="post" action={action}>
				<button type="submit">Confirm subscription</button>
			</form>
			<p class="fine">If you did not ask for this, close this page: nothing will be sent.</p>
		</Message>
	);
}

function Fact({ term, children }: { term: string; children?: Child }) {
	return (
		<div class="fact">
			<dt>{term}</dt>
			<dd>{children}</dd>
		</div>
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
export function ConfirmedPage({ publication }: PageProps) {
	return (
		<Message publication={publication} title="Your subscription is confirmed">
			<p class="lead">From now on, new releases come to you by e-mail.</p>
			<p>Every message has a link with which you can leave at once.</p>
			<p>
				<a href="/">Read the newest releases</a>
			</p>
		</Message>
	);
}

interface UnsubscribeProps extends PageProps {
	/** Where the one button posts to. */
	readonly action: string;
}

/** Asks for the press of a button, so that no link scanner can unsubscribe. */
export function UnsubscribePage({ publication, action }: UnsubscribeProps) {
	return (
		<Message publication={publication} title="Unsubscribe">
			<p class="lead">
				Press the button to get no more mail from {publication.title}. It holds from that moment.
			</p>
			<form method="post" action={action}>
				<button type="submit">Unsubscribe</button>
			</form>
			<p class="fine">To stay subscribed, close this page.</p>
		</Message>
	);
}

/** The answer to an unsubscription, also to a repeated one. */
export function UnsubscribedPage({ publication }: PageProps) {
	return (
		<Message publication={publication} title="You are unsubscribed">
			<p class="lead">We send you no more mail.</p>
			<p>
				Releases stay open to everybody on <a href="/">this site</a> and in the{" "}
				<a href="/rss.xml">RSS feed</a>. You can <a href="/#subscribe">subscribe again</a> at any
				time.
			</p>
		</Message>
	);
}

/** The answer to a link with a token that is broken or too old. */
export function LinkInvalidPage({ publication }: PageProps) {
	return (
		<Message publication={publication} title="This link does not work">
			<p class="lead">It is incomplete or too old.</p>
			<ul>
				<li>
					If your mail program broke the link in two, copy the whole of it from the message into the
					address bar.
				</li>
				<li>
					To confirm a subscription, <a href="/#subscribe">sign up again</a>: you get a fresh link.
				</li>
				<li>To unsubscribe, use the link in the newest message you have.</li>
			</ul>
		</Message>
	);
}
