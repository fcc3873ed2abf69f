import addressChangeText from "../../templates/address-change.liquid";
import addressChangeMjml from "../../templates/address-change.mjml";
import confirmationText from "../../templates/confirmation.liquid";
import confirmationMjml from "../../templates/confirmation.mjml";
import correctionText from "../../templates/correction.liquid";
import correctionMjml from "../../templates/correction.mjml";
import digestText from "../../templates/digest.liquid";
import digestMjml from "../../templates/digest.mjml";
import noticeText from "../../templates/notice.liquid";
import noticeMjml from "../../templates/notice.mjml";
import buttonMjml from "../../templates/partials/button.mjml";
import changedText from "../../templates/partials/changed.liquid";
import changedMjml from "../../templates/partials/changed.mjml";
import choicesText from "../../templates/partials/choices.liquid";
import choicesMjml from "../../templates/partials/choices.mjml";
import colours from "../../templates/partials/colours.liquid";
import comingText from "../../templates/partials/coming.liquid";
import comingMjml from "../../templates/partials/coming.mjml";
import factsText from "../../templates/partials/facts.liquid";
import factsMjml from "../../templates/partials/facts.mjml";
import footerText from "../../templates/partials/footer.liquid";
import footerMjml from "../../templates/partials/footer.mjml";
import headMjml from "../../templates/partials/head.mjml";
import mastheadMjml from "../../templates/partials/masthead.mjml";
import moreText from "../../templates/partials/more.liquid";
import moreMjml from "../../templates/partials/more.mjml";
import sectionMjml from "../../templates/partials/section.mjml";
import welcomeText from "../../templates/welcome.liquid";
import welcomeMjml from "../../templates/welcome.mjml";
import { createEngines, type Mail, type Rendered, renderWith } from "./render.ts";

const engines = createEngines({
	"address-change.liquid": addressChangeText,
	"address-change.mjml": addressChangeMjml,
	"confirmation.liquid": confirmationText,
	"confirmation.mjml": confirmationMjml,
	"correction.liquid": correctionText,
	"correction.mjml": correctionMjml,
	"digest.liquid": digestText,
	"digest.mjml": digestMjml,
	"notice.liquid": noticeText,
	"notice.mjml": noticeMjml,
	"partials/button.mjml": buttonMjml,
	"partials/changed.liquid": changedText,
	"partials/changed.mjml": changedMjml,
	"partials/choices.liquid": choicesText,
	"partials/choices.mjml": choicesMjml,
	"partials/colours.liquid": colours,
	"partials/coming.liquid": comingText,
	"partials/coming.mjml": comingMjml,
	"partials/facts.liquid": factsText,
	"partials/facts.mjml": factsMjml,
	"partials/footer.liquid": footerText,
	"partials/footer.mjml": footerMjml,
	"partials/head.mjml": headMjml,
	"partials/masthead.mjml": mastheadMjml,
	"partials/more.liquid": moreText,
	"partials/more.mjml": moreMjml,
	"partials/section.mjml": sectionMjml,
	"welcome.liquid": welcomeText,
	"welcome.mjml": welcomeMjml,
});

/**
 * Renders a mail by the templates of this publication.
 *
 * @throws RenderFault where its template is faulty.
 */
export function renderMail(mail: Mail, view: object): Promise<Rendered> {
	return renderWith(engines, mail, view);
}
