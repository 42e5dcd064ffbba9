export { html, svg, nothing, render } from '../vendor/lit-html.js';
