import { pagePath } from "./addresses.ts";
import { Layout } from "./layout.tsx";
import type { Publication } from "./publication.ts";

/** What the list of submitted messages shows of each. */
export interface MailboxEntry {
	readonly id: string;
	readonly to: string;
	readonly subject: string;
	readonly date: string;
}

/** A submitted message, taken apart. */
export interface MailboxMessage extends MailboxEntry {
	readonly from: string;
	readonly headers: readonly MailboxHeader[];
	/** The plain-text part. */
	readonly text: string;
	/** The whole message as it was submitted. */
	readonly source: string;
}

interface MailboxHeader {
	readonly name: string;
	readonly value: string;
}

interface MailboxProps {
	readonly publication: Publication;
	/** Newest first. */
	readonly messages: readonly MailboxEntry[];
}

/** The mail that was submitted, for whoever develops locally. */
export function MailboxPage({ publication, messages }: MailboxProps) {
	return (
		<Layout publication={publication} language="en" title="Mailbox">
			<div class="frame mailbox">
				<h1>Mailbox</h1>
				<p class="lead">Mail submitted on this machine. None of it has left.</p>
				{messages.length === 0 ? (
					<NoMessages publication={publication} />
				) : (
					<Messages messages={messages} />
				)}
			</div>
		</Layout>
	);
}

function NoMessages({ publication: { languages } }: Pick<MailboxProps, "publication">) {
	return (
		<p class="empty">
			Nothing yet. <a href={pagePath(languages[0], "subscribe")}>Subscribe</a>, and the confirmation
			comes here.
		</p>
	);
}

function Messages({ messages }: Pick<MailboxProps, "messages">) {
	return (
		<table>
			<thead>
				<tr>
					<th scope="col">Subject</th>
					<th scope="col">To</th>
					<th scope="col">Date</th>
				</tr>
			</thead>
			<tbody>
				{messages.map(({ id, to, subject, date }) => (
					<tr key={id}>
						<td>
							<a href={messagePath(id)}>{subject}</a>
						</td>
						<td>{to}</td>
						<td>{date}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

interface MailboxMessageProps {
	readonly publication: Publication;
	readonly message: MailboxMessage;
}

/** One submitted message: as HTML, as text, its headers, its source. */
export function MailboxMessagePage({ publication, message }: MailboxMessageProps) {
	const { id, to, from, subject, date, headers, text, source } = message;
	return (
		<Layout publication={publication} language="en" title={subject}>
			<div class="frame mailbox">
				<p>
					<a href="/mailbox">Mailbox</a>
				</p>
				<h1>{subject}</h1>
				<p>
					From {from} to {to}, {date}
				</p>
				<h2>HTML</h2>
				<iframe
					sandbox="allow-popups allow-popups-to-escape-sandbox"
					src={`${messagePath(id)}/html`}
					title="HTML part of the message"
				/>
				<h2>Plain text</h2>
				<pre>{text}</pre>
				<h2>Headers</h2>
				<Headers headers={headers} />
				<details>
					<summary>Source</summary>
					<pre>{source}</pre>
				</details>
			</div>
		</Layout>
	);
}

function Headers({ headers }: Pick<MailboxMessage, "headers">) {
	return (
		<table class="headers">
			<tbody>
				{headers.map(({ name, value }) => (
					<tr>
						<th scope="row">{name}</th>
						<td>{value}</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function messagePath(id: string): string {
	return `/mailbox/${encodeURIComponent(id)}`;
}
