using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Jdbc;

/// <summary>How rows get into the table.</summary>
internal enum WriteWay
{
    /// <summary>Every row is inserted, whatever its kind.</summary>
    Insert,

    /// <summary>Rows with one key become one: kinds are carried out.</summary>
    Merge,

    /// <summary>The job's own statement, once a row.</summary>
    Statement,
}

/// <summary>A sink's settings for one table, read once.</summary>
internal sealed record JdbcSinkSettings
{
    public required SettingsObject Block { get; init; }

    public required Dialect Dialect { get; init; }

    public required ConnectionSettings Connection { get; init; }

    /// <summary>The database that is written; null for the URL's.</summary>
    public string? Database { get; init; }

    /// <summary>The table that is written: the option's, or that of a plain INSERT.</summary>
    public required TablePath Target { get; init; }

    /// <summary>The columns that are written, one for each that comes in; none for the first ones of the table, as an INSERT without names fills them.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required WriteWay Way { get; init; }

    /// <summary>The job's own statement with $1, $2, ...</summary>
    public string? Statement { get; init; }

    /// <summary>The columns that tell a row, as they are written.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public required bool Generates { get; init; }

    /// <summary>Rows of a flush; null when the job leaves it to us.</summary>
    public int? BatchSize { get; init; }

    public TimeSpan BatchInterval { get; init; }

    /// <summary>Rows become visible by time, not only with a full flush or a checkpoint.</summary>
    public bool ShowsByTime => BatchInterval > TimeSpan.Zero && AutoCommit && !ExactlyOnce;

    public int MaxRetries { get; init; }

    public bool AutoCommit { get; init; }

    public bool ExactlyOnce { get; init; }

    public int MaxCommitAttempts { get; init; }

    public int StatementSeconds { get; init; }

    public bool Upserts { get; init; }

    public bool InsertOnly { get; init; }

    public bool KeyUpdated { get; init; }

    public FieldCase Case { get; init; }

    public bool CreateIndex { get; init; }

    public SchemaSaveMode SchemaSaveMode { get; init; }

    public DataSaveMode DataSaveMode { get; init; }

    public string? CustomSql { get; init; }

    public OutOfRange OutOfRange { get; init; }

    public PrecisionLoss PrecisionLoss { get; init; }

    public bool RemovesNul { get; init; }

    /// <summary>A name in the case that the job wants.</summary>
    public string Cased(string name) => Cased(name, Case);

    public static JdbcSinkSettings Read(SettingsObject settings, TableSchema table)
    {
        var dialect = DialectTable.Of(settings);
        var casing = JdbcSinkOptions.FieldIde.Read(settings);
        var generates = JdbcSinkOptions.GenerateSinkSql.Read(settings);
        var hasQuery = JdbcSinkOptions.Query.TryRead(settings, out var query);
        var copies = JdbcSinkOptions.UseCopy.Read(settings);
        IReadOnlyList<string> columns = [.. table.Columns.Select(column => Cased(column.Name, casing))];
        TablePath? target = null;
        string? statement = null;
        if (hasQuery && !copies)
        {
            var shape = SinkQuery.Read(query, JdbcSinkOptions.Query.Find(settings)!.Value.Where);
            shape.MustFit(table);
            if (shape.Target is { } plain) target = dialect.ParsePath(plain);
            columns = shape.Columns;
            if (target is null) statement = shape.Statement;
        }
        target ??= Named(JdbcSinkOptions.Table.TryRead(settings, out var written) ? dialect.ParsePath(written) : new TablePath(null, null, table.Path.Table), settings, casing);
        var keys = copies || hasQuery ? [] : KeysOf(settings, table).Select(key => Cased(key, casing)).ToList();
        return new JdbcSinkSettings
        {
            Block = settings,
            Dialect = dialect,
            Connection = ConnectionSettings.Read(settings),
            Database = target.Database ?? (JdbcSinkOptions.Database.TryRead(settings, out var database) && generates ? database : null),
            Target = target,
            Columns = columns,
            Way = statement is not null ? WriteWay.Statement : keys.Count > 0 ? WriteWay.Merge : WriteWay.Insert,
            Statement = statement,
            Keys = keys,
            Generates = generates,
            BatchSize = JdbcSinkOptions.BatchSize.TryRead(settings, out var rows) ? rows : null,
            BatchInterval = JdbcSinkOptions.BatchInterval.Read(settings),
            MaxRetries = JdbcSinkOptions.MaxRetries.Read(settings),
            AutoCommit = JdbcSinkOptions.AutoCommit.Read(settings),
            ExactlyOnce = JdbcSinkOptions.IsExactlyOnce.Read(settings),
            MaxCommitAttempts = JdbcSinkOptions.MaxCommitAttempts.Read(settings),
            StatementSeconds = JdbcSinkOptions.TransactionTimeout.Read(settings),
            Upserts = JdbcSinkOptions.EnableUpsert.Read(settings),
            InsertOnly = JdbcSinkOptions.InsertOnly.Read(settings),
            KeyUpdated = JdbcSinkOptions.PrimaryKeyUpdated.Read(settings),
            Case = casing,
            CreateIndex = JdbcSinkOptions.CreateIndex.Read(settings),
            SchemaSaveMode = SaveModeOptions.Schema.Read(settings),
            DataSaveMode = SaveModeOptions.Data.Read(settings),
            CustomSql = SaveModeOptions.CustomSql.TryRead(settings, out var custom) ? custom : null,
            OutOfRange = JdbcSinkOptions.OutOfRange.Read(settings),
            PrecisionLoss = JdbcSinkOptions.PrecisionLoss.Read(settings),
            RemovesNul = JdbcSinkOptions.NulCharacter.Read(settings) == "REMOVE",
        };
    }

    private static TablePath Named(TablePath path, SettingsObject settings, FieldCase casing) =>
        path with { Table = Cased(JdbcSinkOptions.TablePrefix.Read(settings) + path.Table + JdbcSinkOptions.TableSuffix.Read(settings), casing) };

    private static string Cased(string name, FieldCase casing) => casing switch
    {
        FieldCase.Uppercase => name.ToUpperInvariant(),
        FieldCase.Lowercase => name.ToLowerInvariant(),
        _ => name,
    };

    private static IReadOnlyList<string> KeysOf(SettingsObject settings, TableSchema table)
    {
        if (!JdbcSinkOptions.PrimaryKeys.TryRead(settings, out var named))
        {
            return table.PrimaryKey?.Columns ?? table.ConstraintKeys.FirstOrDefault(key => key.Kind == ConstraintKind.UniqueKey)?.Columns.Select(column => column.Name).ToList() ?? [];
        }
        // A placeholder for a key that the table does not have stays as it is: then there is none.
        var keys = named.Where(key => key.Length > 0 && !key.StartsWith("${", StringComparison.Ordinal)).ToList();
        if (keys.FirstOrDefault(key => table.IndexOf(key) < 0) is { } unknown)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The key column '{unknown}' is not in table '{table.TableId}'.")
            {
                Where = JdbcSinkOptions.PrimaryKeys.Find(settings)!.Value.Where,
                Mend = Nearest.To(unknown, table.Columns.Select(column => column.Name)) is { } near ? $"Did you mean '{near}'?" : $"Columns: {string.Join(", ", table.Columns.Select(column => column.Name))}.",
            };
        }
        return keys;
    }
}
