using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Upper and lower case of generated names (option <c>field_ide</c>).</summary>
public enum FieldCase
{
    Original,
    Uppercase,
    Lowercase,
}

/// <summary>What a Jdbc sink can be told (spec connectors.md 7.6).</summary>
public static class JdbcSinkOptions
{
    public static readonly Option<string> Query =
        Option.Text("query").Says("The statement that writes a row, with a ? for each column in order. A plain INSERT INTO table (columns) VALUES (?, ...) is written in bulk; any other statement runs once a row.");

    public static readonly Option<bool> GenerateSinkSql =
        Option.Bool("generate_sink_sql").Default(false).Says("Make the statements from the table that comes in; needs 'database'.");

    public static readonly Option<string> Database =
        Option.Text("database").Says("The database that is written, when statements are generated.");

    public static readonly Option<string> Table =
        Option.Text("table").Default("${table_name}").Says("The table that is written, as schema.table or table. Placeholders such as ${table_name} give each table that comes in one of its own.");

    public static readonly Option<IReadOnlyList<string>> PrimaryKeys =
        Option.TextList("primary_keys").Says("The columns that tell a row: with them rows replace older ones and deletes are carried out. Without it the primary key, else the first unique key, of the table that comes in.");

    public static readonly Option<int> BatchSize =
        Option.Int("batch_size").Default(1000).AtLeast(1).Says("Rows after which rows that replace others, rows that are tried again and single statements are flushed. When it is not set, larger flushes are chosen by their bytes; plain inserts stream and end with the checkpoint.");

    public static readonly Option<TimeSpan> BatchInterval =
        Option.Millis("batch_interval_ms").Default(TimeSpan.Zero).Says("Rows are flushed and committed at the latest so long after they came, whether more come or not; 0 leaves it to full flushes and checkpoints. Without effect when is_exactly_once is set or auto_commit is not.");

    public static readonly Option<int> MaxRetries =
        Option.Int("max_retries").Default(0).AtLeast(0).Says("How often a flush is tried again when the connection broke or another transaction was in the way, a second later each time. Only with auto_commit: elsewhere the transaction holds flushes before it, and the job goes on from its checkpoint.");

    public static readonly Option<bool> AutoCommit =
        Option.Bool("auto_commit").Default(true).Says("Commit each flush. Without it rows become visible only with the checkpoint, or the end.");

    public static readonly Option<bool> IsExactlyOnce =
        Option.Bool("is_exactly_once").Default(false).Says("Write in two-phase transactions: rows appear with the checkpoint that holds them, once. PostgreSQL needs max_prepared_transactions above 0.");

    public static readonly Option<string> XaDataSource =
        Option.Text("xa_data_source_class_name").Says("Asked for by 'is_exactly_once', as org.postgresql.xa.PGXADataSource; the URL says which database it is.");

    public static readonly Option<int> MaxCommitAttempts =
        Option.Int("max_commit_attempts").Default(3).AtLeast(1).Says("How often a two-phase commit is tried before the checkpoint fails.");

    public static readonly Option<int> TransactionTimeout =
        Option.Int("transaction_timeout_sec").Default(-1).Says("Seconds that a statement of a transaction may take; -1 for no limit.");

    public static readonly Option<bool> EnableUpsert =
        Option.Bool("enable_upsert").Default(true).Says("Replace the row that has the key. Without it inserts are plain, and fail where the key is taken; updates change the row that is there.");

    public static readonly Option<bool> PrimaryKeyUpdated =
        Option.Bool("is_primary_key_updated").Default(true).Says("Set the key's columns too when a row is replaced.");

    public static readonly Option<bool> InsertOnly =
        Option.Bool("support_upsert_by_insert_only").Default(false).Says("Write updates as plain inserts: for databases in which an insert replaces.");

    public static readonly Option<bool> QueryKeyExists =
        Option.Bool("support_upsert_by_query_primary_key_exist").Default(false).Says("Accepted for compatibility: 'enable_upsert' decides.");

    public static readonly Option<bool> UseCopy =
        Option.Bool("use_copy_statement").Default(false).Says("Write rows by COPY only, whatever kind they are, without looking at keys.");

    public static readonly Option<FieldCase> FieldIde =
        Option.Enum<FieldCase>("field_ide").Default(FieldCase.Original).Says("Write the names of tables and columns in upper or lower case.");

    public static readonly Option<bool> CreateIndex =
        Option.Bool("create_index").Default(true).Says("Create the primary key, unique keys and indexes with the table.");

    public static readonly Option<string> TablePrefix = Option.Text("tablePrefix").Default("").Says("Goes before the table's name.");

    public static readonly Option<string> TableSuffix = Option.Text("tableSuffix").Default("").Says("Goes behind the table's name.");

    public static readonly Option<OutOfRange> OutOfRange =
        Option.Enum<OutOfRange>("out_of_range").Default(Core.OutOfRange.Fail).Says("What becomes of a number or moment that the column cannot hold: the job fails and names the row, or the nearest one that fits is written, or null.");

    public static readonly Option<PrecisionLoss> PrecisionLoss =
        Option.Enum<PrecisionLoss>("precision_loss").Default(Core.PrecisionLoss.Warn).Says("What becomes of digits that the column cannot hold: they are rounded, counted and told of in the log, or the job fails and names the row.");

    public static readonly Option<string> NulCharacter =
        Option.Choice("nul_character", "FAIL", "REMOVE").Default("FAIL").Says("What becomes of the character U+0000, which PostgreSQL's text cannot hold: the job fails and names column and row, or it is left out, counted and told of in the log.");

    public static readonly OptionSet Set = new(
    [
        .. ConnectionOptions.All, Query, GenerateSinkSql, Database, Table, PrimaryKeys, BatchSize, BatchInterval, MaxRetries, AutoCommit, IsExactlyOnce, XaDataSource, MaxCommitAttempts,
        TransactionTimeout, EnableUpsert, PrimaryKeyUpdated, InsertOnly, QueryKeyExists, UseCopy, FieldIde, CreateIndex, TablePrefix, TableSuffix, OutOfRange, PrecisionLoss, NulCharacter,
        SaveModeOptions.Schema, SaveModeOptions.Data, SaveModeOptions.CustomSql,
    ],
    OptionRule.RequiredWhen(GenerateSinkSql, true, Database),
    OptionRule.RequiredWhen(GenerateSinkSql, false, Query),
    OptionRule.RequiredWhen(IsExactlyOnce, true, XaDataSource),
    OptionRule.RequiredWhen(SaveModeOptions.Data, DataSaveMode.CustomProcessing, SaveModeOptions.CustomSql));
}
