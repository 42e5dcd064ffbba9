/** The matrix of tokens on Postgres. */
import { describeTokens } from '../trust/home-contract.js';
import { openNew } from './databases.js';

describeTokens('Postgres', () => openNew('tokens'));
