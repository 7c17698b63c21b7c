// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises';
import type { ChannelConfiguration } from '../../channel/channelConfiguration.js';
import { logger } from '../../process/logging.js';
import { TxValidationCode, validationCodeName } from '../../wire/codes.js';
import type { common } from '../../wire/protobuf.js';
import { parseBlock, type ParsedTransaction } from './parsedTransaction.js';
import type { StateReader } from '../state/stateReader.js';
import { nextConfiguration } from '../../channel/update/nextConfiguration.js';
import { EndorsementValidation } from './endorsementValidation.js';
import { checkSyntax } from './transactionSyntax.js';
import type { DefinitionOf } from './validationDefinition.js';
import { VerifiedSignatures } from './verifiedSignatures.js';

/** What validation needs of a ledger; ChannelLedger has it. */
interface ValidatedLedger {
    newReader(): StateReader;
    /** Undefined when no transaction of that id was ever stored. */
    txStatus(txId: string): unknown;
}

interface BlockValidatorOptions {
    readonly ledger: ValidatedLedger;
    /** The configuration in force before the block. */
    readonly configuration: () => ChannelConfiguration;
    readonly definitionOf: DefinitionOf;
    /** Share it with the endorser, whose own signatures need no verification. */
    readonly signatures?: VerifiedSignatures;
}

const log = logger('committer.txvalidator');
const transactionsPerTurn = 20;

/**
 * Decides what each transaction of a block is worth before the state is looked at: syntax, creator, transaction id,
 * endorsements (core/committer/txvalidator/v20). Blocks must have passed verifyBlock and come in order.
 */
export class BlockValidator {
    readonly #options: BlockValidatorOptions;
    readonly #signatures: VerifiedSignatures;

    constructor(options: BlockValidatorOptions) {
        this.#options = options;
        this.#signatures = options.signatures ?? new VerifiedSignatures();
    }

    /**
     * One TxValidationCode per transaction. Throws ConfigurationRefusedError for a configuration that does not follow from the
     * present one: the channel must stop there, since the ordering service went on under it.
     */
    async validate(block: common.Block.$Properties): Promise<Uint8Array> {
        const transactions = parseBlock(block);
        const configuration = this.#options.configuration();
        const reader = this.#options.ledger.newReader();
        try {
            const { definitionOf } = this.#options;
            const signatures = this.#signatures;
            const endorsements = new EndorsementValidation({ configuration, reader, definitionOf, signatures });
            const codes = new Uint8Array(transactions.length);
            for (const [index, transaction] of transactions.entries()) {
                codes[index] = this.#check(transaction, configuration, endorsements);
                if ((index + 1) % transactionsPerTurn === 0) {
                    await setImmediate();
                }
            }
            markDuplicates(transactions, codes);
            reportInvalid(configuration.channelId, block.header?.number ?? 0, transactions, codes);
            return codes;
        } finally {
            reader.release();
        }
    }

    #check(
        transaction: ParsedTransaction,
        configuration: ChannelConfiguration,
        endorsements: EndorsementValidation,
    ): TxValidationCode {
        const { channelId, msps } = configuration;
        const code = checkSyntax(transaction, { channelId, msps, signatures: this.#signatures });
        if (code !== TxValidationCode.VALID) {
            return code;
        }
        if (transaction.isConfiguration) {
            nextConfiguration(configuration, transaction.payload.data);
            return TxValidationCode.VALID;
        }
        if (this.#options.ledger.txStatus(transaction.channelHeader.txId) !== undefined) {
            return TxValidationCode.DUPLICATE_TXID;
        }
        return endorsements.check(transaction);
    }
}

/** Of the valid transactions with one id in a block the first one counts; an invalid one does not reserve its id. */
function markDuplicates(transactions: readonly ParsedTransaction[], codes: Uint8Array): void {
    const seen = new Set<string>();
    for (const [index, transaction] of transactions.entries()) {
        if (codes[index] !== TxValidationCode.VALID || !transaction.isEndorserTransaction) {
            continue;
        }
        const { txId } = transaction.channelHeader;
        if (seen.has(txId)) {
            codes[index] = TxValidationCode.DUPLICATE_TXID;
        }
        seen.add(txId);
    }
}

function reportInvalid(
    channelId: string,
    blockNumber: number,
    transactions: readonly ParsedTransaction[],
    codes: Uint8Array,
): void {
    for (const [index, transaction] of transactions.entries()) {
        const code = codes[index] ?? TxValidationCode.NOT_VALIDATED;
        if (code !== TxValidationCode.VALID) {
            log.warning(
                `[${channelId}] Block [${String(blockNumber)}] Transaction index [${String(index)}] TxId [${transaction.txId}] ` +
                    `marked as invalid by committer. Reason code [${validationCodeName(code)}]`,
            );
        }
    }
}
