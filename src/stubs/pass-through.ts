/**
 * Stands in for MJML's optional beautifier and minifier, which do not run in workerd. They are
 * never asked to do anything; what they are given they give back.
 */
export default function passThrough<Text>(text: Text): Text {
	return text;
}
