/**
 * Stands in for winston in every test: what the product logs goes where the test wants it, and a second time into the
 * file that the reporter of the whole run looks through.
 */
import winston from '../../node_modules/winston/lib/winston.js';
import { keepLines } from './keep-lines.mjs';

function createLogger(options) {
  const logger = winston.createLogger(options);
  const log = logger.log.bind(logger);
  logger.log = (entry) => {
    keepLines(`${JSON.stringify(entry)}\n`);
    return log(entry);
  };
  return logger;
}

export default Object.create(winston, { createLogger: { value: createLogger } });
