using System.Text.RegularExpressions;
using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Looks the ordered tables and queries up: columns, keys, and what splits go by.</summary>
internal sealed class TableFinder(JdbcSourceSettings settings)
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private static readonly HashSet<TypeKind> KindsThatSplit =
    [
        TypeKind.TinyInt, TypeKind.SmallInt, TypeKind.Int, TypeKind.BigInt, TypeKind.Float, TypeKind.Double, TypeKind.Decimal, TypeKind.String, TypeKind.Date,
    ];

    /// <summary>Their text is the value again, in a condition.</summary>
    private static readonly HashSet<TypeKind> KindsOfKeys =
    [
        TypeKind.TinyInt, TypeKind.SmallInt, TypeKind.Int, TypeKind.BigInt, TypeKind.Decimal, TypeKind.String, TypeKind.Date, TypeKind.Timestamp, TypeKind.TimestampTz,
    ];

    private Dialect Dialect => settings.Dialect;

    public async ValueTask<IReadOnlyList<JdbcTable>> FindAsync(CancellationToken stop)
    {
        var tables = new List<JdbcTable>();
        await using var database = await Dialect.OpenAsync(settings.Connection, null, stop);
        foreach (var order in settings.Tables)
        {
            if (order is { IsPattern: true, Path: { } pattern })
            {
                foreach (var path in await MatchAsync(database, pattern, order.Where, stop)) tables.Add(await FindAsync(database, order, path, stop));
            }
            else
            {
                tables.Add(await FindAsync(database, order, order.Path is { } path ? Dialect.ParsePath(path) : null, stop));
            }
        }
        if (tables.GroupBy(table => table.Schema.TableId).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The table '{twice.Key}' is read {twice.Count()} times.") { Where = settings.Tables[0].Where, Mend = "Let each table be named, or matched, once." };
        }
        return tables;
    }

    private static async ValueTask<IReadOnlyList<TablePath>> MatchAsync(IDatabase database, string pattern, TextPosition where, CancellationToken stop)
    {
        try
        {
            var regex = new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternLimit);
            var found = await database.FindTablesAsync(regex.IsMatch, stop);
            return found.Count > 0 ? found : throw new ChunnelException(CommonErrors.TableNotExisted, $"No table matches '{pattern}'.") { Where = where, Mend = "It is matched against database.schema.table, whole and case-sensitive; in quotes a dot is written '\\\\.'." };
        }
        catch (Exception wrong) when (wrong is ArgumentException or RegexMatchTimeoutException)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'table_path' is no usable regular expression: {wrong.Message}") { Where = where };
        }
    }

    private async ValueTask<JdbcTable> FindAsync(IDatabase database, TableOrder order, TablePath? path, CancellationToken stop)
    {
        if (path?.Database is { } other && other != (settings.Connection.Url.Database ?? settings.Connection.User))
        {
            await using var elsewhere = await Dialect.OpenAsync(settings.Connection, other, stop);
            return await DescribeAsync(elsewhere, order, path, other, stop);
        }
        return await DescribeAsync(database, order, path, null, stop);
    }

    private async ValueTask<JdbcTable> DescribeAsync(IDatabase database, TableOrder order, TablePath? path, string? elsewhere, CancellationToken stop)
    {
        var table = path is null ? null : await database.DescribeAsync(path, stop);
        if (table is null && order.Query is null)
        {
            throw new ChunnelException(CommonErrors.TableNotExisted, $"The table '{path}' is not in {settings.Connection}.") { Where = order.Where, Mend = "Create it, or correct 'table_path': names are case-sensitive, and the user must see the schema." };
        }
        var query = order.Query is null ? null : settings.Condition is { } condition && QueryShape.IsPlain(order.Query) ? $"{order.Query} where {condition}" : order.Query;
        var schema = query is null ? table! : await SchemaOfQueryAsync(database, query, table, path, order.Where, stop);
        if (settings.BlobAsString) schema = WithTexts(schema);
        var split = SplitColumnOf(schema, order);
        return new JdbcTable(schema)
        {
            From = query is null ? QuotedPath(schema.Path) : $"({query}\n) tmp",
            Condition = query is null || query == order.Query ? settings.Condition : null,
            Whole = query is null && settings.Condition is null ? schema.Path : null,
            Database = elsewhere,
            Columns = string.Join(", ", schema.Columns.Select(column => SelectOf(database, column))),
            SplitColumn = split,
            Fixed = order.Query is not null && order.PartitionColumn is not null ? new FixedSplits(order.PartitionNum, order.LowerBound, order.UpperBound) : null,
            SplitsAsked = order.PartitionColumn is not null || settings.Splits.Asked,
            Key = KeyOf(schema),
        };
    }

    private static async ValueTask<TableSchema> SchemaOfQueryAsync(IDatabase database, string query, TableSchema? table, TablePath? path, TextPosition where, CancellationToken stop)
    {
        IReadOnlyList<ColumnDef> columns;
        try
        {
            columns = await database.DescribeQueryAsync(query, stop);
        }
        catch (ChunnelException wrong) when (wrong.Code == JdbcErrors.SqlFailed)
        {
            throw new ChunnelException(wrong.Code, wrong.What, wrong) { Where = where, Mend = wrong.Mend };
        }
        if (columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"The query gives {twice.Count()} columns by the name '{twice.Key}'.") { Where = where, Mend = $"Give each a name of its own: select a.{twice.Key} as a_{twice.Key}, ..." };
        }
        if (columns.FirstOrDefault(column => column.Name.Length == 0 || column.Name == "?column?") is { } unnamed)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"Column {columns.TakeWhile(column => column != unnamed).Count() + 1} of the query has no name.") { Where = where, Mend = "Give it one: select 1 as one." };
        }
        if (columns.Count == 0) throw new ChunnelException(CommonErrors.OptionValidateFailed, "The query gives no columns.") { Where = where, Mend = "Write a SELECT." };
        if (table is null) return new TableSchema(path ?? Core.TablePath.Default, columns);
        // What the catalog knows of a column holds for a query's as long as it is the same one.
        var known = table.Columns.ToDictionary(column => column.Name);
        return table.WithColumns([.. columns.Select(column => known.TryGetValue(column.Name, out var same) && same.Type == column.Type && same.SourceType == column.SourceType ? same : column)]);
    }

    private static TableSchema WithTexts(TableSchema schema) =>
        schema.WithColumns([.. schema.Columns.Select(column => column.Type == DataType.Bytes ? column with { Type = DataType.String, SourceType = BytesAsText } : column)]);

    /// <summary>The type name of bytes that are read as text.</summary>
    private const string BytesAsText = "bytea as text";

    private string SelectOf(IDatabase database, ColumnDef column) =>
        column.SourceType == BytesAsText ? $"convert_from({Dialect.Quote(column.Name)}, 'UTF8')" : database.SelectOf(column);

    private string QuotedPath(TablePath path) => path.Schema is { Length: > 0 } schema ? $"{Dialect.Quote(schema)}.{Dialect.Quote(path.Table)}" : Dialect.Quote(path.Table);

    private static ColumnDef? SplitColumnOf(TableSchema schema, TableOrder order)
    {
        if (order.PartitionColumn is { } named)
        {
            var index = schema.IndexOf(named);
            if (index < 0) throw new ChunnelException(CommonErrors.OptionValidateFailed, $"Partitioned column({named}) don't exist in the table columns") { Where = order.Where, Mend = $"Columns: {string.Join(", ", schema.Columns.Select(column => column.Name))}." };
            var column = schema.Columns[index];
            var isFixedDecimal = order.Query is not null && column.Type is DecimalType { Scale: > 0 };
            return KindsThatSplit.Contains(column.Type.Kind) && !isFixedDecimal
                ? column
                : throw new ChunnelException(CommonErrors.OptionValidateFailed, $"{named} is not numeric/string type") { Where = order.Where, Mend = "Choose a column of whole numbers, text or dates." };
        }
        if (order.Query is not null && order.Path is null) return null;
        var candidates = schema.PrimaryKey?.Columns ?? schema.ConstraintKeys.FirstOrDefault(key => key.Kind == ConstraintKind.UniqueKey)?.Columns.Select(column => column.Name) ?? [];
        return candidates.Select(name => schema.Columns[schema.IndexOf(name)]).FirstOrDefault(column => KindsThatSplit.Contains(column.Type.Kind));
    }

    /// <summary>The primary key, else a unique key without nulls, if its values can be written down.</summary>
    private static IReadOnlyList<string> KeyOf(TableSchema schema)
    {
        IEnumerable<IReadOnlyList<string>> keys = schema.ConstraintKeys.Where(key => key.Kind == ConstraintKind.UniqueKey).Select(key => (IReadOnlyList<string>)[.. key.Columns.Select(column => column.Name)]);
        if (schema.PrimaryKey is { } primary) keys = keys.Prepend(primary.Columns);
        return keys.FirstOrDefault(key => key.All(name => schema.Columns[schema.IndexOf(name)] is var column && !column.Nullable && KindsOfKeys.Contains(column.Type.Kind))) ?? [];
    }
}
